import { expect, test } from "vitest";
import { mistakeIn, namesSecret } from "./templates.ts";

const inputs = new Set(["name", "a.b", "c-d"]);
const everything = ["input", "secrets"] as const;

test.each([
  "",
  "plain",
  "{ not } one",
  "{{input.name}}",
  "{{ input.name }}x{{secrets.KEY_2}}",
  "{{input.a.b}}{{input.c-d}}",
  "}}",
])("%j is right", (text) => {
  expect(mistakeIn(text, everything, inputs)).toBeNull();
});

test.each([
  ["{{input.other}}", 'no property "other"'],
  ["{{input.toString}}", 'no property "toString"'],
  ["{{input}}", "is no placeholder"],
  ["{{name}}", "is no placeholder"],
  ["{{}}", "is no placeholder"],
  ["{{secrets.2KEY}}", "is no placeholder"],
  ["{{secrets.A B}}", "is no placeholder"],
  ["{{SECRETS.KEY}}", "is no placeholder"],
  ["{{ {{secrets.KEY}} }}", "end it with }}"],
  ["{{input.name", "end it with }}"],
  ["{{input.name}} {{", "end it with }}"],
  ["{{input.name\n}}{{x}}", "{{x}} is no placeholder"],
  [`{{input.name${" ".repeat(200)}}}`, "end it with }}"],
])("%j is not", (text, message) => {
  expect(mistakeIn(text, everything, inputs)).toContain(message);
});

test("a secret may stand only where it says so", () => {
  expect(mistakeIn("{{secrets.KEY}}", ["input"], inputs)).toBe("No {{secrets...}} may stand here");
  expect(mistakeIn("{{input.name}}", ["secrets"], inputs)).toBe("No {{input...}} may stand here");
  expect(["{{secrets.KEY}}", "a {{ \n secrets.KEY", "secrets.KEY", "{{input.name}}"].map(namesSecret)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test("a long text without an end is looked through once", () => {
  const begun = performance.now();
  for (const text of ["{".repeat(64_000), "{{a".repeat(20_000), `{{${" ".repeat(64_000)}`, "{{ ".repeat(20_000)]) {
    expect(mistakeIn(text, everything, inputs)).not.toBeNull();
    expect(namesSecret(text)).toBe(false);
  }
  expect(performance.now() - begun).toBeLessThan(500);
});

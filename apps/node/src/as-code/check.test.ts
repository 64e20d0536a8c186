import { expect, test } from "vitest";
import { check } from "./check.ts";
import { placeOf } from "./layout.ts";
import { problemLine } from "./problem.ts";

const head = "format: steward.assistant/1\nnaturalId: ada:sales\n";
const whole = `${head}name: Sales\n`;

function problems(yaml: string, instructions?: string): string[] {
  const checked = check(placeOf("ada:sales"), { "assistant.yaml": yaml, "instructions.md": instructions });
  return "problems" in checked ? checked.problems.map(problemLine) : [];
}

test.each([
  ["not YAML", "a: [", /^ada\/sales\/assistant\.yaml:\d+: Not YAML: /],
  ["another kind of value", "- a\n", /^ada\/sales\/assistant\.yaml:1: Must be a mapping/],
  ["a missing name", head, /^ada\/sales\/assistant\.yaml:1: name: /],
  ["another format", whole.replace("/1", "/2"), /^ada\/sales\/assistant\.yaml:1: format: /],
  ["a wrong value", `${whole}enabled: perhaps\n`, /^ada\/sales\/assistant\.yaml:4: enabled: /],
  ["an unknown key", `${whole}\nspeed: 1\n`, /^ada\/sales\/assistant\.yaml:5: Unrecognized key: "speed"/],
  [
    "a part that does not fit",
    `${whole}skills:\n  - name: A\n    type: ""\n`,
    /^ada\/sales\/assistant\.yaml:6: skills\.0\.type: /,
  ],
  [
    "another natural id",
    whole.replace("ada:", "ben:"),
    /^ada\/sales\/assistant\.yaml:2: naturalId: Is ben:sales in the folder of ada:sales/,
  ],
  [
    "a key that reaches into prototypes",
    `${whole}data:\n  __proto__: {}\n`,
    /^ada\/sales\/assistant\.yaml:4: data: The key "__proto__"/,
  ],
  ["a null byte", `${whole}welcome: "\\0"\n`, /^ada\/sales\/assistant\.yaml:4: welcome: Contains a null byte/],
])("tells the place of %s", (_, yaml, message) => {
  expect(problems(yaml)).toEqual([expect.stringMatching(message)]);
});

test("tells all that is wrong", () => {
  expect(problems(`${head}name: 1\nenabled: 2\n`)).toHaveLength(2);
});

test("tells what is wrong with the instructions where they stand", () => {
  expect(problems(whole, "a".repeat(300_000))).toEqual(["ada/sales/instructions.md: More than 256 KiB"]);
  expect(problems(`${whole}instructions: a\n`, "b\n")).toEqual([
    "ada/sales/assistant.yaml:4: instructions: Is in instructions.md too: keep one",
  ]);
});

test("takes CRLF in both files", () => {
  const yaml = `${whole}welcome: |\n  a\n  b\n`.replaceAll("\n", "\r\n");
  const checked = check(placeOf("ada:sales"), { "assistant.yaml": yaml, "instructions.md": "x\r\ny\r\n" });
  expect(checked).toMatchObject({ read: { document: { welcome: "a\nb\n", instructions: "x\ny" } } });
});

import { createHash } from "node:crypto";
import { Script } from "node:vm";
import { expect, it } from "vitest";
import { documentation, isDocumentation } from "./documentation.ts";
import { script } from "./script.ts";

const hashOf = (text: string | undefined) =>
  `'sha256-${createHash("sha256")
    .update(text ?? "")
    .digest("base64")}'`;

it("runs under a policy that lets in its own script and style, and nothing else", async () => {
  const answer = await documentation();
  const page = await answer.text();
  const policy = answer.headers.get("content-security-policy") ?? "";
  expect(policy).toContain(`script-src ${hashOf(/<script>([\s\S]*)<\/script>/.exec(page)?.[1])};`);
  expect(policy).toContain(`style-src ${hashOf(/<style>([\s\S]*)<\/style>/.exec(page)?.[1])};`);
  expect(policy).not.toContain("unsafe");
  expect(page).not.toMatch(/ on\w+=| style=|https?:\/\//);
});

it("is a script that parses, and never reads the document as HTML", () => {
  expect(() => new Script(script)).not.toThrow();
  expect(script).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|eval/);
});

it.each(["/docs", "/docs/", "/docs/relations/assistant-skills"])("answers at %s", (path) =>
  expect(isDocumentation(path)).toBe(true),
);
it.each(["/docsx", "/docs/x", "/docs/relations/", "/docs/relations/a/b"])("not at %s", (path) =>
  expect(isDocumentation(path)).toBe(false),
);

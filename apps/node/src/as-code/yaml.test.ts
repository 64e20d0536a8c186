import { expect, test } from "vitest";
import { NotYaml, parseYaml, toYaml } from "./yaml.ts";

const source = `# A comment
name: Sales
welcome: |
  Hello,
  you!
skills:
  - type: custom
    data: { url: x,
      headers: { a.b: 1 } }
  - type: mcp

references: []
`;

test("says at which line a place stands", () => {
  const { lineOf } = parseYaml(source);
  const lines = {
    name: 2,
    welcome: 3,
    skills: 6,
    "skills.0": 7,
    "skills.0.data.url": 8,
    "skills.0.data.headers": 9,
    "skills.0.data.headers.a.b": 9,
    "skills.1.type": 10,
    references: 12,
  };
  for (const [path, line] of Object.entries(lines)) expect([path, lineOf(path)]).toEqual([path, line]);
});

test("a place that is not there is where it would be", () => {
  const { lineOf } = parseYaml(source);
  expect([lineOf("skills.1.name"), lineOf("skills.7"), lineOf("nothing"), lineOf("")]).toEqual([10, 6, 2, 2]);
});

test.each([
  ["a: [1\nb: 2", 2, "Not YAML: "],
  ["a: 1\na: 2", 2, "duplicated mapping key"],
  ["a: &x 1\nb: *x", 2, "aliases exceeded"],
  ["a: 1\n---\nb: 2", 1, "2 documents"],
  ["", 1, "0 documents"],
  [`${"[".repeat(40)}${"]".repeat(40)}`, 1, "Not YAML: "],
  ["a: !!js/function x", 1, "Not YAML: "],
])("%j is refused, with its line", (given, line, message) => {
  const parse = () => parseYaml(given);
  expect(parse).toThrow(NotYaml);
  expect(parse).toThrow(expect.objectContaining({ line, message: expect.stringContaining(message) }));
});

test("writes texts of several lines as blocks, and keys in their order", () => {
  expect(toYaml({ b: "x\ny\n", a: ["1", 1, null] })).toBe("b: |\n  x\n  y\na:\n  - '1'\n  - 1\n  - null\n");
});

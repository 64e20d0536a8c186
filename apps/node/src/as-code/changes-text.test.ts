import type { Changes } from "@steward/client";
import { expect, test } from "vitest";
import { changeLines, newLines } from "./changes-text.ts";

const none: Changes = { changed: true, fields: [], skills: [], references: [], secrets: [], knowledge: [], files: [] };
const field = (name: string, before: unknown, after: unknown, lines: Changes["fields"][number]["lines"] = null) => ({
  field: name,
  before,
  after,
  lines,
});

test("a field is one line, an object one for each key that differs", () => {
  const fields = [
    field("name", "Sales", "Selling"),
    field("welcome", null, "x".repeat(200)),
    field("data", { a: 1, b: { c: [1], d: 2 } }, { a: 1, b: { c: [1, 2], d: 2 }, e: null }),
  ];
  expect(changeLines({ ...none, fields })).toEqual([
    'name: "Sales" → "Selling"',
    `welcome: null → "${"x".repeat(99)}…`,
    "data.b.c: [1] → [1,2]",
    "data.e: nothing → null",
  ]);
});

test("a long text is told by its lines, with a mark where unchanged ones are left out", () => {
  const lines = [
    { change: "same" as const, text: "1\n2\n3\n" },
    { change: "removed" as const, text: "old\n" },
    { change: "added" as const, text: "new\nnewer\n" },
    { change: "same" as const, text: "4\n5\n6\n17\n18\n19\n" },
    { change: "added" as const, text: "end" },
  ];
  expect(changeLines({ ...none, fields: [field("instructions", "…", "…", lines)] })).toEqual([
    "instructions:",
    "    1",
    "    2",
    "    3",
    "  - old",
    "  + new",
    "  + newer",
    "    4",
    "    5",
    "    6",
    "  …",
    "    17",
    "    18",
    "    19",
    "  + end",
  ]);
});

test("one that is all different is told by its length", () => {
  expect(changeLines({ ...none, fields: [field("instructions", "a\nb", "c")] })).toEqual([
    "instructions: 2 lines → 1 lines, all different",
  ]);
});

test("parts are told by name, and by what has changed in them", () => {
  const changes: Changes = {
    ...none,
    skills: [
      { change: "added", id: "", name: "New", fields: [field("type", null, "mcp")] },
      { change: "changed", id: "1", name: "Sums", fields: [field("data", { n: 1 }, { n: 2 })] },
    ],
    references: [{ change: "removed", id: "2", name: "https://example.com/\n", fields: [] }],
  };
  expect(changeLines(changes)).toEqual([
    '+ skill "New"',
    '~ skill "Sums"',
    "  data.n: 1 → 2",
    '- reference "https://example.com/\\n"',
  ]);
});

test("of a new one only what it brings is told", () => {
  const fields = [
    field("name", null, "Sales"),
    field("instructions", null, "a\nb\n"),
    field("enabled", null, true),
    field("dispatcher", null, true),
    field("embedded", null, false),
    field("suggestions", null, []),
  ];
  expect(newLines({ ...none, fields })).toEqual(["with name, instructions (3 lines), dispatcher: true"]);
  const knowledge = [{ change: "added" as const, id: "1", name: "Orders", fields: [field("mode", null, "full")] }];
  expect(newLines({ ...none, knowledge })).toContain('+ dataset "Orders"');
});

test("a dataset that is known otherwise is told by what is other", () => {
  const fields = [field("access", "asker", "assistant"), field("filter", null, { total: 1 })];
  const knowledge = [{ change: "changed" as const, id: "1", name: "Orders", fields }];
  expect(changeLines({ ...none, knowledge })).toEqual([
    '~ dataset "Orders"',
    '  access: "asker" → "assistant"',
    '  filter: null → {"total":1}',
  ]);
});

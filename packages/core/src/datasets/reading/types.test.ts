import { expect, test } from "vitest";
import { readText } from "./testing/read.ts";

const typesOf = (fields: readonly { readonly name: string; readonly dataType: string }[]) =>
  fields.map(({ name, dataType }) => [name, dataType]);

test("a type that is given holds, and the others are found out", async () => {
  const { fields, rows, rejected, widenings, written } = await readText(
    "zip,n,at,more\n1234,0.30000000000000004,2024-05-01,1\n,x,2024-05-02,text\n567,,2024-05-03,2\n8,1.50,no,text\n",
    { types: { zip: "string", n: "number", at: "date" } },
  );
  expect(typesOf(fields)).toEqual([
    ["zip", "string"],
    ["n", "number"],
    ["at", "date"],
    // The texts that would have made it text are in rejected rows.
    ["more", "number"],
  ]);
  expect(rows).toEqual([
    ["1234", 0.30000000000000004, Date.UTC(2024, 4, 1), 1],
    ["567", null, Date.UTC(2024, 4, 3), 2],
  ]);
  expect(rejected).toEqual([
    { line: 3, reason: 'the value of "n" is no number' },
    { line: 5, reason: 'the value of "at" is no date' },
  ]);
  expect([widenings, written]).toEqual([[], [undefined, undefined]]);
});

test.each(["json", "ndjson"] as const)("a type that is given holds for %s", async (format) => {
  const records = [{ a: 5, b: 1 }, { a: "x", $c: "2024-05-01" }, { $c: "soon", late: 1, b: "text" }, { a: { d: 1 } }];
  const text = format === "json" ? JSON.stringify(records) : records.map((record) => JSON.stringify(record)).join("\n");
  const { fields, rows, rejected } = await readText(text, { format, types: { a: "string", _$c: "date" } });
  expect(typesOf(fields)).toEqual([
    ["a", "string"],
    ["b", "number"],
    ["_$c", "date"],
  ]);
  expect(rows).toEqual([
    ["5", 1, null],
    ["x", null, Date.UTC(2024, 4, 1)],
    ['{"d":1}', null, null],
  ]);
  expect(rejected).toEqual([{ line: 3, reason: 'the value of "_$c" is no date' }]);
});

test("a type of what is not there is refused", async () => {
  const types = { a: "number", constructor: "number" } as const;
  const message = 'There is no column "constructor", of which a type is given: leave it out of `types`';
  await expect(readText("a,b\n1,2\n", { types })).rejects.toMatchObject({ code: "validation_failed", message });
  await expect(readText('[{"a":1}]', { format: "json", types })).rejects.toThrow(message);
  await expect(readText("", { types })).rejects.toThrow(/no column "a"/);
});

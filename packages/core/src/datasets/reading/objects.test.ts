import { describe, expect, test } from "vitest";
import { readRecords } from "./reading.ts";
import { bytesOf, type Options, readStream, readText, roomy, streamOf } from "./testing/read.ts";

const ndjson = (text: string, options?: Options) => readText(text, { format: "ndjson", ...options });
const json = (text: string, options?: Options) => readText(text, { format: "json", ...options });

/** The same records in both formats. */
const records = (values: readonly unknown[]) => [
  ["ndjson", values.map((value) => JSON.stringify(value)).join("\n")] as const,
  ["json", JSON.stringify(values, null, 1)] as const,
];

describe.each(records([{ b: 1, a: "x" }, { a: "y", c: true, b: null }, {}, { d: { e: [1, null] }, c: false, a: "" }]))(
  "%s",
  (format, text) => {
    test("has its fields in the order in which they appear, and null where a record has none", async () => {
      const { fields, rows, delimiter } = await readText(text, { format });
      expect(fields.map(({ name, dataType, slot }) => [name, dataType, slot])).toEqual([
        ["b", "number", 1],
        ["a", "string", 2],
        ["c", "boolean", 3],
        ["d", "string", 4],
      ]);
      expect(rows).toEqual([
        [1, "x", null, null],
        [null, "y", 1, null],
        [null, null, null, null],
        [null, "", 0, '{"e":[1,null]}'],
      ]);
      expect(delimiter).toBeNull();
    });

    test("has rows that are as long as the fields known when the batch is handed out", async () => {
      const { rows } = await readText(text, { format, batchRows: 1 });
      expect(rows.map((row) => row.length)).toEqual([2, 3, 3, 4]);
    });
  },
);

describe.each(
  records([
    { number: 1, date: "2024-05-01", text: "5", flag: true, mixed: 1.5, late: "2024-05-01", nested: 1 },
    { number: 2.5, date: "2024-05-01T10:00:00.000Z", text: "6", flag: false, mixed: "x", late: 7, nested: [2] },
    { number: 1e21, date: null, text: "true", flag: null, mixed: true, late: "", nested: true },
  ]),
)("the types of %s", (format, text) => {
  test("are those of JSON, and dates where all strings are dates", async () => {
    const { fields, rows, written, widenings } = await readText(text, { format });
    expect(fields.map(({ name, dataType }) => [name, dataType])).toEqual([
      ["number", "number"],
      ["date", "date"],
      ["text", "string"],
      ["flag", "boolean"],
      ["mixed", "string"],
      ["late", "string"],
      ["nested", "string"],
    ]);
    const day = Date.UTC(2024, 4, 1);
    expect(rows).toEqual([
      [1, day, "5", 1, 1.5, day, 1],
      [2.5, day + 36_000_000, "6", 0, "x", "7", "[2]"],
      [1e21, null, "true", null, "true", "", "true"],
    ]);
    expect(written).toEqual([undefined, { 2: "2024-05-01T10:00:00.000Z" }, { 1: "1e+21" }]);
    expect(widenings).toEqual([
      { slot: 5, from: { type: "number", decimals: null } },
      { slot: 6, from: { type: "date", pattern: "%Y-%m-%d" } },
      { slot: 7, from: { type: "number", decimals: null } },
    ]);
  });
});

test("keys are names as headings are, and hostile ones are only names", async () => {
  const { fields, rows } = await ndjson(
    '{"__proto__":1,"constructor":2,"$a":3,"":4," x":5}\n{"x":6,"hasOwnProperty":7,"__proto__":8}\n',
  );
  expect(fields.map(({ name }) => name)).toEqual([
    "___proto__",
    "_constructor",
    "_$a",
    "column_4",
    "x",
    "x_2",
    "hasOwnProperty",
  ]);
  expect(rows).toEqual([
    [1, 2, 3, 4, 5, null, null],
    [8, null, null, null, null, 6, 7],
  ]);
  expect((await json('[{"__proto__":{"a":1}}]')).rows).toEqual([['{"a":1}']]);
});

const deep = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;

test("of NDJSON, what is no object is rejected with its line, and blank lines are skipped", async () => {
  const { rows, rejected, rowsRead } = await ndjson(
    '{"a":1}\r\n\n[1]\n  \n{"a":\n"x"\nnull\n{"a":2} x\n{"a":"\\u0000"}\n{"a":"\\ud800"}\n{"a":["\\ud800"]}\n{"a":1e400}\n{"a":3}',
  );
  expect(rows).toEqual([[1], ['["\\ud800"]'], [3]].map(([value]) => [value === 1 ? 1 : value === 3 ? "3" : value]));
  const unstorable = '"a" has a character that cannot be stored (NUL, or half of a pair)';
  expect(rejected).toEqual([
    { line: 3, reason: "is no JSON object" },
    { line: 5, reason: "is no JSON" },
    { line: 6, reason: "is no JSON object" },
    { line: 7, reason: "is no JSON object" },
    { line: 8, reason: "is no JSON" },
    { line: 9, reason: unstorable },
    { line: 10, reason: unstorable },
    { line: 12, reason: '"a" is larger than a number can be' },
  ]);
  expect(rowsRead).toBe(11);
});

test.each([
  ["ndjson", `${deep}\n{"a":1}`],
  ["json", `[${deep},{"a":1}]`],
] as const)("what is nested too deeply for %s is rejected", async (format, text) => {
  const { rows, rejected } = await readText(text, { format, limits: { fieldLength: 1_000_000 } });
  expect(rejected).toEqual([{ line: 1, reason: '"a" is nested too deeply' }]);
  expect(rows).toEqual([[1]]);
});

test("of a JSON array, what is no object is rejected with its number", async () => {
  const { rows, rejected } = await json(' [1,{"a":1},null,"x",[{"a":2}],{"a":"x\\u0000"},{}]');
  expect(rows).toEqual([[1], [null]]);
  expect(rejected.map(({ line }) => line)).toEqual([1, 3, 4, 5, 6]);
});

test.each([
  ['{"a":1}', /no JSON array of objects/],
  ['  "x"', /no JSON array of objects/],
  ["a,b\n1,2", /no JSON array of objects/],
  ["[{},{]", /no JSON, somewhere behind element 1/],
  ["[{},{}", /ends in the middle, after its element 2/],
  ['[{},{"a', /ends in the middle, after its element 1/],
  ["[", /ends in the middle/],
  ["[{}] [{}]", /no JSON, somewhere behind element 1/],
  ['[{"a":01}]', /no JSON/],
])("%j is refused", async (text, message) => {
  await expect(json(text)).rejects.toMatchObject({
    code: "validation_failed",
    message: expect.stringMatching(message),
  });
});

test.each([
  ["ndjson", ""],
  ["ndjson", "\n \r\n"],
  ["json", ""],
  ["json", " [ ] \n"],
] as const)("nothing is no record: %s of %j", async (format, text) => {
  expect(await readText(text, { format })).toMatchObject({ fields: [], rows: [], rejected: [], rowsRead: 0 });
});

const given = [
  { name: "n", label: "n", dataType: "number", slot: 2 },
  { name: "t", label: "t", dataType: "string", slot: 1 },
  { name: "d", label: "d", dataType: "date", slot: 3 },
  { name: "b", label: "b", dataType: "boolean", slot: 4 },
] as const;

test("what does not fit a given field is rejected", async () => {
  const lines = [
    { n: 0.1 + 0.2, t: 5, d: "2024-05-01 10:00:00.123456", b: true },
    { t: { x: 1 }, n: null },
    { n: "5" },
    { d: 5 },
    { d: "" },
    { b: "true" },
    { b: 1 },
    { n: true },
    { n: [1] },
    { other: 1 },
    { t: 1, " t": 2 },
    { b: false },
  ];
  const { rows, rejected, widenings, written } = await ndjson(lines.map((line) => JSON.stringify(line)).join("\n"), {
    fields: given,
  });
  expect(rows).toEqual([
    ["5", 0.1 + 0.2, Date.UTC(2024, 4, 1, 10, 0, 0, 123), 1],
    ['{"x":1}', null, null, null],
    [null, null, null, 0],
  ]);
  expect(rejected.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
    '3: the value of "n" is no number',
    '4: the value of "d" is no date',
    '5: the value of "d" is no date',
    '6: the value of "b" is no boolean',
    '7: the value of "b" is no boolean',
    '8: the value of "n" is no number',
    '9: the value of "n" is no number',
    '10: there is no field "other"',
    '11: there are two values for "t"',
  ]);
  expect([widenings, written.filter(Boolean)]).toEqual([[], []]);
});

test.each(["ndjson", "json"] as const)("limits hold for %s", async (format) => {
  const of = (...values: unknown[]) =>
    format === "json" ? JSON.stringify(values) : values.map((value) => JSON.stringify(value)).join("\n");
  await expect(readText(of({ a: 1 }, { b: 1, c: 1 }), { format, limits: { fields: 2 } })).rejects.toThrow(
    /datasetFields/,
  );
  await expect(readText(of({ a: 1 }, 1, { a: 1 }), { format, limits: { rows: 2 } })).rejects.toThrow(/datasetRows/);
  await expect(readText(of({ a: 1 }), { format, limits: { bytes: 3 } })).rejects.toThrow(/datasetBytes/);
  const { rows, rejected } = await readText(of({ a: "xxxx" }, { a: "xxx" }, { a: [10] }), {
    format,
    limits: { fieldLength: 3 },
  });
  expect(rows).toEqual([["xxx"]]);
  expect(rejected).toEqual([
    { line: 1, reason: '"a" has 4 characters, and the setting datasetFieldLength allows 3' },
    { line: 3, reason: '"a" has 4 characters, and the setting datasetFieldLength allows 3' },
  ]);
});

test.each([
  ["ndjson", '{"a":1}\n{"a":"', /line 2 is longer/],
  ["json", '[{"a":1},{"a":"', /line 2 is longer/],
] as const)("one endless value of %s does not fill the memory", async (format, beginning, message) => {
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(bytesOf(pulled++ === 0 ? beginning : "x".repeat(100_000)));
    },
  });
  await expect(readStream(endless, { format, limits: { bytes: 1e9 } })).rejects.toMatchObject({
    code: "too_large",
    message: expect.stringMatching(message),
  });
  expect(pulled).toBeLessThan(100);
});

test("a value may be long, and come in many pieces", async () => {
  const text = JSON.stringify([{ a: "ü".repeat(100_000) }, { a: 1 }]);
  const stream = streamOf(bytesOf(text), { size: 999 });
  const { rows } = await readStream(stream, { format: "json", limits: { fieldLength: 200_000 } });
  expect(rows).toEqual([["ü".repeat(100_000)], ["1"]]);
});

test("a reason or a message quotes what it is about, never at length", async () => {
  const key = "k".repeat(5000);
  const lines = [`{"${key}":1e999}`, `{"${key}":"xxx"}`, `{"${key}":"\\u0000"}`].join("\n");
  const { rejected } = await ndjson(lines, { limits: { fieldLength: 2 } });
  const given = await ndjson(`{"${key}":1}`, { fields: [{ name: "a", label: "a", dataType: "string", slot: 1 }] });
  const reasons = [...rejected, ...given.rejected].map(({ reason }) => reason);
  expect(reasons).toHaveLength(4);
  for (const reason of reasons) expect(reason).toMatch(/^.{0,30}"k{100}\.\.\.".{0,80}$/);
  const message = await json(`[{"a":1} "${key}"]`).catch((error: Error) => error.message);
  expect(message).toMatch(/^It is no JSON.{1,300}$/);
});

test.each([
  ["ndjson", (text: string) => `{"a":"${text}"}\n`.repeat(8)],
  ["json", (text: string) => JSON.stringify(Array(8).fill({ a: text }))],
  ["csv", (text: string) => `a\n${`${text}\n`.repeat(8)}`],
] as const)("a batch is full with about a million characters: %s", async (format, of) => {
  const limits = { ...roomy, fieldLength: 1_000_000 };
  const { batches } = readRecords(streamOf(bytesOf(of("x".repeat(300_000)))), { format, limits });
  const sizes: number[] = [];
  for await (const { rows } of batches) sizes.push(rows.length);
  expect(sizes).toEqual([4, 4]);
});

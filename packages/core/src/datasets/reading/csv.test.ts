import { expect, test } from "vitest";
import { CsvCutter } from "./csv.ts";
import { bytesOf, type Options, read, readStream, readText, streamOf } from "./testing/read.ts";

const table = async (text: string, options?: Options) => {
  const { fields, rows } = await readText(text, options);
  return [fields.map(({ name }) => name), ...rows];
};

test.each([
  ["line ends of Unix", "a,b\n1,x\n2,y\n"],
  ["line ends of Windows", "a,b\r\n1,x\r\n2,y\r\n"],
  ["line ends of old Macs", "a,b\r1,x\r2,y\r"],
  ["line ends of all kinds", "a,b\r\n1,x\n2,y\r"],
  ["no last line end", "a,b\n1,x\n2,y"],
  ["blank lines", "\n\na,b\n\n1,x\r\n\r\n2,y\n\n\n"],
  ["quotation marks", '"a","b"\n"1","x"\n2,"y"'],
  ["quotation marks and lines of Windows", '"a","b"\r\n"1","x"\r\n2,"y"\r\n'],
  ["empty cells behind the last", "a,b\n1,x,,\n2,y,\n"],
  ["a mark of the byte order", "\uFEFFa,b\n1,x\n2,y\n"],
  ["semicolons", "a;b\n1;x\n2;y\n"],
  ["tabs", "a\tb\n1\tx\n2\ty\n"],
  ["pipes", "a|b\n1|x\n2|y\n"],
  ["what Excel says of it", "sep=;\r\na;b\r\n1;x\r\n2;y\r\n"],
  ["blanks behind quotation marks", '"a" ,"b"\n"1" ,"x" \n2,y\n'],
])("reads a file with %s", async (_, text) => {
  expect(await table(text)).toEqual([
    ["a", "b"],
    [1, "x"],
    [2, "y"],
  ]);
});

test("keeps what stands in quotation marks", async () => {
  const text = 'a,b\n"x, ""y""","one\ntwo\r\nthree\rfour"\n5" pipe,"" \n"a\r\nb","c"\r\nlast,"a\r\n"\r\n';
  expect(await table(text)).toEqual([
    ["a", "b"],
    ['x, "y"', "one\ntwo\r\nthree\rfour"],
    ['5" pipe', null],
    ["a\r\nb", "c"],
    ["last", "a\r\n"],
  ]);
});

test.each([
  ["a;b\n1,5;2,5\n3,5;4,5\n", ";"],
  ['a,b\n"1;2;3",x\n"4;5;6",y\n', ","],
  ['"a;x";"b"\r\n"1,2";"3,4"\r\n', ";"],
  ["a\n1\n2\n", ","],
  ["a;b;c\n", ";"],
  ["name\tnote\nx\tone, two, three\ny\tfour\n", "\t"],
  ["", ","],
])("finds out what separates the cells of %j", async (text, delimiter) => {
  expect((await readText(text)).delimiter).toBe(delimiter);
});

test("takes the delimiter that is given, and refuses one that cannot be one", async () => {
  expect(await table("a,b;c\n1,2;3\n", { delimiter: ";" })).toEqual([
    ["a,b", "c"],
    ["1,2", 3],
  ]);
  for (const delimiter of ["", ",,", '"', "\n", "\r"]) {
    await expect(readText("a,b\n", { delimiter })).rejects.toMatchObject({ code: "validation_failed" });
  }
});

test("names fields after their headings, each once", async () => {
  const { fields } = await readText(" a ,,a,a,$b,column_2,A,a_2,_links,_embedded,__proto__,constructor,prototype\n");
  expect(fields).toEqual(
    [
      ["a", "a"],
      ["column_2", "column_2"],
      ["a_2", "a"],
      ["a_3", "a"],
      ["_$b", "$b"],
      ["column_2_2", "column_2"],
      ["A", "A"],
      ["a_2_2", "a_2"],
      ["__links", "_links"],
      ["__embedded", "_embedded"],
      ["___proto__", "__proto__"],
      ["_constructor", "constructor"],
      ["_prototype", "prototype"],
    ].map(([name, label], at) => ({ name, label, dataType: "string", slot: at + 1 })),
  );
});

test("refuses a name that is too long, or cannot be stored", async () => {
  await expect(readText(`a,${"x".repeat(128)}\n`)).resolves.toMatchObject({ fields: [{}, {}] });
  await expect(readText(`a,${"x".repeat(129)}\n`)).rejects.toThrow(
    /column 2 \(x{20}\.\.\.\) has 129 characters, and at most 128/,
  );
  await expect(readText("a,b\0\n")).rejects.toThrow(/column 2 has a character that cannot be stored/);
});

test.each([
  ["more cells than the header", "a,b\n1,2,3\n", 2, "has 3 cells, the header has 2"],
  ["fewer cells than the header", "a,b\n1,2\n\n3\n", 4, "has 1 cell, the header has 2"],
  [
    "a value that is too long",
    `a,b\n1,2\n1,${"x".repeat(11)}\n`,
    3,
    '"b" has 11 characters, and the setting datasetFieldLength allows 10',
  ],
  ["a NUL", "a,b\n1,2\n1,x\0y\n", 3, '"b" has a character that cannot be stored (NUL, or half of a pair)'],
  [
    "a quotation mark that is never closed",
    'a,b\n1,2\n1,"x\n2,y\n',
    3,
    "a quotation mark that opens a cell is never closed, so that it reaches to the end",
  ],
  [
    "a quotation mark that is not doubled",
    'a,b\n1,"x" y"\n',
    2,
    "a quotation mark within a cell in quotation marks is not doubled, so that it may reach over several lines",
  ],
])("rejects a row with %s, with its line", async (_, text, line, reason) => {
  const { rejected, rows, rowsRead } = await readText(text, { limits: { fieldLength: 10 } });
  expect(rejected).toEqual([{ line, reason }]);
  expect(rowsRead).toBe(rows.length + 1);
});

const hard = 'a;"b";c\r\n"x ""y""\r\nz";"";1\r\r\n"\r";" \n";\n5" pipe;"q" ;"""";\r\n;;\r"bad"x";1;2\nlast;"1"';
const cut = [
  [1, ["a", "b", "c"]],
  [2, ['x "y"\r\nz', "", "1"]],
  [4, [""]],
  [5, ["\r", " \n", ""]],
  [7, ['5" pipe', "q", '"', ""]],
  [8, ["", "", ""]],
  [9, ['bad"x', "1", "2"], "malformed"],
  [10, ["last", "1"]],
];

test("text is cut into the same rows wherever its pieces end", () => {
  const rowsOf = (pieces: readonly string[]) => {
    const cutter = new CsvCutter(";", 1, 1);
    const all = [...pieces.map((piece) => cutter.push(piece)), cutter.end()];
    return all.flatMap((rows) =>
      (rows?.rows ?? []).map((row, at) => [rows?.lineOf(at), row, ...(rows?.malformed.has(at) ? ["malformed"] : [])]),
    );
  };
  expect(rowsOf([hard])).toEqual(cut);
  for (let at = 0; at <= hard.length; at++) expect(rowsOf([hard.slice(0, at), hard.slice(at)])).toEqual(cut);
  for (let at = 0; at < hard.length - 1; at++) {
    expect(rowsOf([hard.slice(0, at), hard.slice(at, at + 1), hard.slice(at + 1)])).toEqual(cut);
  }
  expect(rowsOf([...hard])).toEqual(cut);
});

test("counts lines also where rows have several of them, and over pieces", async () => {
  const row = 'x,"one\ntwo\r\nthree",z\r\n';
  const bytes = bytesOf(`a,b,c\n${row.repeat(2)}bad\n\n${row.repeat(20_000)}bad\n${row}bad`);
  const { rejected, rows } = await readStream(streamOf(bytes, { size: 1000 }));
  expect(rejected.map(({ line }) => line)).toEqual([8, 10 + 60_000, 10 + 60_000 + 4]);
  expect(rows).toHaveLength(20_003);
});

test("a rejected row does not count for the types", async () => {
  const { fields, rows } = await readText("a,b\n1,2\nx\n,y,z\n3,4\n");
  expect(fields.map(({ dataType }) => dataType)).toEqual(["number", "number"]);
  expect(rows).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test("empty is missing, blanks are not", async () => {
  expect(await table('a,b,c\n,"", \nx,1,y\n')).toEqual([
    ["a", "b", "c"],
    [null, null, " "],
    ["x", 1, "y"],
  ]);
});

test.each([
  ["nothing", "", []],
  ["blank lines", "\n\r\n\n", []],
  ["a header", "a,b\n", ["a", "b"]],
  ["a header without line end", "a,b", ["a", "b"]],
])("of %s there are no rows", async (_, text, names) => {
  const result = await readText(text);
  expect(result.fields.map(({ name, dataType }) => [name, dataType])).toEqual(names.map((name) => [name, "string"]));
  expect(result).toMatchObject({ rows: [], rejected: [], rowsRead: 0 });
});

const given = [
  { name: "count", label: "Count", dataType: "number", slot: 2 },
  { name: "on", label: "On", dataType: "boolean", slot: 5 },
  { name: "at", label: "At", dataType: "date", slot: 1 },
  { name: "note", label: "Note", dataType: "string", slot: 3 },
] as const;

test("given fields are found by name, and lie where they are said to", async () => {
  const { rows, rejected, fields, written, widenings } = await readText(
    "note, on ,count\n7,TRUE,1.50\n,false,\nx,no,1\nx,,one\nx,true,007\n",
    { fields: given },
  );
  expect(rows).toEqual([
    [null, 1.5, "7", null, 1],
    [null, null, null, null, 0],
  ]);
  expect(rejected).toEqual([
    { line: 4, reason: 'the value of "on" is no boolean' },
    { line: 5, reason: 'the value of "count" is no number' },
    { line: 6, reason: 'the value of "count" is no number' },
  ]);
  expect(fields).toBe(given);
  expect([written, widenings]).toEqual([[undefined, undefined], []]);
});

test("a column for which there is no given field is refused", async () => {
  await expect(readText("note,other\nx,y\n", { fields: given })).rejects.toThrow(/no field for the column "other"/);
  await expect(readText("note,note\nx,y\n", { fields: given })).rejects.toThrow(/no field for the column "note_2"/);
});

test.each([
  ["fields", "a,b,c\n", { fields: 2 }, /more than 2 fields.*datasetFields/],
  ["rows", "a\n1\n2\n3\n", { rows: 2 }, /more than 2 rows.*datasetRows/],
  ["rejected rows", "a\n1\n2,2\n3\n", { rows: 2 }, /more than 2 rows.*datasetRows/],
  ["bytes", "a\n1\n2\n", { bytes: 5 }, /more than 5 bytes.*datasetBytes/],
])("stops at too many %s", async (_, text, limits, message) => {
  await expect(readText(text, { limits })).rejects.toMatchObject({
    code: "too_large",
    message: expect.stringMatching(message),
  });
});

test("as much as is allowed is read", async () => {
  await expect(
    readText("a,b\n1,2\n3,4\n", { limits: { fields: 2, rows: 2, bytes: 12, fieldLength: 1 } }),
  ).resolves.toMatchObject({
    rowsRead: 2,
    bytesRead: 12,
    rejected: [],
  });
});

test("a quotation mark without its second does not fill the memory", async () => {
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++;
      controller.enqueue(bytesOf(pulled === 1 ? 'a,b\n1,2\n1,"' : "x, y\n".repeat(20_000)));
    },
  });
  const limits = { bytes: 1e9, rows: 1e9 };
  await expect(readStream(endless, { limits })).rejects.toMatchObject({
    code: "too_large",
    message: expect.stringMatching(/line 3 is longer than 4194304 characters/),
  });
  expect(pulled).toBeLessThan(100);
});

test("what was read in UTF-16 is the same", async () => {
  const text = "a,b\r\n1,日本 😀\r\n";
  const words = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  const little = Uint8Array.from([0xff, 0xfe, ...words.flatMap((word) => [word & 255, word >> 8])]);
  const big = Uint8Array.from([0xfe, 0xff, ...words.flatMap((word) => [word >> 8, word & 255])]);
  for (const [bytes, encoding] of [
    [little, "utf-16le"],
    [big, "utf-16be"],
  ] as const) {
    expect(await read(bytes)).toMatchObject({ encoding, rows: [[1, "日本 😀"]] });
  }
});

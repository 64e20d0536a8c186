import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openExecutor } from "@steward/db/node";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { bytesOf, latin, read, readText, roomy } from "./testing/read.ts";
import { widened } from "./testing/records.ts";

const folder = mkdtempSync(join(tmpdir(), "steward-reading-"));
const executor = openExecutor({ url: `file:${join(folder, "test.db")}` });
afterAll(() => {
  executor.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A column of these texts, and then one that makes text of it. */
const asCsv = (texts: readonly string[]) => `a,b\n${[...texts, "no more"].map((text) => `${text},x\n`).join("")}`;

test.each([
  ["5", { type: "number", decimals: null }, ["-7", "0", "999999999999999", "-123456789012345", "0.5", "0.0001"], []],
  [
    "642.00",
    { type: "number", decimals: 2 },
    ["0.00", "-3.10", "466.92", "1234567890123.45", "0.01"],
    ["5", "1.5", "-0.00"],
  ],
  ["466.92", { type: "number", decimals: 2 }, ["642.00", "1.50"], ["5", "1.5", ".50"]],
  [
    "466.92",
    { type: "number", decimals: null },
    ["5", "1.5", "-0.123456789012345"],
    ["642.00", "0.00001", "1e5", "-0", ".5"],
  ],
  ["1.5", { type: "number", decimals: null }, ["2.5", "466.92", "3"], ["1.50"]],
  ["1e5", { type: "number", decimals: 1 }, ["1.0", "2.5"], ["1E5", "3", "1.25"]],
  ["1e5", { type: "number", decimals: null }, [], ["1E5", "-0", "1e-7"]],
  [
    "2024-02-29",
    { type: "date", pattern: "%Y-%m-%d" },
    ["0001-01-01", "1969-12-31", "9999-12-31"],
    ["2024-02-29T00:00"],
  ],
  [
    "2024-05-01T10:20:30.456Z",
    { type: "date", pattern: "%Y-%m-%dT%H:%M:%fZ" },
    ["0001-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z", "2024-12-31T23:59:59.001Z"],
    ["2024-05-01", "2024-05-01T10:20:30.45Z", "2024-05-01 10:20:30.456Z", "2024-05-01T10:20:30.456+00:00"],
  ],
  ["2024-05-01 10:20", { type: "date", pattern: "%Y-%m-%d %H:%M" }, ["1900-01-01 23:59"], ["2024-05-01T10:20"]],
  [
    "2024-05-01 10:20:30",
    { type: "date", pattern: "%Y-%m-%d %H:%M:%S" },
    ["1900-01-01 23:59:59"],
    ["2024-05-01 10:20"],
  ],
  [
    "2024-05-01T10:20+02:00",
    { type: "date", pattern: "%Y-%m-%dT%H:%M:%SZ" },
    ["2024-05-01T10:20:30Z"],
    ["2024-05-01T10:20+02:00", "2024-05-01T10:20Z"],
  ],
  ["true", { type: "boolean", spelling: "true" }, ["false"], ["TRUE", "False"]],
  ["FALSE", { type: "boolean", spelling: "TRUE" }, ["TRUE"], ["true", "True"]],
  ["True", { type: "boolean", spelling: "True" }, ["False"], ["false", "FALSE"]],
] as const)("a column that begins with %s is widened from %o", async (first, from, printed, kept) => {
  const texts = [first, ...printed, ...kept];
  const result = await readText(asCsv(texts));
  expect(result.fields[0]?.dataType).toBe("string");
  expect(result.widenings).toEqual([{ slot: 1, from }]);
  const isKept = (text: string) =>
    kept.some((one) => one === text) || (text === first && printsOtherwise.includes(first));
  expect(result.written).toEqual([...texts, "no more"].map((text) => (isKept(text) ? { 1: text } : undefined)));
  expect((await widened(executor, result)).map(([text]) => text)).toEqual([...texts, "no more"]);
});
const printsOtherwise: readonly string[] = ["1e5", "2024-05-01T10:20+02:00"];

test.each([
  [["1", "2.5", "x"], "string"],
  [["1", "2.5", ""], "number"],
  [["", "1.0", "1e3"], "number"],
  [["1", "true"], "string"],
  [["true", "0"], "string"],
  [["true", "FALSE", "True"], "boolean"],
  [["2024-01-01", "2024-01-01 10:00"], "date"],
  [["2024-01-01", "2024"], "string"],
  [["2024", "2024-01-01"], "string"],
  [["5", " 5"], "string"],
  [["1", "007"], "string"],
  [["x", "1", "2"], "string"],
  [["", ""], "string"],
])("of %j the type is %s", async (texts, dataType) => {
  const { fields } = await readText(`a,b\n${texts.map((text) => `${text},x\n`).join("")}`);
  expect(fields[0]?.dataType).toBe(dataType);
});

test("widening may be applied to all of it, and what is missing stays missing", async () => {
  const result = await readText("a,b\n1.50,x\n,x\nx,x\n2.50,x\n1,x\n");
  expect(result.rows.map(([value]) => value)).toEqual([1.5, null, "x", "2.50", "1"]);
  expect((await widened(executor, result)).map(([text]) => text)).toEqual(["1.50", null, "x", "2.50", "1"]);
});

const digits = (least: number, most: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: least, maxLength: most }).map((all) => all.join(""));
const whole = fc.oneof(
  fc.constant("0"),
  fc.tuple(fc.integer({ min: 1, max: 9 }), digits(0, 9)).map((parts) => parts.join("")),
);
const sign = fc.constantFrom("", "", "-");
const fraction = fc.integer({ min: 1, max: 6 }).chain((length) => digits(length, length));
const numbers = {
  whole: fc.tuple(sign, whole).map((parts) => parts.join("")),
  money: fc.tuple(sign, whole, digits(2, 2)).map(([minus, before, behind]) => `${minus}${before}.${behind}`),
  decimal: fc.tuple(sign, whole, fraction).map(([minus, before, behind]) => `${minus}${before}.${behind}`),
  shortest: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => String(Number(value.toPrecision(15)))),
  double: fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(String),
  odd: fc.constantFrom("-0", ".5", "1e5", "0.00000", "1E-3", "-.25", "2.5e+10"),
};
const moment = fc.date({
  min: new Date("0001-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});
const dates = {
  day: moment.map((date) => date.toISOString().slice(0, 10)),
  full: moment.map((date) => date.toISOString()),
  local: moment.map((date) => date.toISOString().slice(0, 19).replace("T", " ")),
  minute: moment.map((date) => date.toISOString().slice(0, 16)),
  odd: fc.constantFrom("2024-05-01T10:20:30.5Z", "2024-05-01 10:20+02:00", "1950-01-01T00:00:00.250-11:30"),
};
const booleans = {
  low: fc.constantFrom("true", "false"),
  high: fc.constantFrom("TRUE", "FALSE"),
  mixed: fc.constantFrom("True", "False"),
};
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }).filter((value) => value.isWellFormed() && !value.includes("\0")),
  fc.string({ unit: fc.constantFrom('"', ",", ";", "\n", "\r", " ", "a", "1", "\t", "|", "é"), maxLength: 10 }),
  fc.constantFrom("007", "+5", "1234567890123456", "2023-02-29", " 5", "12345678901234567890", "yes", "1,5"),
);
const kinds = [...Object.values(numbers), ...Object.values(dates), ...Object.values(booleans), text];
/** Mostly of one kind, sometimes of two that are alike or not, and with something missing in between. */
const column = fc
  .tuple(fc.constantFrom(...kinds), fc.constantFrom(...kinds), fc.constantFrom(0, 0, 1, 5), fc.constantFrom(0, 1))
  .map(([one, other, others, missing]) =>
    fc.oneof(
      { arbitrary: one, weight: 10 },
      { arbitrary: other, weight: others },
      { arbitrary: fc.constant(""), weight: missing },
    ),
  );
const tables = fc
  .tuple(fc.array(column, { minLength: 2, maxLength: 28 }), fc.integer({ min: 0, max: 12 }))
  .chain(([columns, rows]) =>
    fc.array(fc.tuple(...columns), { minLength: rows, maxLength: rows }).map((all) => ({ width: columns.length, all })),
  );

/** UTF-16 has a mark, and what windows-1252 has not, it is not used for. */
const encodings = {
  "utf-8": (content: string) => bytesOf(content),
  "utf-8 with a mark": (content: string) => bytesOf(`\uFEFF${content}`),
  "utf-16le": (content: string) => sixteen(`\uFEFF${content}`, (word) => [word & 255, word >> 8]),
  "utf-16be": (content: string) => sixteen(`\uFEFF${content}`, (word) => [word >> 8, word & 255]),
  "iso-8859-1": (content: string) => (/^[\0-\x7f\xa0-\xff]*$/.test(content) ? latin(content) : bytesOf(content)),
};
const sixteen = (content: string, split: (word: number) => number[]) =>
  Uint8Array.from(Array.from({ length: content.length }, (_, at) => content.charCodeAt(at)).flatMap(split));

const styles = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  lineEnds: fc.array(fc.constantFrom("\n", "\r\n", "\r"), { minLength: 1, maxLength: 3 }),
  quoted: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
  encoding: fc.constantFrom(...Object.values(encodings)),
  lastLineEnd: fc.boolean(),
  size: fc.integer({ min: 1, max: 200 }),
});
type Style = typeof styles extends fc.Arbitrary<infer Value> ? Value : never;

function printed(lines: readonly (readonly string[])[], { delimiter, lineEnds, quoted, lastLineEnd }: Style): string {
  let cells = 0;
  const cell = (value: string) => {
    const must = /^"|[\r\n]/.test(value) || value.includes(delimiter);
    return must || quoted[cells++ % quoted.length] ? `"${value.replaceAll('"', '""')}"` : value;
  };
  const ended = lines.map((line, at) => line.map(cell).join(delimiter) + lineEnds[at % lineEnds.length]).join("");
  return lastLineEnd ? ended : ended.replace(/(\r\n|\r|\n)$/, "");
}

/** As JavaScript understands a text of this type. */
function meant(dataType: string, value: string): unknown {
  if (value === "") return null;
  if (dataType === "number") return Number(value) + 0;
  if (dataType === "boolean") return value.toLowerCase() === "true" ? 1 : 0;
  if (dataType !== "date") return value;
  const zoned = value.length === 10 || /(Z|[+-]\d\d:\d\d)$/.test(value) ? value : `${value}Z`;
  return Date.parse(zoned.replace(" ", "T"));
}

describe("a random table", () => {
  test.each([
    ["of which all columns turn out to be text", true],
    ["of any types", false],
  ])(
    "%s is what was written",
    async (_, allText) => {
      await fc.assert(
        fc.asyncProperty(tables, styles, async ({ width, all }, style) => {
          const names = Array.from({ length: width }, (_, at) => `c${at + 1}`);
          const lines = allText ? [...all, names.map(() => "text")] : all;
          const content = printed([names, ...lines], style);
          const result = await read(style.encoding(content), { delimiter: style.delimiter, limits: roomy });
          expect(result.rejected).toEqual([]);
          const stored = await widened(executor, result);
          const types = result.fields.map(({ dataType }) => dataType);
          if (allText) expect(types).toEqual(names.map(() => "string"));
          expect(stored).toEqual(lines.map((line) => line.map((value, at) => meant(types[at] ?? "", value))));
        }),
        { numRuns: 150 },
      );
    },
    60_000,
  );

  const json = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.integer().map((value) => value / 100),
    fc.boolean(),
    fc.constant(null),
    ...Object.values(dates),
    fc.string({ maxLength: 5 }).filter((value) => !value.includes("\0")),
    fc.array(fc.integer(), { maxLength: 2 }),
  );
  test.each(["json", "ndjson"] as const)(
    "of %s is what was written",
    async (format) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.dictionary(fc.constantFrom("a", "b", "c", "d"), json), { maxLength: 12 }),
          async (records) => {
            const last = { a: "text", b: [], c: "text", d: "text" };
            const all = [...records, last];
            const content =
              format === "json" ? JSON.stringify(all) : all.map((record) => JSON.stringify(record)).join("\n");
            const result = await readText(content, { format });
            const names = result.fields.map(({ name }) => name);
            const stored = await widened(executor, result);
            const textOf = (value: unknown) =>
              value === null || value === undefined
                ? null
                : typeof value === "object"
                  ? JSON.stringify(value)
                  : String(value);
            expect(stored).toEqual(
              all.map((record) =>
                names.map((name) => textOf(Object.entries(record).find(([key]) => key === name)?.[1])),
              ),
            );
          },
        ),
        { numRuns: 150 },
      );
    },
    60_000,
  );
});

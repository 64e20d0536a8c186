import { type RecordValue, readSql, type Sql, slotOf, type VisibleField } from "@steward/core";
import type { StoredField } from "@steward/db";
import fc from "fast-check";
import type { Database } from "./database.ts";

type DataType = StoredField["dataType"];
export type Row = Readonly<Record<string, RecordValue>>;

const field = (name: string, dataType: DataType, slot: number): readonly [string, VisibleField] => [
  name,
  { name, label: name, dataType, slot, sql: slotOf(slot) },
];

/** One field of each type in a column of its own, and one beyond. */
export const fields: ReadonlyMap<string, VisibleField> = new Map([
  field("name", "string", 1),
  field("price", "number", 2),
  field("day", "date", 3),
  field("open", "boolean", 24),
  field("wide name", "string", 25),
  field("wide.price", "number", 26),
  field("wideDay", "date", 27),
  field("-open", "boolean", 100),
]);

const trickyTexts = [
  ...["", "a", "A", "ab", "aB", "b", "1", "true", "null", "%", "_", "a%", "*", "'", '"', "\\", "\n", " a", "\u0001"],
  ...[
    "é",
    "e\u0301",
    "e",
    "É",
    "straße",
    "STRASSE",
    "ﬁ",
    "日本",
    "😀",
    "😀a",
    "\uffff",
    "\ufeff",
    "\u{10ffff}",
    "\ud7ff",
  ],
];

const texts = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...trickyTexts) },
  fc.string({ unit: "binary", maxLength: 3 }).filter((text) => !text.includes("\0") && text.isWellFormed()),
);

const trickyNumbers = [
  ...[0, 1, -1, 2, 0.1, 0.2, 0.5, -0.5, 1.5, 10, 100, 2 ** 31, 2 ** 53 - 1, -(2 ** 53) + 1, 2 ** 53, 2 ** 53 + 2, 1e17],
  ...[2 ** 63, -(2 ** 63), 2 ** 64, 1e21, -1e22, 1e-7],
];
/** Those that JSON does not bring through the database to the last digit are among them. */
const trickyDoubles = [...trickyNumbers, 2.614519058792485e92, 1.79097968836598e32, 1e300, -1e300, 5e-324];

const numbers = fc.oneof(fc.constantFrom(...trickyNumbers), fc.integer({ min: -3, max: 3 }));
const doubles = fc.oneof(fc.constantFrom(...trickyDoubles), fc.double({ noNaN: true, noDefaultInfinity: true }));

const day = 86_400_000;
const trickyMoments = [
  0,
  1,
  -1,
  day,
  -day,
  19_782 * day,
  19_782 * day + 1,
  253_402_300_799_999,
  -62_167_219_200_000,
].map((milliseconds) => new Date(milliseconds));
const moments = fc.oneof(
  fc.constantFrom(...trickyMoments),
  fc.integer({ min: -2 * day, max: 2 * day }).map((milliseconds) => new Date(milliseconds)),
);

/** The values of a field's type that are most easily mistaken for each other. */
export const trickyValuesOf = ({ dataType, slot }: StoredField): readonly (string | number | boolean | Date)[] => {
  if (dataType === "string") return trickyTexts;
  if (dataType === "number") return slot > 24 ? trickyNumbers : trickyDoubles;
  return dataType === "date" ? trickyMoments : [true, false];
};

/** What lies beyond the columns comes as JSON, which the database reads well, but not to the last digit of any double. */
export const valuesOf = ({ dataType, slot }: StoredField): fc.Arbitrary<string | number | boolean | Date> => {
  if (dataType === "string") return texts;
  if (dataType === "number") return slot > 24 ? numbers : doubles;
  return dataType === "date" ? moments : fc.boolean();
};

export const rows: fc.Arbitrary<readonly Row[]> = fc.array(
  fc.record(Object.fromEntries([...fields.values()].map((one) => [one.name, fc.option(valuesOf(one), { freq: 4 })]))),
  { minLength: 1, maxLength: 12 },
);

const stored = (value: RecordValue | undefined): string | number | null => {
  if (value instanceof Date) return value.getTime();
  return typeof value === "boolean" ? Number(value) : (value ?? null);
};

const columns = [...fields.values()].filter(({ slot }) => slot <= 24);
const beyond = [...fields.values()].filter(({ slot }) => slot > 24);

/** Makes these all the records that there are, with ids from 1 on. */
export async function fill(database: Database, all: readonly Row[]): Promise<void> {
  const inserts = all.map((row, index) => {
    const more = beyond.map(({ name, slot }) => [slot, stored(row[name])] as const);
    // A missing value may be left out, or be null.
    const kept = more.filter(([slot, value]) => value !== null || (slot + index) % 2 === 0);
    return {
      sql: `insert into records (id, ${columns.map(({ slot }) => `s${slot}`).join(", ")}, more) values (?, ?, ?, ?, ?, ?)`,
      args: [
        index + 1,
        ...columns.map(({ name }) => stored(row[name])),
        kept.length > 0 ? JSON.stringify(Object.fromEntries(kept)) : null,
      ],
    };
  });
  await database.run([{ sql: "delete from records", args: [] }, ...inserts]);
}

/** The rows of a statement, as the core reads them. */
export async function rowsOf({ executor }: Database, sql: Sql): Promise<(readonly unknown[])[]> {
  const { query, values } = readSql(sql, (row) => row);
  const [result] = await executor.batch([{ sql: query.sql, args: query.args(values) }], "read");
  return query.map(result?.rows ?? []);
}

import { expect, test } from "vitest";
import { isStewardError } from "../errors.ts";
import { answerOf, compileQuery, RecordQuery } from "./query.ts";
import { slotOf, type VisibleField } from "./records.ts";

const types = { name: "string", price: "number", day: "date", open: "boolean" } as const;
const fields = new Map<string, VisibleField>(
  Object.entries(types).map(([name, dataType], index) => [
    name,
    { name, label: name, dataType, slot: index + 1, sql: slotOf(index + 1) },
  ]),
);
const view = { fields, rows: { text: "r.id > :first", values: { first: 3 } } };
const compiled = (query: unknown) => compileQuery(RecordQuery.parse(query), view);
const there = 'there are "name", "price", "day", "open"';
const count = { function: "count", as: "n" };

test.each([
  [{ select: ["name", "nope"] }, "select.1", `There is no field "nope": ${there}`],
  [{ select: ["name", "name"] }, "select.1", '"name" stands there twice'],
  [{ groupBy: ["nope"] }, "groupBy.0", `There is no field "nope": ${there}`],
  [{ groupBy: ["name", "name"] }, "groupBy.1", '"name" stands there twice'],
  [{ sort: ["-nope"] }, "sort.0", `There is no field "nope": ${there}`],
  [{ groupBy: ["name"], sort: ["price"] }, "sort.0", 'There is no column "price": there are "name"'],
  [
    { select: ["price"], groupBy: ["name"] },
    "select.0",
    "With groupBy or aggregates, select names only fields of groupBy: leave it out",
  ],
  [
    { select: ["name"], aggregates: [count] },
    "select.0",
    "With groupBy or aggregates, select names only fields of groupBy: leave it out",
  ],
  [{ aggregates: [count, count] }, "aggregates.1.as", 'There is a column "n" already'],
  [
    { groupBy: ["name"], aggregates: [{ ...count, as: "name" }] },
    "aggregates.0.as",
    'There is a column "name" already',
  ],
  [{ aggregates: [{ ...count, field: "nope" }] }, "aggregates.0.field", `There is no field "nope": ${there}`],
  [{ aggregates: [{ function: "sum", as: "n" }] }, "aggregates.0.field", "Say of which field: only count does without"],
  [
    { aggregates: [{ function: "sum", field: "name", as: "n" }] },
    "aggregates.0.field",
    'sum works on numbers, and "name" is a text',
  ],
  [
    { aggregates: [{ function: "avg", field: "day", as: "n" }] },
    "aggregates.0.field",
    'avg works on numbers, and "day" is a date',
  ],
  [
    { aggregates: [{ function: "max", field: "open", as: "n" }] },
    "aggregates.0.field",
    'max works on numbers, dates and texts, and "open" is true or false',
  ],
  [{ filter: { $not: { price: "x" } } }, "filter.$not.price", "Expected a number"],
])("%j is refused at %s", (query, path, message) => {
  expect(() => compiled(query)).toThrowError(
    expect.toSatisfy((error) => {
      expect(isStewardError(error) && [error.code, error.details]).toEqual(["validation_failed", [{ path, message }]]);
      return true;
    }),
  );
});

test.each([
  [{ limit: 0 }],
  [{ limit: 1001 }],
  [{ limit: 1.5 }],
  [{ nope: 1 }],
  [{ aggregates: [{ function: "median", field: "price", as: "n" }] }],
  [{ aggregates: [{ function: "count" }] }],
  [{ aggregates: [{ function: "count", as: "$n" }] }],
  [{ aggregates: [{ function: "count", as: "" }] }],
  [{ aggregates: [{ function: "count", as: "x".repeat(129) }] }],
  [{ aggregates: Array.from({ length: 51 }, (_, index) => ({ function: "count", as: `n${index}` })) }],
  [{ groupBy: Array.from({ length: 11 }, () => "name") }],
  [{ select: Array.from({ length: 501 }, () => "name") }],
  [{ filter: { name: { $in: 5 } } }],
])("%j is no input", (query) => {
  expect(RecordQuery.safeParse(query).success).toBe(false);
});

test("the statement, its columns and its values", () => {
  expect(
    compiled({
      filter: { open: true },
      groupBy: ["name"],
      aggregates: [count, { function: "min", field: "day", as: "since" }],
      sort: ["-n"],
      limit: 5,
    }),
  ).toEqual({
    sql: {
      text: "select r.s1, count(*), min(r.s3) from records r where (r.id > :first) and (r.s4 is :query1) group by 1 order by 2 desc, 1 asc limit :queryLimit",
      values: { first: 3, query1: 1, queryLimit: 6 },
    },
    columns: [
      { name: "name", dataType: "string" },
      { name: "n", dataType: "number" },
      { name: "since", dataType: "date" },
    ],
    limit: 5,
  });
});

test("all fields in their order, up to 100 records in theirs, unless the query says otherwise", () => {
  const { sql, columns, limit } = compiled({});
  expect(sql.text).toBe(
    "select r.s1, r.s2, r.s3, r.s4 from records r where (r.id > :first) and (true) order by r.id asc limit :queryLimit",
  );
  expect([columns.map(({ name }) => name), limit]).toEqual([["name", "price", "day", "open"], 100]);
  expect(compiled({ select: [], groupBy: [], aggregates: [] })).toEqual(compiled({}));
});

test("rows as people see them; one more than asked for is cut, and told", () => {
  const { columns } = compiled({});
  const found = [
    ["a", 1.5, 0, 1],
    [null, Number.POSITIVE_INFINITY, null, 0],
  ];
  const rows = [
    { name: "a", price: 1.5, day: new Date(0), open: true },
    { name: null, price: null, day: null, open: false },
  ];
  expect(answerOf({ columns, limit: 2 }, found)).toEqual({ rows, truncated: false });
  expect(answerOf({ columns, limit: 1 }, found)).toEqual({ rows: rows.slice(0, 1), truncated: true });
});

test("a column may be called like what every object has", () => {
  const { rows } = answerOf({ columns: [{ name: "__proto__", dataType: "number" }], limit: 1 }, [[1]]);
  expect(Object.entries(rows[0] ?? {})).toEqual([["__proto__", 1]]);
});

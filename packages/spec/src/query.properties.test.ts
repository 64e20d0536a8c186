import { answerOf, compileQuery, RecordQuery, type VisibleField } from "@steward/core";
import fc from "fast-check";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { criteria } from "./criteria-values.ts";
import { fields, fill, rows, rowsOf } from "./criteria-world.ts";
import { type Database, openDatabase } from "./database.ts";
import { byTerms, groupsOf, type Query, recordsOf } from "./query-reference.ts";

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});

const everyRecord = { text: "r.id > :first", values: { first: 0 } };

async function answer(query: unknown, from: Database = database) {
  const compiled = compileQuery(RecordQuery.parse(query), { fields, rows: everyRecord });
  return answerOf(compiled, await rowsOf(from, compiled.sql));
}

const names = [...fields.keys()];
const signed = (columns: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...columns.flatMap((name) => [name, `-${name}`])), { maxLength: 3 });
const limits = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(1000));
const filters = fc.oneof(criteria, fc.constant(undefined));

const plainQueries: fc.Arbitrary<Query> = fc.record(
  { select: fc.subarray(names), filter: filters, sort: signed(names), limit: limits },
  { requiredKeys: ["limit"] },
);

const aggregate = fc
  .record({
    function: fc.constantFrom(...(["count", "sum", "avg", "min", "max", "countDistinct"] as const)),
    field: fc.constantFrom(...fields.values()),
    whole: fc.boolean(),
  })
  .filter(({ function: what, field }) => {
    if (what === "sum" || what === "avg") return field.dataType === "number";
    return field.dataType !== "boolean" || (what !== "min" && what !== "max");
  })
  .map(({ function: what, field, whole }) => ({
    function: what,
    ...((what !== "count" || !whole) && { field: field.name }),
  }));

const groupedQueries: fc.Arbitrary<Query> = fc
  .record({
    groupBy: fc.subarray(names, { maxLength: 3 }),
    aggregates: fc
      .array(aggregate, { maxLength: 4 })
      .map((all) => all.map((one, index) => ({ ...one, as: index === 0 ? "-n" : `n ${index}` }))),
    filter: filters,
    limit: limits,
  })
  .filter(({ groupBy, aggregates }) => groupBy.length + aggregates.length > 0)
  .chain((query) =>
    signed([...query.groupBy, ...query.aggregates.map(({ as }) => as)]).map((sort) => ({ ...query, sort })),
  );

test("records are those that are meant, in their order, and no more than the limit", { timeout: 120_000 }, async () => {
  const property = fc.asyncProperty(
    rows,
    fc.array(plainQueries, { minLength: 3, maxLength: 6 }),
    async (all, queries) => {
      await fill(database, all);
      for (const query of queries) {
        const meant = recordsOf(query, all);
        expect(await answer(query), JSON.stringify(query)).toEqual({
          rows: meant.slice(0, query.limit),
          truncated: meant.length > query.limit,
        });
      }
    },
  );
  await fc.assert(property, { numRuns: 100 });
});

test("groups and aggregates are those that are meant, in their order", { timeout: 120_000 }, async () => {
  const property = fc.asyncProperty(
    rows,
    fc.array(groupedQueries, { minLength: 3, maxLength: 6 }),
    async (all, queries) => {
      await fill(database, all);
      for (const query of queries) {
        const { groupBy = [], aggregates = [], sort = [], limit } = query;
        const told = JSON.stringify(query);
        const meant = groupsOf(query, all);
        const whole = (await answer({ ...query, limit: 1000 })).rows;
        expect(await answer(query), told).toEqual({ rows: whole.slice(0, limit), truncated: meant.length > limit });
        const columns = [...groupBy, ...aggregates.map(({ as }) => as)];
        for (const row of whole) expect(Object.keys(row), told).toEqual(columns);
        // The order by what was answered: a sum of fractions may differ from the reference's in its last digit.
        const order = byTerms([...sort, ...groupBy], columns);
        expect(
          whole.every((row, index) => index === 0 || order(whole[index - 1] ?? {}, row) < 0 || !groupBy.length),
          told,
        ).toBe(true);
        const byGroup = [...whole].sort(byTerms(groupBy, groupBy));
        expect(
          byGroup.map((row) => Object.fromEntries(groupBy.map((name) => [name, row[name]]))),
          told,
        ).toEqual(meant.map(({ values }) => values));
        for (const [index, { means }] of meant.entries()) {
          for (const [name, fits] of Object.entries(means)) {
            expect(fits(byGroup[index]?.[name]), `${name} of ${told}: ${byGroup[index]?.[name]}`).toBe(true);
          }
        }
      }
    },
  );
  await fc.assert(property, { numRuns: 100 });
});

test("large numbers are answered over HTTP too, and no sum is too large to be one", async () => {
  const remote = await openDatabase({ fresh: true, lacks: [] });
  onTestFinished(remote.close);
  const largest = Number.MAX_SAFE_INTEGER;
  const all = Array.from({ length: 1100 }, () => ({ price: largest, "wide.price": 1e17 }));
  await fill(remote, [...all, { price: null, "wide.price": 2 ** 53 + 2 }]);
  const of = (what: string, field: string) => ({ function: what, field, as: `${what} ${field}` });
  const aggregates = ["price", "wide.price"].flatMap((name) =>
    ["sum", "avg", "min", "max"].map((what) => of(what, name)),
  );
  expect((await answer({ aggregates }, remote)).rows).toEqual([
    {
      "sum price": largest * 1100,
      "avg price": expect.closeTo(largest, -1),
      "min price": largest,
      "max price": largest,
      "sum wide.price": 1e17 * 1100 + 2 ** 53,
      "avg wide.price": expect.closeTo((1e17 * 1100 + 2 ** 53) / 1101, -3),
      "min wide.price": 2 ** 53 + 2,
      "max wide.price": 1e17,
    },
  ]);
  const one = { "wide.price": 2 ** 53 + 2 };
  expect((await answer({ select: ["wide.price"], sort: ["wide.price"], limit: 1 }, remote)).rows).toEqual([one]);
  expect((await answer({ groupBy: ["wide.price"], limit: 1 }, remote)).rows).toEqual([one]);
});

test("a sum of whole numbers is exact as far as a number holds it, and none where it is larger than any", async () => {
  const sum = { aggregates: [{ function: "sum", field: "price", as: "sum" }] };
  await fill(database, [{ price: 2 ** 53 - 1 }, { price: 2 ** 53 - 1 }, { price: 1 }, { price: -(2 ** 53) + 1 }]);
  expect((await answer(sum)).rows).toEqual([{ sum: 2 ** 53 }]);
  await fill(database, [{ price: Number.MAX_VALUE }, { price: Number.MAX_VALUE }]);
  expect((await answer(sum)).rows).toEqual([{ sum: null }]);
});

test("where no field is seen, records are empty and can still be counted", async () => {
  await fill(database, [{ price: 1 }, { price: 2 }]);
  const view = { fields: new Map<string, VisibleField>(), rows: everyRecord };
  const ask = async (query: object) => {
    const compiled = compileQuery(RecordQuery.parse(query), view);
    return answerOf(compiled, await rowsOf(database, compiled.sql)).rows;
  };
  expect(await ask({})).toEqual([{}, {}]);
  expect(await ask({ aggregates: [{ function: "count", as: "n" }] })).toEqual([{ n: 2 }]);
});

test("only the rows of the view are asked, whatever the filter says", async () => {
  await fill(database, [{ price: 1 }, { price: 2 }]);
  const view = { fields, rows: { text: "r.id = :mine or false", values: { mine: 2 } } };
  const compiled = compileQuery(RecordQuery.parse({ select: ["price"], filter: { $or: [{}, { price: 1 }] } }), view);
  expect(answerOf(compiled, await rowsOf(database, compiled.sql)).rows).toEqual([{ price: 2 }]);
});

const hostile = ["x'); drop table records;--", ":credential", '"', "]", "`", "?1", "a\\", "--", "/*", "s1", "r.id"];

test.each(hostile)("%s never gets into the text of a question", async (text) => {
  await fill(database, [{ name: text, price: 1 }]);
  const compiled = (name: string) => {
    const renamed = new Map(
      [...fields.values()].map((one): [string, VisibleField] => [name + one.name, { ...one, name: name + one.name }]),
    );
    const query = {
      filter: { [`${name}name`]: { $contains: name } },
      groupBy: [`${name}name`],
      aggregates: [{ function: "max", field: `${name}price`, as: name }],
      sort: [`-${name}`],
    };
    return compileQuery(RecordQuery.parse(query), { fields: renamed, rows: everyRecord });
  };
  const question = compiled(text);
  expect(question.sql.text).toBe(compiled("benign").sql.text);
  expect(answerOf(question, await rowsOf(database, question.sql)).rows).toEqual([{ [`${text}name`]: text, [text]: 1 }]);
});

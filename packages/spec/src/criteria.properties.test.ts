import { compileCriteria, orderOf, type RecordPosition, type VisibleField } from "@steward/core";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { compare, matches } from "./criteria-reference.ts";
import { conditionsOf, criteria } from "./criteria-values.ts";
import { fields, fill, type Row, rows, rowsOf, trickyValuesOf } from "./criteria-world.ts";
import { type Database, openDatabase } from "./database.ts";

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});

test("a filter finds exactly the records that it means", { timeout: 120_000 }, async () => {
  let found = 0;
  let asked = 0;
  const property = fc.asyncProperty(rows, fc.array(criteria, { minLength: 4, maxLength: 8 }), async (all, filters) => {
    await fill(database, all);
    for (const filter of filters) {
      const { text, values } = compileCriteria(filter, fields, "p", "");
      const verdicts = await rowsOf(database, { text: `select ${text} from records r order by r.id`, values });
      const meant = all.map((row) => matches(filter, row));
      expect(verdicts, JSON.stringify(filter)).toEqual(meant.map((verdict) => [Number(verdict)]));
      found += meant.filter((verdict) => verdict).length;
      asked += meant.length;
    }
  });
  await fc.assert(property, { numRuns: 100 });
  // Filters that mean everything or nothing would show little.
  expect(found / asked).toBeGreaterThan(0.2);
  expect(found / asked).toBeLessThan(0.8);
});

test.each([...fields.values()])(
  "every operator on $name ($dataType) means what it says, and so does its negation",
  async (field) => {
    const all = [null, ...trickyValuesOf(field)].map((value): Row => ({ [field.name]: value }));
    await fill(database, all);
    for (const operand of [null, ...trickyValuesOf(field)]) {
      const conditions = conditionsOf(field, operand).flatMap((condition) => [condition, { $not: condition }]);
      const compiled = conditions.map((condition, index) =>
        compileCriteria(condition, fields, `${"abcdefghijklmnopqrstuvwxyz"[index]}`, ""),
      );
      const verdicts = await rowsOf(database, {
        text: `select ${compiled.map(({ text }) => text).join(", ")} from records r order by r.id`,
        values: Object.assign({}, ...compiled.map(({ values }) => values)),
      });
      const meant = all.map((row) => conditions.map((condition) => Number(matches(condition, row))));
      expect(verdicts, JSON.stringify(operand)).toEqual(meant);
    }
  },
);

const terms = fc.uniqueArray(fc.constantFrom(...[...fields.keys()].flatMap((name) => [name, `-${name}`])), {
  maxLength: 5,
});

/** What a term sorts by: `-open` is a field itself. */
const termOf = (term: string) =>
  fields.has(term) ? ({ name: term, sign: 1 } as const) : ({ name: term.slice(1), sign: -1 } as const);

function sorted(all: readonly Row[], sort: readonly string[]): number[] {
  const ids = all.map((_, index) => index);
  const by = sort.map(termOf);
  ids.sort((one, other) => {
    for (const { name, sign } of by) {
      const difference = sign * compare(all[one]?.[name] ?? null, all[other]?.[name] ?? null);
      if (difference !== 0) return difference;
    }
    return one - other;
  });
  return ids.map((index) => index + 1);
}

/** The ids of all pages, one after the other, as a client that follows cursors sees them. */
async function walk(sort: readonly string[], limit: number): Promise<number[]> {
  const order = orderOf(sort, fields, "sort");
  const ids: number[] = [];
  let position: RecordPosition | undefined;
  for (let page = 0; page < 100; page++) {
    const { text, values } = position ? order.behind(position, "key") : { text: "true", values: {} };
    const selected = ["r.id", ...order.values].join(", ");
    const found = await rowsOf(database, {
      text: `select ${selected} from records r where ${text} order by ${order.orderBy} limit :most`,
      values: { ...values, most: limit },
    });
    ids.push(...found.map(([id]) => Number(id)));
    const [id, ...last] = found.at(-1) ?? [];
    if (found.length < limit) return ids;
    // As a cursor keeps it.
    position = JSON.parse(JSON.stringify({ id, values: last }));
  }
  throw new Error("The pages do not end");
}

test("all pages together are the whole list in its order, each record once", { timeout: 120_000 }, async () => {
  const property = fc.asyncProperty(
    rows,
    fc.array(terms, { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 1, max: 4 }),
    async (all, sorts, limit) => {
      await fill(database, all);
      for (const sort of sorts) expect(await walk(sort, limit), JSON.stringify(sort)).toEqual(sorted(all, sort));
    },
  );
  await fc.assert(property, { numRuns: 100 });
});

/** Ten levels, in the form that leaves most open in the database's parser; with 50 to each, as wide as a filter may be. */
function largest(width: number): object {
  const many = (count: number) => Array.from({ length: count }, (_, index) => ({ price: { $gte: index } }));
  let filter: object = { $or: many(width - 1) };
  for (let level = 8; level > 0; level--) {
    filter =
      level % 3 === 0
        ? { $not: filter, $or: many(width) }
        : { [level % 3 === 1 ? "$and" : "$or"]: [...many(width), filter] };
  }
  return { name: null, ...filter };
}

test("the largest filter runs, over fields that are shown by the largest filter too", async () => {
  await fill(database, [{ name: "a", price: 3 }]);
  const shown = compileCriteria(largest(50), fields, "shown", "");
  const partial = new Map(
    [...fields].map(([name, one]): [string, VisibleField] => [
      name,
      { ...one, sql: `iif(${shown.text}, ${one.sql}, null)` },
    ]),
  );
  const filter = compileCriteria(largest(3), partial, "p", "");
  const other = compileCriteria(largest(50), fields, "q", "");
  const found = await rowsOf(database, {
    text: `select ${filter.text} from records r where ((r.id > 0) and ((${shown.text}) or true)) and (${other.text} or true)`,
    values: { ...shown.values, ...filter.values, ...other.values },
  });
  expect(found).toEqual([[expect.toBeOneOf([0, 1])]]);
  expect(() => compileCriteria(largest(50), partial, "p", "filter")).toThrowError(
    expect.objectContaining({
      details: [{ path: expect.stringMatching(/^filter\..*price$/), message: expect.stringContaining("Too many") }],
    }),
  );
});

test("the longest row of conditions runs, over a field that is shown by the longest row", async () => {
  await fill(database, [{ name: "a", price: 499 }]);
  const prices = (count: number) => Array.from({ length: count }, (_, price) => ({ price }));
  const shown = compileCriteria({ $or: prices(500) }, fields, "shown", "");
  const name = fields.get("name") as VisibleField;
  const partial = new Map([...fields, ["name", { ...name, sql: `iif(${shown.text}, ${name.sql}, null)` }] as const]);
  const filter = compileCriteria({ $or: [{ name: "a" }, ...prices(499)] }, partial, "p", "");
  const sql = { text: `select ${filter.text} from records r`, values: { ...shown.values, ...filter.values } };
  expect(await rowsOf(database, sql)).toEqual([[1]]);
});

test("as many values as a filter may hold are looked up", async () => {
  await fill(database, [{ price: 999.5 }, { price: 1000 }, { price: null }]);
  const lists = {
    $or: [
      { price: { $in: Array.from({ length: 1000 }, (_, index) => index + 0.5) } },
      { price: { $nin: Array.from({ length: 1000 }, (_, index) => 1000 + index) } },
    ],
  };
  const { text, values } = compileCriteria(lists, fields, "p", "");
  const found = await rowsOf(database, { text: `select r.id from records r where ${text} order by 1`, values });
  expect(found).toEqual([[1], [3]]);
});

const hostile = [
  "x'); drop table records;--",
  ":credential",
  '"',
  "$.a",
  "`",
  "?1",
  "a\\",
  "--",
  "/*",
  "s1",
  "r.id",
  "null",
];

test.each(hostile)("%s never gets into the text of a statement", async (text) => {
  await fill(database, [{ name: text, price: 1 }, { name: "other" }]);
  const compiled = (name: string, value: string) => {
    const renamed = new Map(
      [...fields.values()].map((one): [string, VisibleField] => [name + one.name, { ...one, name: name + one.name }]),
    );
    const key = `${name}name`;
    const filter = compileCriteria(
      {
        [key]: value,
        $or: [
          { [key]: { $in: [value, `${value}2`, null] } },
          { [key]: { $contains: value, $startsWith: value, $gte: value } },
        ],
        $not: { [key]: { $nin: [value] } },
      },
      renamed,
      "p",
      "",
    );
    const order = orderOf([`-${key}`, `${name}wide name`], renamed, "");
    const behind = order.behind({ values: [`${value}3`, value], id: 0 }, "key");
    return {
      text: `select r.id, ${order.values.join(", ")} from records r where ${filter.text} and ${behind.text} order by ${order.orderBy}`,
      values: { ...filter.values, ...behind.values },
    };
  };
  const sql = compiled(`f${text}`, text);
  expect(sql.text).toBe(compiled("f", "v").text);
  expect(Object.keys(sql.values)).toEqual(Object.keys(compiled("f", "v").values));
  expect(await rowsOf(database, sql)).toEqual([[1, text, null]]);
});

import { expect, test } from "vitest";
import { isStewardError } from "../errors.ts";
import { Criteria, compileCriteria } from "./criteria.ts";
import { slotOf, type VisibleField } from "./records.ts";

const types = { name: "string", price: "number", day: "date", open: "boolean", "-odd.name": "string" } as const;
const fields = new Map<string, VisibleField>(
  Object.entries(types).map(([name, dataType], index) => [
    name,
    { name, label: name, dataType, slot: index + 1, sql: slotOf(index + 1) },
  ]),
);

const compiled = (criteria: unknown) => compileCriteria(criteria, fields, "p", "filter");

function detailOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (!isStewardError(error)) throw error;
    return { code: error.code, ...error.details?.[0] };
  }
  throw new Error("It was accepted");
}

const nested = (levels: number, inner: object = {}): object =>
  Array.from({ length: levels - 1 }).reduce<object>((criteria) => ({ $not: criteria }), inner);

const there = 'there are "name", "price", "day", "open", "-odd.name"';
const within = "$eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists, $contains, $startsWith";
const aDate = "Expected a date in ISO 8601, such as 2024-05-31 or 2024-05-31T08:30:00Z";

const refused: readonly (readonly [criteria: unknown, path: string, message: string])[] = [
  [{ hidden: 1 }, "filter.hidden", `There is no field "hidden": ${there}`],
  [{ constructor: "x" }, "filter.constructor", `There is no field "constructor": ${there}`],
  [{ $or: [{ name: "a" }, { hidden: {} }] }, "filter.$or.1.hidden", `Expected a value, or one or more of ${within}`],
  [{ $or: [{ price: { $gt: "5" } }] }, "filter.$or.0.price.$gt", "Expected a number"],
  [{ name: { $foo: 1 } }, "filter.name.$foo", `There is no operator "$foo": within a field stand ${within}`],
  [
    { name: { toString: 1 } },
    "filter.name.toString",
    `There is no operator "toString": within a field stand ${within}`,
  ],
  [{ name: { $eq: "a", x: 1 } }, "filter.name.x", `There is no operator "x": within a field stand ${within}`],
  [{ name: { $not: { $eq: 1 } } }, "filter.name.$not", "$not stands beside the names of fields, not within one"],
  [{ $gt: 5 }, "filter.$gt", '$gt stands within a field: {"name": {"$gt": ...}}'],
  [{ $nor: [] }, "filter.$nor", 'There is no operator "$nor": beside the names of fields stand $and, $or and $not'],
  [{ name: {} }, "filter.name", `Expected a value, or one or more of ${within}`],
  [{ name: ["a"] }, "filter.name", 'A list stands behind an operator: {"$in": [...]}'],
  [{ name: 5 }, "filter.name", "Expected a text"],
  [{ name: undefined }, "filter.name", "Expected a text"],
  [{ name: new Map() }, "filter.name", "Expected one value, neither a list nor an object"],
  [{ name: { $eq: ["a"] } }, "filter.name.$eq", "Expected one value, neither a list nor an object"],
  [{ name: { $nin: ["a", {}] } }, "filter.name.$nin.1", "Expected one value, neither a list nor an object"],
  [{ price: Number.NaN }, "filter.price", "Expected a number"],
  [{ price: { $ne: Number.POSITIVE_INFINITY } }, "filter.price.$ne", "Expected a number"],
  [{ price: 5n }, "filter.price", "Expected a number"],
  [{ price: { $lt: null } }, "filter.price.$lt", "Expected a number"],
  [{ price: { $in: [1, null, "x"] } }, "filter.price.$in.2", "Expected a number"],
  [{ open: 1 }, "filter.open", "Expected true or false"],
  [{ open: { $gte: true } }, "filter.open.$gte", "true and false have no order: use $eq, $ne or $in"],
  [{ day: "2024-02-30" }, "filter.day", aDate],
  [{ day: "2023-02-29" }, "filter.day", aDate],
  [{ day: "2024-13-01" }, "filter.day", aDate],
  [{ day: "2024-00-01" }, "filter.day", aDate],
  [{ day: "2024-01-00" }, "filter.day", aDate],
  [{ day: "2024-01-99" }, "filter.day", aDate],
  [{ day: "yesterday" }, "filter.day", aDate],
  [{ day: 5 }, "filter.day", aDate],
  [{ day: new Date(Number.NaN) }, "filter.day", aDate],
  [{ day: "2024-01-01T24:00Z" }, "filter.day", aDate],
  [{ day: "2024-01-01T10:00+25:00" }, "filter.day", aDate],
  [{ day: "-000000-01-01" }, "filter.day", aDate],
  [
    { price: { $contains: "5" } },
    "filter.price.$contains",
    'This works on texts only, and the field "price" holds numbers',
  ],
  [
    { day: { $startsWith: "2024" } },
    "filter.day.$startsWith",
    'This works on texts only, and the field "day" holds dates',
  ],
  [{ name: { $contains: null } }, "filter.name.$contains", "Expected a text"],
  [{ name: { $exists: 1 } }, "filter.name.$exists", "Expected true or false"],
  [{ name: { $in: "a" } }, "filter.name.$in", "Expected a list of values"],
  [{ $and: [] }, "filter.$and", "Expected a list of at least one filter"],
  [{ $or: { name: "a" } }, "filter.$or", "Expected a list of at least one filter"],
  [{ $or: ["a"] }, "filter.$or.0", 'Expected an object of conditions, such as {"name": "value"}'],
  [{ $not: [] }, "filter.$not", 'Expected an object of conditions, such as {"name": "value"}'],
  ["name", "filter", 'Expected an object of conditions, such as {"name": "value"}'],
  [null, "filter", 'Expected an object of conditions, such as {"name": "value"}'],
  [new Date(0), "filter", 'Expected an object of conditions, such as {"name": "value"}'],
  [nested(11), `filter${".$not".repeat(10)}`, "Nested more than 10 levels deep"],
  [{ name: { $in: Array.from({ length: 1001 }, () => "") } }, "filter.name.$in", "More than 1000 values"],
  [
    { $or: Array.from({ length: 501 }, () => ({ price: 1 })) },
    "filter.$or.500.price",
    "More than 500 conditions in one filter",
  ],
  [{ $or: Array.from({ length: 501 }, () => ({})) }, "filter.$or.500", "More than 500 conditions in one filter"],
  [{ name: "x".repeat(40_000) }, "filter", "More than 32 KiB of JSON"],
  [{ name: "é".repeat(17_000) }, "filter", "More than 32 KiB of JSON"],
];

test.each(refused)("%o is refused at %s", (criteria, path, message) => {
  expect(detailOf(() => compiled(criteria))).toEqual({ code: "validation_failed", path, message });
});

test("fractions in lists are bounded, for each of them is a value of its own", () => {
  const fractions = (from: number) => ({
    price: { $in: Array.from({ length: 501 }, (_, index) => from + index + 0.5) },
  });
  expect(detailOf(() => compiled({ $or: [fractions(0), fractions(1000)] }))).toEqual({
    code: "validation_failed",
    path: "filter.$or.1.price.$in",
    message: "More than 1000 fractions in the lists of one filter",
  });
});

test("what is too deep or too large is refused without reading all of it", () => {
  const deep = nested(200_000);
  const list = Array.from({ length: 200_000 }).reduce<unknown>((inner) => [inner], []);
  const cyclic: Record<string, unknown> = {};
  cyclic.$not = cyclic;
  let seen = 0;
  const get = (all: object, key: string | symbol) => {
    seen++;
    return Reflect.get(all, key);
  };
  const wide = new Proxy(Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`f${index}`, 1])), { get });
  expect(detailOf(() => compiled(wide)).message).toBe("More than 32 KiB of JSON");
  expect(seen).toBeLessThan(10_000);
  for (const criteria of [deep, cyclic, { name: list }, { $and: list }, { name: { $in: [deep] } }]) {
    expect(detailOf(() => compiled(criteria)).code).toBe("validation_failed");
    expect(Criteria.safeParse(criteria).success).toBe(false);
  }
});

test("no more than 20 fields are told, and no name at length", () => {
  const many = new Map(
    Array.from({ length: 21 }, (_, index) => [
      `f${index}`,
      { ...(fields.get("name") as VisibleField), name: `f${index}` },
    ]),
  );
  const of = (shown: ReadonlyMap<string, VisibleField>, name: string) =>
    detailOf(() => compileCriteria({ [name]: 1 }, shown, "p", "")).message;
  expect(of(many, "x")).toMatch(/"f19", \.\.\.$/);
  expect(of(new Map([...many].slice(0, 20)), "x")).toMatch(/"f19"$/);
  expect(of(new Map(), "x")).toBe('There is no field "x": it has none');
  const { path, message } = detailOf(() => compiled({ ["y".repeat(30_000)]: 1 }));
  expect(path).toHaveLength(300);
  expect(message?.length).toBeLessThan(300);
});

test("as input, a filter is refused for its form, at its place, and left as it is otherwise", () => {
  const day = new Date(0);
  expect(Criteria.parse({ anything: { $gt: day } })).toEqual({ anything: { $gt: day } });
  const issue = Criteria.safeParse({ $or: [{ a: { $foo: 1 } }] }).error?.issues[0];
  expect(issue?.path.join(".")).toBe("$or.0.a.$foo");
  expect(Criteria.safeParse({ $or: [] }).success).toBe(false);
  expect(Criteria.safeParse({ name: "x".repeat(40_000) }).error?.issues[0]?.path).toEqual([]);
  expect(Criteria.safeParse([]).success).toBe(false);
});

test.each([
  [{}, "(true)", {}],
  [{ name: null, price: 2 }, "(r.s1 is null and r.s2 is :p1)", { p1: 2 }],
  [
    { $not: { $or: [{ open: true }, { open: { $ne: false } }] } },
    "(not (r.s4 is :p1 or r.s4 is not :p2))",
    { p1: 1, p2: 0 },
  ],
  [{ price: { $gt: 1, $lte: 2.5 } }, "((r.s2 > :p1) is true and (r.s2 <= :p2) is true)", { p1: 1, p2: 2.5 }],
  [{ name: { $in: [] } }, "(false)", {}],
  [{ name: { $nin: [] } }, "(true)", {}],
  [
    { $or: [{ name: "a", open: null }, { "-odd.name": "b" }] },
    "(r.s5 is :p2 or (r.s1 is :p1 and r.s4 is null))",
    { p1: "a", p2: "b" },
  ],
])("%o is %s", (criteria, text, values) => {
  expect(compiled(criteria)).toEqual({ text, values });
});

test.each([
  ["2024-05-31", "2024-05-31T00:00:00.000Z"],
  ["2024-05-31T08:30", "2024-05-31T08:30:00.000Z"],
  ["2024-05-31 08:30:15.1239", "2024-05-31T08:30:15.123Z"],
  ["2024-05-31T08:30:00+02:00", "2024-05-31T06:30:00.000Z"],
  ["2024-05-31T20:30:00-0530", "2024-06-01T02:00:00.000Z"],
  ["2024-02-29t00:00:00z", "2024-02-29T00:00:00.000Z"],
  ["0001-01-01", "0001-01-01T00:00:00.000Z"],
  ["-000001-01-01T00:00:00Z", "-000001-01-01T00:00:00.000Z"],
  [new Date("2024-05-31T08:30:00.001Z"), "2024-05-31T08:30:00.001Z"],
])("the moment %s is %s", (given, moment) => {
  expect(compiled({ day: given }).values).toEqual({ p1: new Date(moment).getTime() });
});

test("a place is named after the prefix, and no two values share one", () => {
  const { text, values } = compileCriteria({ price: 1, name: { $in: ["a", "b"] } }, fields, "share", "");
  expect(text).toContain(":share1");
  expect(values).toEqual({ share1: 1, share2: '["a","b"]' });
});

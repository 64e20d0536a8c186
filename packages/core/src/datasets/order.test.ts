import { expect, test } from "vitest";
import { isStewardError } from "../errors.ts";
import { orderOf, Sort } from "./order.ts";
import { slotOf, type VisibleField } from "./records.ts";

const field = (name: string, slot: number): [string, VisibleField] => [
  name,
  { name, label: name, dataType: "number", slot, sql: slotOf(slot) },
];
const fields = new Map([field("a", 1), field("b", 2), field("-x", 3), field("x", 4), field("wide", 25)]);

const order = (...sort: string[]) => orderOf(sort, fields, "sort");

test.each([
  [[], "r.id asc"],
  [["a", "-b"], "r.s1 asc, r.s2 desc, r.id asc"],
  [["x"], "r.s4 asc, r.id asc"],
  [["-x"], "r.s3 asc, r.id asc"],
  [["--x"], "r.s3 desc, r.id asc"],
  [["-wide"], `(r.more ->> '$."25"') desc, r.id asc`],
])("%j is %s", (sort, orderBy) => {
  expect(order(...sort).orderBy).toBe(orderBy);
});

test("where a field called -x is not seen, -x is x in descending order", () => {
  expect(orderOf(["-x"], new Map([field("x", 4)]), "sort").orderBy).toBe("r.s4 desc, r.id asc");
});

test.each(["c", "-c", "-", "--a", "A"])("there is no %s", (term) => {
  expect(() => order("a", term)).toThrowError(
    expect.toSatisfy(
      (error) =>
        isStewardError(error) &&
        error.code === "validation_failed" &&
        error.details?.[0]?.path === "sort.1" &&
        error.details[0].message.endsWith('there are "a", "b", "-x", "x", "wide"'),
    ),
  );
});

test("up to five terms", () => {
  expect(Sort.safeParse(["a", "b", "c", "d", "-e"]).success).toBe(true);
  expect(Sort.safeParse(["a", "b", "c", "d", "e", "f"]).success).toBe(false);
  expect(Sort.safeParse([""]).success).toBe(false);
});

test("by ids alone, behind a position is a range of them", () => {
  expect(order().behind({ values: [], id: 7 }, "k")).toEqual({ text: "(r.id > :kId)", values: { kId: 7 } });
});

test("a position of another order is refused", () => {
  expect(() => order("a").behind({ values: [], id: 7 }, "k")).toThrowError(
    expect.objectContaining({ details: [expect.objectContaining({ path: "cursor" })] }),
  );
});

test("large numbers of fields without a column leave as doubles", () => {
  expect(order("a", "wide").values).toEqual(["r.s1", `(r.more ->> '$."25"') + 0.0`]);
});

import { describe, expect, test } from "vitest";
import { InputSchema, inputsOf } from "./json-schema.ts";

const object = (properties: object, more = {}) => ({ type: "object", properties, ...more });
const nested = (depth: number): object => (depth === 0 ? { type: "string" } : object({ a: nested(depth - 1) }));

const mistakes = (schema: unknown) =>
  (InputSchema.safeParse(schema).error?.issues ?? []).map(({ path }) => path.join("."));

test.each([
  [{ type: "object" }],
  [object({})],
  [object({ a: { type: "string", enum: ["x", null], description: "One", default: "x", examples: [1] } })],
  [object({ a: { type: ["string", "null"], format: "date", minLength: 1, maxLength: 9 } }, { required: ["a"] })],
  [object({ a: { type: "array", items: { type: "integer", minimum: -1, multipleOf: 2 }, uniqueItems: true } })],
  [object({ a: { anyOf: [{ type: "string" }, { type: "null" }] }, "b.c-d": { const: 1 } })],
  [object({ a: object({ b: {} }, { additionalProperties: { type: "number" } }) }, { additionalProperties: false })],
  [nested(9)],
])("takes %j", (schema) => {
  expect(mistakes(schema)).toEqual([]);
});

describe("refuses", () => {
  test.each([
    [{}, "type"],
    [{ type: "string" }, "type"],
    [{ type: ["object"] }, "type"],
    [{ ...object({}), anyOf: [{}] }, "anyOf"],
    [object({ a: { type: "text" } }), "properties.a.type"],
    [object({ a: { $ref: "https://example.com/schema" } }), "properties.a"],
    [object({ a: { $ref: "#" } }), "properties.a"],
    [object({ a: { pattern: "(a+)+$" } }), "properties.a"],
    [object({}, { $defs: {} }), ""],
    [object({}, { patternProperties: { "(a+)+$": {} } }), ""],
    [object({ "a b": {} }), "properties.a b"],
    [object({ [`${"x".repeat(65)}`]: {} }), `properties.${"x".repeat(65)}`],
    [object({ a: true }), "properties.a"],
    [object({ a: { enum: [] } }), "properties.a.enum"],
    [object({ a: { items: [{ type: "string" }] } }), "properties.a.items"],
    [object({ a: { minLength: -1 } }), "properties.a.minLength"],
    [object({ a: {} }, { required: ["b"] }), "required.0"],
    [object({ a: object({}, { required: ["toString"] }) }), "properties.a.required.0"],
    [object({ a: { description: "{{secrets.KEY}}" } }), ""],
    [object({ a: { description: "x".repeat(2001) } }), "properties.a.description"],
    [object({ a: { default: "x".repeat(33_000) } }), ""],
    [nested(10), ""],
  ])("%j", (schema, at) => {
    expect(mistakes(schema)).toEqual([at]);
  });

  test("thousands of values without losing its breath", () => {
    const wide = object({ a: { enum: Array(16_000).fill(1) } });
    expect(mistakes(wide)).toEqual(["properties.a.enum"]);
  });
});

test("tells what a model may give", () => {
  expect([...inputsOf(object({ a: {}, b: {} }))]).toEqual(["a", "b"]);
  expect([...inputsOf({ type: "object" })]).toEqual([]);
});

import { describe, expect, it } from "vitest";
import * as z from "zod";
import { inputPlan } from "./inputs.ts";

const named = z.object({ at: z.date() }).meta({ id: "InputsTestNamed" });
const plan = inputPlan(
  z.strictObject({
    whole: z.int().default(30),
    number: z.number().optional(),
    flag: z.boolean().optional(),
    text: z.string().optional(),
    either: z.union([z.string(), z.number()]).optional(),
    sort: z.enum(["1", "2"]).optional(),
    literal: z.union([z.literal(1), z.literal(2)]).optional(),
    at: z.date().nullable().default(null),
    list: z.array(z.object({ at: z.date() })).optional(),
    byName: z.record(z.string(), z.date()).optional(),
    named: named.optional(),
    choice: z.union([z.object({ at: z.date() }), z.string()]).optional(),
    free: z.json().optional(),
  }),
);

const iso = "2030-01-02T03:04:05.006Z";

describe("text", () => {
  it.each([
    ["whole", "12", 12],
    ["whole", "-1", -1],
    ["whole", "", ""],
    ["whole", "1e3", "1e3"],
    ["whole", " 1", " 1"],
    ["whole", "0x10", "0x10"],
    ["number", "1.5", 1.5],
    ["number", "NaN", "NaN"],
    ["flag", "true", true],
    ["flag", "false", false],
    ["flag", "1", "1"],
    ["text", "12", "12"],
    ["either", "12", "12"],
    ["sort", "1", "1"],
    ["literal", "2", 2],
    ["at", iso, new Date(iso)],
    ["at", "yesterday", "yesterday"],
    ["unknown", "12", "12"],
    ["__proto__", "12", "12"],
  ])("%s=%s", (key, text, value) => expect(plan.fromText(key, text)).toEqual(value));

  it("knows keys, what is needed and defaults", () => {
    expect(plan.keys).toContain("byName");
    expect(plan.required).toEqual([]);
    expect(plan.defaultOf("whole")).toBe(30);
  });
});

describe("moments in a body", () => {
  it("become dates wherever the schema holds one, and nowhere else", () => {
    const moment = new Date(iso);
    const given = {
      text: iso,
      at: iso,
      list: [{ at: iso }, { at: "no" }],
      byName: { a: iso },
      named: { at: iso, other: iso },
      choice: { at: iso },
      free: { at: iso },
    };
    expect(plan.withMoments(given)).toEqual({
      text: iso,
      at: moment,
      list: [{ at: moment }, { at: "no" }],
      byName: { a: moment },
      named: { at: moment, other: iso },
      choice: { at: moment },
      free: { at: iso },
    });
  });

  it.each([
    "2030-01-02",
    "2030-02-30T00:00:00Z",
    "2030-01-02T03:04:05",
    "2030-01-02T03:04Z",
    "1",
    "",
    "Tue, 01 Jan 2030",
    "2030-13-01T00:00:00Z",
  ])("%s is none", (text) => expect(plan.withMoments({ at: text })).toEqual({ at: text }));

  it.each(["2030-01-02T03:04:05Z", "2030-01-02T03:04:05+02:00", "2030-01-02T03:04:05.123456Z"])("%s is one", (text) => {
    expect(plan.withMoments({ at: text })).toEqual({ at: new Date(text) });
  });

  it("leaves what does not fit to the core, and an own __proto__ where it is", () => {
    expect(plan.withMoments({ at: 5, list: "x", named: null })).toEqual({ at: 5, list: "x", named: null });
    const hostile = plan.withMoments(
      JSON.parse('{"__proto__":{"at":1},"byName":{"__proto__":"2030-01-02T03:04:05Z"}}'),
    );
    expect(Object.keys(hostile)).toEqual(["__proto__", "byName"]);
    expect(Object.getPrototypeOf(hostile)).toBe(Object.prototype);
  });
});

import { AssistantDocument, drivers } from "@steward/core";
import { expect, test } from "vitest";
import { documentSchema } from "./document-schema.ts";

const schema = documentSchema();
const { properties = {} } = schema as { properties?: Readonly<Record<string, Readonly<Record<string, unknown>>>> };

test("says the same of every key as the document itself, and allows no other", () => {
  expect(Object.keys(properties)).toEqual(Object.keys(AssistantDocument.shape));
  expect(schema).toMatchObject({ required: ["format", "naturalId", "name"], additionalProperties: false });
});

test("takes nothing for granted: no key may be just anything", () => {
  for (const [key, property] of Object.entries(properties)) expect([key, property]).not.toEqual([key, {}]);
});

test("knows a natural id as the document does", () => {
  const pattern = new RegExp(String(properties.naturalId?.pattern), "u");
  const samples = [
    "ada:sales",
    "a.b-c_d:9",
    "ada",
    "ada:",
    ":a",
    "ada:b:c",
    "team:b",
    "user:b",
    "teams:b",
    "ada:b-draft",
    "ada:draft",
    "Ada:b",
    "ada:B",
    "-a:b",
    "ada:-b",
    "ada:b ",
    `${"a".repeat(63)}:${"b".repeat(63)}`,
    `${"a".repeat(64)}:b`,
    `a:${"b".repeat(64)}`,
  ];
  const { naturalId } = AssistantDocument.shape;
  for (const sample of samples)
    expect([sample, pattern.test(sample)]).toEqual([sample, naturalId.safeParse(sample).success]);
});

test("knows what configures each type of skill", () => {
  const { items } = properties.skills as { items: { allOf: { if: object; then: { properties: { data: object } } }[] } };
  expect(items.allOf.map((one) => one.if)).toEqual(
    [...drivers.keys()].map((id) => ({ properties: { type: { const: id } }, required: ["type"] })),
  );
  for (const { then } of items.allOf) expect(then.properties.data).toMatchObject({ examples: expect.any(Array) });
});

import { type AssistantDocument, readDocument } from "@steward/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { check } from "./check.ts";
import { documentFile, filesOf, instructionsFile, isNaturalId, isSame, placeOf } from "./layout.ts";

const place = placeOf("ada:sales");
const documentWith = (more: object) =>
  readDocument({ format: "steward.assistant/1", naturalId: "ada:sales", name: "Sales", ...more });

/** A document through its files and back, as the file system would give them. */
function through(document: AssistantDocument): AssistantDocument {
  const files = filesOf(document);
  const checked = check(place, { ...files, [instructionsFile]: files[instructionsFile] ?? undefined });
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  return checked.read.document;
}

/** What a server takes: no half of a surrogate pair, no null byte. */
const text = (most: number, least = 0) =>
  fc
    .oneof(
      fc.string({ unit: "binary", maxLength: most, minLength: least }),
      fc.string({
        unit: fc.constantFrom(..."a -#:'\"\n\r\t\uFEFF\u2028é|>0~{[%&*!?"),
        maxLength: most,
        minLength: least,
      }),
      fc
        .constantFrom("null", "yes", "1e3", "2024-01-01", "0x1f", "<<", "~", "- a", "# b", ".inf")
        .filter((one) => one.length <= most),
    )
    .filter((one) => one.isWellFormed() && !one.includes("\0"));
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const data = fc
  .dictionary(text(10, 1), json, { maxKeys: 4 })
  .filter(
    (one) =>
      !/"(?:__proto__|constructor|prototype)":/.test(JSON.stringify(one)) &&
      !JSON.stringify(one).includes("\\u0000") &&
      JSON.stringify(one).isWellFormed() &&
      !/\\ud[89a-f]/i.test(JSON.stringify(one)),
  );
/** No name is blank. */
const label = text(20, 1).filter((name) => /\S/.test(name.trim()));
const filter = fc.dictionary(
  label.filter((name) => !name.startsWith("$")),
  fc.oneof(text(10), fc.integer(), fc.boolean()),
  {
    minKeys: 1,
    maxKeys: 2,
  },
);
const known = fc.tuple(text(20, 1), fc.constantFrom("assistant", "asker")).chain(([dataset, access]) =>
  fc.oneof(
    fc.constantFrom({ dataset, access, mode: "full" }, { dataset, access, mode: "schema" }),
    filter.map((one) => ({ dataset, access, filter: one })),
    fc.integer({ min: 1, max: 10_000 }).map((sampleSize) => ({ dataset, access, mode: "sample", sampleSize })),
  ),
);
const documents = fc
  .record(
    {
      name: text(255, 1),
      description: fc.option(text(400)),
      instructions: fc.option(text(400)),
      welcome: fc.option(text(400)),
      suggestions: fc.array(text(50, 1), { maxLength: 3 }),
      modelSettings: fc.option(data),
      enabled: fc.boolean(),
      data: fc.option(data),
      skills: fc.array(fc.record({ type: fc.constantFrom("mcp", "other"), name: label, data }), { maxLength: 4 }),
      secrets: fc.array(fc.record({ name: text(20, 1), allowedHosts: fc.array(text(20), { maxLength: 2 }) }), {
        maxLength: 2,
      }),
      knowledge: fc.array(known, { maxLength: 3 }),
    },
    { requiredKeys: [] },
  )
  .map(documentWith);

test("every document comes out of its files as it was, and gives the same files again", () => {
  fc.assert(
    fc.property(documents, (document) => {
      const again = through(document);
      expect(again.instructions).toBe(document.instructions);
      expect(isSame(again, document)).toBe(true);
      expect(filesOf(again)).toEqual(filesOf(document));
    }),
    { numRuns: 200 },
  );
});

test("the file says what is not so by default, and the instructions stand beside it", () => {
  const files = filesOf(
    documentWith({
      instructions: "Be brief.\n",
      welcome: "Hello,\nyou",
      enabled: false,
      dispatcher: false,
      skills: [{ type: "mcp", name: "Tools", data: { url: "https://example.com/" } }],
      leftBehind: ["values of secrets"],
      _links: {},
    }),
  );
  expect(files[documentFile]).toBe(`# yaml-language-server: $schema=../../assistant-document.schema.json
format: steward.assistant/1
naturalId: ada:sales
name: Sales
welcome: |-
  Hello,
  you
enabled: false
skills:
  - type: mcp
    name: Tools
    data:
      url: https://example.com/
`);
  expect(files[instructionsFile]).toBe("Be brief.\n\n");
});

test("of a dataset the file says what is not so by default", () => {
  const knowledge = [
    { dataset: "ada:people", mode: "full", filter: null, sampleSize: null, access: "asker" },
    { dataset: "ada:orders", filter: { total: { $gt: 5 } }, access: "assistant" },
  ];
  expect(filesOf(documentWith({ knowledge }))[documentFile]).toContain(`knowledge:
  - dataset: ada:orders
    mode: subset
    filter:
      total:
        $gt: 5
    access: assistant
  - dataset: ada:people
`);
  expect(isSame(documentWith({ knowledge }), documentWith({ knowledge: knowledge.toReversed() }))).toBe(true);
  expect(isSame(documentWith({ knowledge }), documentWith({ knowledge: knowledge.slice(1) }))).toBe(false);
});

test.each(["a\r\nb", "\uFEFFa"])("instructions that a file would change stand in the YAML: %j", (instructions) => {
  const files = filesOf(documentWith({ instructions }));
  expect(files[instructionsFile]).toBeNull();
  expect(files[documentFile]).toContain("instructions: ");
});

test("parts have an order of their own, but for skills that are called the same", () => {
  const skills = ["b", "a"].map((name) => ({ type: "other", name }));
  const references = ["y", "x"].map((targetId) => ({ targetType: "library", targetId }));
  const one = documentWith({ skills, references, secrets: [{ name: "B" }, { name: "A" }] });
  const other = documentWith({
    skills: skills.toReversed(),
    references: references.toReversed(),
    secrets: [{ name: "A" }, { name: "B" }],
  });
  expect(filesOf(one)).toEqual(filesOf(other));
  expect(isSame(one, other)).toBe(true);
  const alike = [2, 1].map((n) => ({ type: "other", name: "a", data: { n } }));
  expect(through(documentWith({ skills: alike })).skills.map((skill) => skill.data.n)).toEqual([2, 1]);
});

test("a configuration that leaves out what stands by default is the same", () => {
  const short = documentWith({ skills: [{ type: "code-execution", name: "Sums", data: { languages: ["python"] } }] });
  const long = documentWith({
    skills: [
      {
        type: "code-execution",
        name: "Sums",
        data: { languages: ["python"], timeoutSeconds: 10, memoryMegabytes: 128, maxOutputBytes: 65536 },
      },
    ],
  });
  expect(isSame(short, long)).toBe(true);
  expect(isSame(short, documentWith({ skills: [{ type: "code-execution", name: "Sums" }] }))).toBe(false);
});

test("only what cannot lead anywhere is a natural id", () => {
  expect(["ada:sales", "a.b-c_d:x"].map(isNaturalId)).toEqual([true, true]);
  const hostile = [
    "..:..",
    "ada:..",
    "../x:y",
    "ada:a/b",
    "ada",
    "ada:b:c",
    "ada:",
    ":b",
    "Ada:b",
    "team:b",
    "ada:b-draft",
    "ada:b\n",
  ];
  expect(hostile.filter(isNaturalId)).toEqual([]);
});

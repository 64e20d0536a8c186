import { expect, test } from "vitest";
import { isStewardError } from "../errors.ts";
import { toDataset } from "./schema.ts";
import { ownView, viewThrough } from "./view.ts";

const fields = Array.from({ length: 500 }, (_, index) => ({
  name: `f${index}`,
  label: `f${index}`,
  dataType: "string" as const,
  slot: index + 1,
}));
/** Each shows the records of a long list of words, and other fields than the rest do. */
const ways = Array.from({ length: 20 }, (_, index) => ({
  filter: { $or: Array.from({ length: 400 }, (_, word) => ({ f0: `${index} ${word}` })) },
  visibleFields: fields.filter((_, field) => index === 0 || (field >> (index % 9)) % 2 === 0).map(({ name }) => name),
}));
const load = { number: 1, fields, lastPosition: 9, indexedPosition: 9 };
const sight = { id: "d", name: "D", load, ways };

function codeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return isStewardError(error) ? error.code : error;
  }
}

test("cells of many long shares end as soon as they are too long together, and are not made where names are wanted", () => {
  const view = ownView(sight);
  expect(view.partial.size).toBe(499);
  expect([...view.fields.keys()]).toHaveLength(500);
  let cells = 0;
  const all = () => [...view.fields.values()].map(({ sql }) => (cells += sql.length));
  expect(codeOf(all)).toBe("conflict");
  expect(cells).toBeLessThanOrEqual(900_000);
  expect(codeOf(() => ownView(sight).fields.get("f7")?.sql.slice(0, 4))).toBe("iif(");
  const dataset = toDataset({ ownerId: "user:a", slug: "d", hasShares: true, stored: fields, ways }, 1);
  expect(dataset.fields).toHaveLength(500);
});

test("an asker's filter speaks of cells as they are shown, an assistant's of all that there is", () => {
  const two = {
    ...sight,
    ways: [
      { filter: { f0: "x" }, visibleFields: ["f0", "f1"] },
      { filter: null, visibleFields: ["f0"] },
    ],
  };
  const through = (access: "asker" | "assistant") =>
    viewThrough({ mode: "subset", filter: { f1: "y" }, sampleSize: null, access }, two).rows.text;
  expect(through("asker")).toContain("iif(((r.s1 is :way0f1)), r.s2, null) is :extent1");
  expect(through("assistant")).toContain("(r.s2 is :extent1)");
});

import { expect, test } from "vitest";
import { toCursor } from "../cursor.ts";
import { idsOfLoad } from "../datasets/records.ts";
import { ownView } from "../datasets/view.ts";
import type { Read, Values } from "../statement.ts";
import { pageOf } from "./page.ts";

const text = { name: "note", label: "note", dataType: "string", slot: 1 } as const;
const load = { number: 3, fields: [text], lastPosition: 100, indexedPosition: 100 };
const first = 3 * idsOfLoad;

/** The range that is read behind a cursor that somebody has made up: the seal is no secret. */
async function rangeBehind(id: number, key: string, { sort = [], q }: { sort?: string[]; q?: string } = {}) {
  const sight = { id: "d", name: "D", load, ways: [{ filter: { note: "x" }, visibleFields: null }] };
  const cursor = toCursor({ key, id: String(id), start: 0 }, ["records", "d", 3, sort, null, q ?? null]);
  const asked: Values[] = [];
  const read = async <Row>({ values }: Read<Row>): Promise<Row[]> => {
    asked.push(values);
    return [];
  };
  const words = q === undefined ? undefined : [q];
  await pageOf({ read }, sight, ownView(sight), { cursor, sort, q, words, limit: 10, start: 0, total: undefined })();
  return asked.map(({ firstId, lastId }) => [firstId, lastId]);
}

const whole = [first, first + 100];

test.each([
  [0, first],
  [-1, first],
  [first - 1, first],
  [2 * idsOfLoad + 5, first],
  [first, first],
  [first + 5, first + 5],
  [first + 100, first + 100],
  [4 * idsOfLoad, 4 * idsOfLoad],
  [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
])("behind %d a page begins within its load, and ends there", async (id, begins) => {
  // The count is that of the whole list, wherever the page begins.
  expect(await rangeBehind(id, "[]")).toEqual([[begins, first + 100], whole]);
  expect(await rangeBehind(id, "[]", { q: "blue" })).toEqual([[begins, first + 100], whole]);
});

test("where values sort, what comes behind may lie before: the range stays whole", async () => {
  expect(await rangeBehind(first + 5, '["a"]', { sort: ["note"] })).toEqual([whole, whole]);
});

test.each(["[1]", '["a"]'])("a position with values is none of an order by ids: %s", async (key) => {
  await expect(rangeBehind(first + 5, key)).rejects.toMatchObject({ details: [{ path: "cursor" }] });
});

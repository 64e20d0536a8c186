import { expect } from "vitest";
import { bytesOf } from "./bytes.ts";
import { throughEveryDoor } from "./every-door.ts";
import { csv, dataOf, prices, stored } from "./loads-world.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

const trail = async (world: World, { dataset, ben }: Awaited<ReturnType<typeof prices>>) => {
  const row = ["datasets.upload", ben.id, dataset.id];
  expect(await world.rows("select json_extract(details, '$.rows') from audit order by number desc limit 1")).toEqual([
    [2],
  ]);
  return [row, row];
};

specify("datasets.upload", {
  arrange: prices,
  as: ({ ben }) => ben,
  input: ({ dataset }) => ({ id: dataset.id, content: csv("fruit,price", "fig,3", "plum,0.50") }),
  gives: ({ dataset }) => ({
    datasetId: dataset.id,
    status: "done",
    format: "csv",
    bytesRead: 28,
    rowsRead: 2,
    rowsRejected: 0,
    rejected: [],
    error: null,
  }),
  trail,
  below: async (_, { cleo }) => cleo,
  async after(world, { dataset }) {
    expect(await dataOf(world, dataset)).toEqual([
      ["fig", 3],
      ["plum", 0.5],
    ]);
    expect(await world.rows("select version from datasets")).toEqual([[2]]);
    await world.settle();
    // The old records are gone, and the new ones are found.
    expect(await stored(world)).toEqual({ records: 2, loads: 1, words: 2 });
    const load = "(select load_number from datasets)";
    const term = `printf('%09d%04d', ${load}, 1) || 'plum'`;
    expect(await world.rows(`select rowid & 67108863 from record_search where record_search match ${term}`)).toEqual([
      [2],
    ]);
  },
  bad: [
    { input: { mode: "merge" }, at: "mode" },
    { input: { format: "xml" }, at: "format" },
    { input: { delimiter: "ab" }, at: "delimiter" },
    { input: { strict: "perhaps" }, at: "strict" },
    { input: { types: { price: "money" } }, at: "types" },
  ],
  also: [
    {
      title: "appends what fits, and tells what does not",
      input: ({ dataset }) => ({
        id: dataset.id,
        mode: "append",
        content: csv("price,fruit", "3,fig", "much,plum", "4,lime"),
      }),
      gives: {
        status: "done",
        rowsRead: 3,
        rowsRejected: 1,
        rejected: [{ line: 3, reason: expect.stringContaining("price") }],
      },
      after: async (world, { dataset }) =>
        expect(await dataOf(world, dataset)).toEqual([
          ["apple", 1.5],
          ["pear", 2],
          ["fig", 3],
          ["lime", 4],
        ]),
    },
    {
      title: "takes NDJSON and JSON, by what the first character says",
      input: ({ dataset }) => ({
        id: dataset.id,
        content: bytesOf('\n [{"fruit": "fig", "price": 1}]', { type: "application/octet-stream", name: "data" }),
      }),
      gives: { format: "json", rowsRead: 1 },
    },
    {
      title: "takes what the types are said to be",
      input: ({ dataset }) => ({ id: dataset.id, types: { price: "string" }, content: csv("fruit,price", "fig,3") }),
      after: async (world, { dataset }) => expect(await dataOf(world, dataset)).toEqual([["fig", "3"]]),
    },
  ],
});

throughEveryDoor(
  "one row that does not fit refuses a strict load, which leaves nothing",
  async ({ world, ask, get }) => {
    const { ben, dataset } = await prices(world);
    const content = csv("fruit,price", "fig,3", "plum,x");
    const answer = await ask(ben, "datasets.upload", { id: dataset.id, mode: "append", strict: true, content });
    expect(answer).toMatchObject({ ok: false, status: 400, details: [{ path: "content.3" }] });
    const { items } = await get(ben, "uploads.list");
    expect(items).toMatchObject([{ status: "failed", error: expect.stringContaining("Line 3"), rowsRejected: 1 }]);
    await world.settle();
    expect(await stored(world)).toEqual({ records: 2, loads: 1, words: 2 });
    expect(await dataOf(world, dataset)).toHaveLength(2);
  },
);

throughEveryDoor("an upload's id is for its maker, once, for a day", async ({ world, get, refuses }) => {
  const { ada, ben, dataset } = await prices(world);
  const upload = (as: typeof ada, uploadId: string) =>
    [as, "datasets.upload", { id: dataset.id, uploadId, content: csv("fruit", "fig") }] as const;
  const { id } = await get(ben, "uploads.create");
  expect(await refuses("not_found", ...upload(ada, id))).toEqual([]);
  expect(await get(...upload(ben, id))).toMatchObject({ id, status: "done", rowsRead: 1 });
  await refuses("conflict", ...upload(ben, id));
  const late = await get(ben, "uploads.create");
  world.advance(24 * 60 * 60 * 1000);
  await world.services.heavyWork.tend();
  await refuses("conflict", ...upload(ben, late.id));
  await refuses("not_found", ...upload(ben, "01900000-0000-7000-8000-ffffffffffff"));
  expect(await world.rows("select version from datasets")).toEqual([[2]]);
});

throughEveryDoor("the first 1,000 rows that do not fit are listed, and all are counted", async ({ world, get }) => {
  const { ben, dataset } = await prices(world);
  const rows = Array.from({ length: 1200 }, (_, index) => (index % 12 === 0 ? "fig,1" : "fig,much"));
  const input = { id: dataset.id, mode: "append", content: csv("fruit,price", ...rows) } as const;
  const done = await get(ben, "datasets.upload", input);
  expect(done).toMatchObject({ rowsRead: 1200, rowsRejected: 1100 });
  expect(done.rejected).toHaveLength(1000);
  expect(done.rejected[0]).toMatchObject({ line: 3 });
  expect((await get(ben, "uploads.get", { id: done.id })).rejected).toEqual(done.rejected);
});

throughEveryDoor("what the settings do not allow is refused, and says which", async ({ world, ask }) => {
  const { ben, dataset } = await prices(world);
  const limits = [
    ["dataset_fields = 1", csv("fruit,price", "fig,1"), "datasetFields"],
    ["dataset_rows = 2", csv("fruit", "fig", "plum", "lime"), "datasetRows"],
    ["dataset_bytes = 10", csv("fruit", "fig", "plum", "lime"), "datasetBytes"],
  ] as const;
  for (const [limit, content, setting] of limits) {
    await world.rows(`update settings set ${limit}`);
    const answer = await ask(ben, "datasets.upload", { id: dataset.id, content });
    expect(answer).toMatchObject({ ok: false, status: 413, code: "too_large" });
    expect(JSON.stringify(answer)).toContain(setting);
  }
  await world.settle();
  expect(await stored(world)).toEqual({ records: 2, loads: 1, words: 2 });
});

interface Records {
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

throughEveryDoor("numbers that turn out to be text late are what was written", async ({ world, get }) => {
  const { ada } = await prices(world);
  const { id } = await get(ada, "datasets.create", { name: "Codes" });
  // More than are written together; the first are stored as numbers.
  const codes = Array.from({ length: 2500 }, (_, index) => (index % 3 === 0 ? `${index}.50` : String(index)));
  const content = csv("number,code", ...[...codes, "x-1"].map((code, index) => `${index},${code}`));
  expect(await get(ada, "datasets.upload", { id, content })).toMatchObject({ rowsRead: 2501, rowsRejected: 0 });
  const codesAt = async (filter: Record<string, unknown>) => {
    const { items } = (await get(ada, "records.list", { id, filter, sort: "number" })) as Records;
    return items.map((record) => record.code);
  };
  expect(await codesAt({ number: { $lte: 3 } })).toEqual(["0.50", "1", "2", "3.50"]);
  expect(await codesAt({ number: { $gte: 2497 } })).toEqual(["2497", "2498", "2499.50", "x-1"]);
});

throughEveryDoor("a table that is wider than there are columns keeps all of its values", async ({ world, get }) => {
  const { ada } = await prices(world);
  const { id } = await get(ada, "datasets.create", { name: "Wide" });
  const names = Array.from({ length: 40 }, (_, index) => `f${index}`);
  const rows = [1, 2, 3].map((row) => names.map((_, column) => (column % 2 === 0 ? `${row}-${column}` : row * column)));
  const content = csv(names.join(), ...rows.map((row) => row.join()));
  expect(await get(ada, "datasets.upload", { id, content })).toMatchObject({ rowsRead: 3, rowsRejected: 0 });
  const { items } = (await get(ada, "records.list", { id })) as Records;
  expect(items.map((record) => names.map((name) => record[name]))).toEqual(rows);
});

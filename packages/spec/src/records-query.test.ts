import { DatabaseError, type Executor } from "@steward/db";
import { expect, test } from "vitest";
import { doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { ordered } from "./records-world.ts";
import { specify } from "./specify.ts";
import { openWorld } from "./world.ts";

/** What only reads leaves no trace. */
const noTrail = async () => [];

specify("records.query", {
  arrange: ordered,
  as: ({ ben }) => ben,
  input: ({ dataset }) => ({
    id: dataset.id,
    groupBy: ["city"],
    aggregates: [
      { function: "count" as const, as: "orders" },
      { function: "sum" as const, field: "price", as: "total" },
      { function: "min" as const, field: "ordered", as: "first" },
    ],
    filter: { city: { $in: ["Berlin", "Paris"] } },
    sort: ["-total"],
  }),
  gives: {
    rows: [
      { city: "Paris", orders: 1, total: 20.5, first: "2024-01-02T00:00:00.000Z" },
      { city: "Berlin", orders: 2, total: 15, first: "2024-01-01T00:00:00.000Z" },
    ],
    count: 2,
    truncated: false,
    note: null,
  },
  status: 200,
  trail: noTrail,
  bad: [
    { input: { limit: 1001 }, at: "limit" },
    { input: { limit: 0 }, at: "limit" },
    { input: { groupBy: ["nope"] }, at: "groupBy.0" },
    { input: { filter: { nope: 1 } }, at: "filter.nope" },
    { input: { sort: ["nope"] }, at: "sort.0" },
    { input: { aggregates: [{ function: "median", as: "x" }] }, at: "aggregates.0.function" },
    { input: { aggregates: [{ function: "sum", field: "city", as: "x" }] }, at: "aggregates.0.field" },
    { input: { aggregates: [{ function: "sum", field: "nope", as: "x" }] }, at: "aggregates.0.field" },
  ],
  also: [
    {
      title: "selects fields of records",
      input: ({ dataset }) => ({ id: dataset.id, select: ["price", "city"], sort: ["-price"], limit: 2 }),
      gives: {
        rows: [
          { price: 99, city: "Oslo" },
          { price: 20.5, city: "Paris" },
        ],
        count: 2,
        truncated: true,
        note: expect.stringContaining("first 2 rows"),
      },
    },
    {
      title: "counts what a share shows",
      as: ({ cleo }) => cleo,
      input: ({ dataset }) => ({ id: dataset.id, aggregates: [{ function: "count", as: "n" }] }),
      gives: { rows: [{ n: 2 }] },
    },
    {
      title: "knows no field that a share does not show",
      as: ({ cleo }) => cleo,
      input: ({ dataset }) => ({ id: dataset.id, select: ["note"] }),
      refuses: "validation_failed",
    },
    { title: "404 for nobody", as: ({ eve }) => eve, refuses: "not_found" },
    {
      title: "gives nothing of a dataset without data",
      arrange: (world) => world.rows("update datasets set load_number = null"),
      input: ({ dataset }) => ({ id: dataset.id }),
      gives: { rows: [], count: 0 },
    },
  ],
});

throughEveryDoor("a token that only reads may query", async ({ world, get }) => {
  const { ben, dataset } = await ordered(world);
  const token = await world.token(ben, { readOnly: true });
  expect(await get(token, "records.query", { id: dataset.id, limit: 1 })).toMatchObject({ count: 1 });
});

test.each([
  ["SCANS_BUSY", 429, "Others are asking long questions: ask again shortly", "5"],
  ["SQLITE_INTERRUPT", 400, "This takes longer than 10 seconds", null],
])("a question that ends with %s is answered with %d", async (code, status, message, retryAfter) => {
  const world = await openWorld();
  const { ben, dataset } = await ordered(world);
  const scans: Executor = { batch: async () => Promise.reject(new DatabaseError(code, "no answer")) };
  const busy = { ...world, services: { ...world.services, scans } };
  const answer = await doors.core(busy, ben, "records.query", {
    id: dataset.id,
    aggregates: [{ function: "count", as: "orders" }],
  });
  expect(answer).toMatchObject({ ok: false, status, body: expect.stringContaining(message) });
  expect(answer.headers.get("retry-after")).toBe(retryAfter);
});

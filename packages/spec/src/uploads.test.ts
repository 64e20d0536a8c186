import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

const waiting = async (world: World) => {
  const ada = await world.user({ name: "ada" });
  const id = "01900000-0000-7000-8000-00000000aaaa";
  await world.rows(
    `insert into uploads (id, user_id, status, expires_at, created_at, updated_at) values (?, ?, 'waiting', ?, ?, ?)`,
    id,
    ada.id,
    Date.now() + 1000,
    Date.now(),
    Date.now(),
  );
  return { ada, id };
};

type Waiting = Awaited<ReturnType<typeof waiting>>;

/** Puts one that has come so far into the tables. */
const comeTo = (world: World, id: string, status: string) =>
  world.rows(
    `update uploads set status = ?, format = 'csv', bytes_read = 250, bytes_total = 1000, rows_read = 50, rows_rejected = 1,
      rejected = '[{"line":3,"reason":"no"}]', started_at = ?, updated_at = ?, finished_at = ?, version = version + 1 where id = ?`,
    status,
    Date.now() - 5000,
    Date.now(),
    status === "loading" ? null : Date.now(),
    id,
  );

const asWaiting = {
  status: "waiting",
  datasetId: null,
  bytesRead: 0,
  rowsPerSecond: null,
  secondsLeft: null,
  rejected: [],
};

specify("uploads.create", {
  arrange: async (world) => ({ ada: await world.user({ name: "ada" }) }),
  as: ({ ada }) => ada,
  input: () => ({}),
  gives: { ...asWaiting, expiresAt: "2026-03-02T12:00:00.000Z" },
  also: [
    {
      title: "makes no more than 100 that wait or hold bytes",
      arrange: (world, { ada }) =>
        world.rows(
          `insert into uploads (id, user_id, status, expires_at, created_at, updated_at)
            select value, ?, iif(value < 50, 'waiting', 'stored'), ?, 1, 1 from (with recursive c(value) as (select 1 union all select value + 1 from c
              where value < 100) select value from c)`,
          ada.id,
          Date.now() + 1000,
        ),
      refuses: "conflict",
    },
  ],
});

specify("uploads.list", {
  arrange: async (world) => {
    const things = await waiting(world);
    const ben = await world.user({ name: "ben", superuser: true });
    await world.rows(
      `insert into uploads (id, user_id, status, expires_at, created_at, updated_at) values ('01900000-0000-7000-8000-00000000bbbb', ?, 'done', 1, 1, 1)`,
      ben.id,
    );
    return { ...things, ben };
  },
  as: ({ ada }) => ada,
  input: () => ({}),
  gives: ({ id }) => ({ items: [{ id, status: "waiting" }], total: 1 }),
  bad: [{ input: { limit: 0 }, at: "limit" }],
});

specify("uploads.get", {
  arrange: waiting,
  as: ({ ada }) => ada,
  input: ({ id }) => ({ id }),
  gives: asWaiting,
  also: [
    {
      title: "says how fast it comes, and how long it will take",
      arrange: (world, { id }) => comeTo(world, id, "loading"),
      gives: { status: "loading", rowsPerSecond: 10, secondsLeft: 15, finishedAt: null },
    },
    {
      title: "says what was not taken",
      arrange: (world, { id }) => comeTo(world, id, "done"),
      gives: { status: "done", secondsLeft: null, rejected: [{ line: 3, reason: "no" }] },
    },
  ],
});

throughEveryDoor("a superuser sees the uploads of all, one by one", async ({ world, get, refuses }) => {
  const { id } = await waiting(world);
  const root = await world.user({ superuser: true });
  expect(await get(root, "uploads.get", { id })).toMatchObject({ id });
  expect(await get(root, "uploads.list")).toMatchObject({ items: [] });
  await refuses("not_found", await world.user(), "uploads.get", { id });
});

specify("uploads.cancel", {
  arrange: waiting,
  as: ({ ada }) => ada,
  input: ({ id }) => ({ id }),
  after: async (world) => expect(await world.rows("select * from uploads")).toEqual([]),
  also: [
    {
      title: "stops one that is loading",
      arrange: (world, { id }) => comeTo(world, id, "loading"),
      after: async (world) =>
        expect(await world.rows("select status, finished_at from uploads")).toEqual([["cancelled", Date.now()]]),
    },
    ...["done", "failed", "cancelled"].map((status) => ({
      title: `refuses one that is ${status}`,
      arrange: (world: World, { id }: Waiting) => comeTo(world, id, status),
      refuses: "conflict" as const,
    })),
  ],
});

import { isAnythingLeft } from "@steward/core";
import { expect, test } from "vitest";
import type { Person } from "./arrange.ts";
import { type Answer, doors } from "./doors.ts";
import { csv, dataOf, prices, slowly, stored } from "./loads-world.ts";
import { specify } from "./specify.ts";
import { openWorld, type World } from "./world.ts";

const before = [
  ["apple", 1.5],
  ["pear", 2],
];
const unharmed = { records: 2, loads: 1, words: 2 };

async function begun() {
  const world = await openWorld();
  return { world, ...(await prices(world)) };
}

const upload = (world: World, as: Person, dataset: { readonly id: string }, content: object, more: object = {}) =>
  doors.core(world, as, "datasets.upload", { id: dataset.id, content, ...more });

/** Waits until something is so. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("It has not come to that");
}

const loading = (world: World, rows = 0) =>
  until(async () => {
    const [row] = await world.rows("select id from uploads where status = 'loading' and rows_read >= ?", rows);
    return row && String(row[0]);
  });

/** So long that their reader, who looks at some of them before it begins, begins. */
const lines = (count: number) => `fig ${"x".repeat(100)},1\n`.repeat(count);
const codeOf = (answer: Answer) => (answer.ok ? "ok" : answer.code);
const isLeft = ({ services: { executor, clock } }: World) => isAnythingLeft(executor, clock.now().getTime());
const statuses = (world: World) => world.rows("select status, error from uploads order by id");

/** Sends some thousand records, and goes no further. */
async function halfway(mode: "replace" | "append" = "replace") {
  const arranged = await begun();
  const sender = slowly();
  const answer = upload(arranged.world, arranged.ben, arranged.dataset, sender.bytes, { mode });
  sender.send(`fruit,price\n${lines(5000)}`);
  const id = await loading(arranged.world, 3000);
  expect(await dataOf(arranged.world, arranged.dataset)).toEqual(before);
  expect((await stored(arranged.world)).records).toBeGreaterThan(3000);
  return { ...arranged, sender, answer, id };
}

test.each(["replace", "append"] as const)(
  "%s: how far it has come is seen while it loads, and its records are not",
  async (mode) => {
    const { world, ben, dataset, sender, answer, id } = await halfway(mode);
    const seen = await doors.rest(world, ben, "uploads.get", { id });
    expect(seen).toMatchObject({
      ok: true,
      value: { status: "loading", rowsRead: expect.any(Number), finishedAt: null },
    });
    sender.send(lines(10));
    sender.end();
    expect(await answer).toMatchObject({ ok: true, value: { rowsRead: 5010 } });
    expect(await dataOf(world, dataset)).toHaveLength(mode === "append" ? 5012 : 5010);
  },
);

test.each(["replace", "append"] as const)(
  "%s: one that is cancelled stops by itself, and nothing of it is left",
  async (mode) => {
    const { world, ben, dataset, answer, id } = await halfway(mode);
    const cancelled = performance.now();
    expect(await doors.trpc(world, ben, "uploads.cancel", { id })).toMatchObject({ ok: true });
    expect(codeOf(await answer)).toBe("conflict");
    expect(performance.now() - cancelled).toBeLessThan(3000);
    await world.settle();
    expect(await statuses(world)).toEqual([["cancelled", null]]);
    expect(await stored(world)).toEqual(unharmed);
    expect(await dataOf(world, dataset)).toEqual(before);
  },
);

test.each(["replace", "append"] as const)(
  "%s: one that breaks off has failed, and nothing of it is left",
  async (mode) => {
    const { world, dataset, sender, answer } = await halfway(mode);
    sender.breakOff();
    expect(codeOf(await answer)).toBe("validation_failed");
    await world.settle();
    expect(await statuses(world)).toEqual([["failed", expect.stringContaining("broke off")]]);
    expect(await stored(world)).toEqual(unharmed);
    expect(await dataOf(world, dataset)).toEqual(before);
  },
);

test.each([
  ["not_found", "delete from dataset_shares where principal_id = ?"],
  ["forbidden", "update dataset_shares set level = 1 where principal_id = ?"],
  ["unauthenticated", "update users set enabled = 0 where id = ?"],
])("one whose sender may not change the dataset any more does not become the data: %s", async (code, sql) => {
  const { world, ben, dataset, sender, answer } = await halfway();
  await world.rows(sql, ben.id);
  sender.end();
  expect(codeOf(await answer)).toBe(code);
  await world.settle();
  expect(await statuses(world)).toEqual([["failed", expect.stringContaining("may not")]]);
  expect(await dataOf(world, dataset)).toEqual(before);
  expect(await stored(world)).toEqual(unharmed);
});

test("one whose session ends while it loads does not become the data", async () => {
  const { world, sender, answer, dataset } = await halfway();
  await world.rows("update sessions set expires_at = ?", Date.now() + 1000);
  world.advance(1000);
  sender.end();
  expect(codeOf(await answer)).toBe("unauthenticated");
  expect(await dataOf(world, dataset)).toEqual(before);
});

test("one that expects a version finds it still there when it becomes the data", async () => {
  const { world, ada, ben, dataset } = await begun();
  const sender = slowly();
  const answer = upload(world, ben, dataset, sender.bytes, { expectedVersion: 1 });
  await loading(world);
  expect(await upload(world, ada, dataset, csv("fruit,price", "kiwi,9"))).toMatchObject({ ok: true });
  sender.send("fruit,price\nfig,1\n");
  sender.end();
  expect(codeOf(await answer)).toBe("version_mismatch");
  expect(await dataOf(world, dataset)).toEqual([["kiwi", 9]]);
});

test("of two that replace at once each becomes the data as a whole, and the last one stays", async () => {
  const { world, ada, dataset, sender, answer } = await halfway();
  expect(await upload(world, ada, dataset, csv("fruit,price", "kiwi,9"))).toMatchObject({ ok: true });
  expect(await dataOf(world, dataset)).toEqual([["kiwi", 9]]);
  await world.services.heavyWork.tend();
  expect((await stored(world)).records).toBeGreaterThan(3000);
  sender.end();
  expect(await answer).toMatchObject({ ok: true });
  expect(await dataOf(world, dataset)).toHaveLength(5000);
  await world.settle();
  expect(await stored(world)).toEqual({ records: 5000, loads: 1, words: 5000 });
});

test("nothing else is added while something is, and nothing to what was replaced", async () => {
  const { world, ada, ben, dataset, sender, answer } = await halfway("append");
  expect(codeOf(await upload(world, ada, dataset, csv("fruit,price", "kiwi,9"), { mode: "append" }))).toBe("conflict");
  const records = [{ fruit: "kiwi", price: 9 }];
  expect(codeOf(await doors.core(world, ben, "records.add", { id: dataset.id, records }))).toBe("conflict");
  expect(await upload(world, ada, dataset, csv("fruit,price", "kiwi,9"))).toMatchObject({ ok: true });
  sender.end();
  expect(codeOf(await answer)).toBe("conflict");
  expect(await dataOf(world, dataset)).toEqual([["kiwi", 9]]);
  await world.settle();
  expect(await stored(world)).toEqual({ records: 1, loads: 1, words: 1 });
});

test("one whose lease has run out is written to by nobody any more, and the next one takes its place", async () => {
  const { world, ada, dataset, sender, answer } = await halfway("append");
  await world.rows("update dataset_loads set loading_until = 1");
  const next = await upload(world, ada, dataset, csv("fruit,price", "kiwi,9"), { mode: "append" });
  expect(next).toMatchObject({ ok: true });
  sender.send(lines(5000));
  expect(codeOf(await answer)).toBe("conflict");
  await world.settle();
  expect(await dataOf(world, dataset)).toEqual([...before, ["kiwi", 9]]);
  expect(await stored(world)).toEqual({ records: 3, loads: 1, words: 3 });
});

test("the background removes what a server has left that is no more, and says so", async () => {
  const { world, ada, dataset } = await begun();
  for (const [id, appended] of [
    ["dead-1", true],
    ["dead-2", false],
  ] as const) {
    const load = appended ? dataset.load : 77;
    if (appended) await world.rows("update dataset_loads set loading_until = ?", Date.now() + 1000);
    else
      await world.rows(
        "insert into dataset_loads (number, dataset_id, fields, loading_until, created_at) values (77, ?, '[]', ?, 1)",
        dataset.id,
        Date.now() + 1000,
      );
    await world.rows(
      `insert into uploads (id, user_id, dataset_id, load_number, status, expires_at, created_at, updated_at) values (?, ?, ?, ?, 'loading', ?, 1, 1)`,
      id,
      ada.id,
      dataset.id,
      load,
      Date.now() + 1_000_000,
    );
    await world.rows(
      `insert into records (id, s1) select (? << 26) + 2 + value, 'left' from (with recursive c(value) as (select 1
      union all select value + 1 from c where value < 3000) select value from c)`,
      load,
    );
  }
  await world.services.heavyWork.tend();
  expect((await stored(world)).records).toBe(6002);
  expect(await isLeft(world)).toBe(false);
  world.advance(1000);
  expect(await isLeft(world)).toBe(true);
  await world.services.heavyWork.tend();
  expect(await isLeft(world)).toBe(false);
  expect(await statuses(world)).toEqual([
    ["failed", "The server stopped"],
    ["failed", "The server stopped"],
  ]);
  expect(await stored(world)).toEqual(unharmed);
  expect(await world.rows("select loading_until from dataset_loads")).toEqual([[null]]);
  expect(await dataOf(world, dataset)).toEqual(before);
});

test("it is known whether anything is left to do: what is not in the index, and what is nobody's data", async () => {
  const { world } = await begun();
  await world.settle();
  expect(await isLeft(world)).toBe(false);
  await world.rows("update dataset_loads set indexed_position = 0");
  expect(await isLeft(world)).toBe(true);
  await world.rows("update dataset_loads set indexed_position = last_position");
  expect(await isLeft(world)).toBe(false);
  await world.rows("update datasets set load_number = null");
  expect(await isLeft(world)).toBe(true);
});

test("uploads that nobody used are forgotten a day after they expire, and others a month later", async () => {
  const { world, ben, dataset } = await begun();
  const unused = await doors.core(world, ben, "uploads.create", {});
  const { id: uploadId } = (unused.ok ? unused.value : {}) as { readonly id: string };
  const late = async () => codeOf(await upload(world, ben, dataset, csv("fruit,price", "kiwi,9"), { uploadId }));
  await upload(world, ben, dataset, csv("fruit,price", "kiwi,9"));
  const day = 24 * 60 * 60 * 1000;
  const tend = () => world.services.heavyWork.tend();
  await world.settle();
  expect(await isLeft(world)).toBe(false);
  world.advance(day);
  expect(await isLeft(world)).toBe(false);
  await tend();
  expect(await late()).toBe("conflict");
  expect(await doors.core(world, ben, "uploads.watch", { id: uploadId })).toMatchObject({
    value: [{ status: "waiting" }],
  });
  world.advance(day - 1);
  expect(await isLeft(world)).toBe(false);
  await tend();
  expect(await late()).toBe("conflict");
  world.advance(1);
  expect(await isLeft(world)).toBe(true);
  await tend();
  expect(await late()).toBe("not_found");
  expect(await statuses(world)).toEqual([["done", null]]);
  expect(await isLeft(world)).toBe(false);
  world.advance(29 * day);
  expect(await isLeft(world)).toBe(true);
  await tend();
  expect(await statuses(world)).toEqual([]);
});

async function writer(world: World, name: string, dataset: { readonly id: string }): Promise<Person> {
  const person = await world.user({ name });
  await world.rows(
    `insert into dataset_shares (dataset_id, principal_id, level, created_at, updated_at) values (?, ?, 2, 1, 1)`,
    dataset.id,
    person.id,
  );
  return person;
}

test("two at once load, and others wait for their turn; beyond that they are told when to come again", async () => {
  const { world, dataset } = await begun();
  const people: Person[] = [];
  for (let number = 0; number < 8; number++) people.push(await writer(world, `person-${number}`, dataset));
  const senders = Array.from({ length: 23 }, () => slowly());
  const answers = senders.map(({ bytes }, index) => upload(world, people[index % 8] as Person, dataset, bytes));
  const refused = await Promise.race(answers);
  expect(refused).toMatchObject({ ok: false, code: "rate_limited" });
  for (const { send, end } of senders) {
    send("fruit,price\nfig,1\n");
    end();
  }
  const codes = (await Promise.all(answers)).map(codeOf);
  expect(codes.filter((code) => code === "ok")).toHaveLength(22);
  await world.settle();
  expect(await stored(world)).toEqual({ records: 1, loads: 1, words: 1 });
});

test("one user has three under way, and the fourth when one of them is over or its server has died", async () => {
  const { world, ada, ben, dataset } = await begun();
  const senders = Array.from({ length: 3 }, () => slowly());
  const answers = senders.map(({ bytes }) => upload(world, ben, dataset, bytes));
  await until(async () => ((await statuses(world)).length === 3 ? true : undefined));
  const more = () => upload(world, ben, dataset, csv("fruit,price", "kiwi,9"));
  const refused = await doors.rest(world, ben, "datasets.upload", { id: dataset.id, content: csv("a", "1") });
  expect([codeOf(refused), refused.headers.get("retry-after")]).toEqual(["rate_limited", "30"]);
  const other = upload(world, ada, dataset, csv("fruit,price", "kiwi,9"));
  senders[0]?.breakOff();
  senders[2]?.breakOff();
  expect(codeOf(await Promise.race(answers))).toBe("validation_failed");
  expect(codeOf(await other)).toBe("ok");
  expect(codeOf(await more())).toBe("ok");
  for (const load of [77, 78]) {
    await world.rows(
      "insert into dataset_loads (number, dataset_id, fields, loading_until, created_at) values (?, 'd', '[]', 1, 1)",
      load,
    );
    await world.rows(
      `insert into uploads (id, user_id, dataset_id, load_number, status, expires_at, created_at, updated_at)
        values ('dead-' || ?2, ?1, 'd', ?2, 'loading', 1, 1, 1)`,
      ben.id,
      load,
    );
  }
  expect(codeOf(await more())).toBe("ok");
});

specify("uploads.watch", {
  arrange: async (world) => {
    const things = await prices(world);
    const done = await upload(world, things.ben, things.dataset, csv("fruit,price", "kiwi,much"), { mode: "append" });
    await world.settle();
    return { ...things, done: done.ok ? (done.value as { readonly id: string }) : { id: "" } };
  },
  as: ({ ben }) => ben,
  input: ({ done }) => ({ id: done.id }),
  after: async (_, { done }, value) => expect(value).toEqual([done]),
});

test.each(["core", "trpc", "rest"] as const)("whoever watches sees it come and end, through %s", async (doorName) => {
  const { world, ben, sender, answer, id } = await halfway();
  const watched = doors[doorName](world, ben, "uploads.watch", { id });
  await new Promise((resolve) => setTimeout(resolve, 300));
  sender.send(lines(5000));
  await new Promise((resolve) => setTimeout(resolve, 2600));
  sender.end();
  await answer;
  const seen = await watched;
  const items = (seen.ok ? seen.value : []) as { status: string; rowsRead: number }[];
  expect(items.map(({ status }) => status)).toEqual([...Array(items.length - 1).fill("loading"), "done"]);
  expect(items.length).toBeGreaterThan(2);
  expect(items.at(-1)).toMatchObject({ rowsRead: 10_000 });
});

import { once } from "node:events";
import { inlineHeavyWork, verifyTrail } from "@steward/core";
import { expect, test, vi } from "vitest";
import type { Person } from "./arrange.ts";
import { bytesOf } from "./bytes.ts";
import { doors } from "./doors.ts";
import { stored } from "./loads-world.ts";
import { startScript } from "./testing/child.ts";
import { openWorld, type World } from "./world.ts";

const kills = 10;
const rows = 4000;

/** The data are whole editions: each with every record that it has, in its order. Answers with their names. */
async function expectWhole(world: World): Promise<string> {
  const sql = `select r.s1, count(*), count(distinct r.s2), min(r.s2), max(r.s2), l.rows, l.last_position from datasets d
    join dataset_loads l on l.number = d.load_number
    join records r on r.id > (l.number << 26) and r.id <= (l.number << 26) + l.last_position group by r.s1`;
  const [found] = await world.services.executor.batch([{ sql, args: [] }], "read");
  const editions = found?.rows ?? [];
  for (const [, ...counts] of editions)
    expect(counts).toEqual([rows, rows, 0, rows - 1, editions.length * rows, editions.length * rows]);
  return editions.map(([name]) => name).join();
}

/** Until it is killed, so many loads after its first one, what others see is looked at all the time. */
async function runAndKill(world: World, args: readonly string[], loads: number, seen: Set<unknown>): Promise<void> {
  const child = startScript("load-process.ts", args);
  const [took] = await once(child.stdout, "data");
  const over = once(child, "close");
  const timer = setTimeout(() => child.kill("SIGKILL"), loads * Number(took));
  while (child.exitCode === null && child.signalCode === null) {
    seen.add(await expectWhole(world));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  clearTimeout(timer);
  await over;
  expect(child.signalCode).toBe("SIGKILL");
}

/** The file is this process's own, so the database is a file whatever the other specs use. */
test("whenever a process dies, the data is what was loaded as a whole, and what it has left is removed", {
  timeout: 120_000,
}, async () => {
  const world = await openWorld({ fresh: true });
  const ada = await world.user({ name: "ada" });
  // Each process has its own, for what has died counts as under way for a minute.
  const senders: Person[] = [];
  for (let kill = 0; kill < kills; kill++) senders.push(await world.user({ name: `sender-${kill}` }));
  const dataset = await world.dataset({ owner: ada, shares: senders.map((sender) => [sender, { level: 2 }] as const) });
  vi.useRealTimers();
  await world.rows("update sessions set expires_at = ?", Date.now() + 24 * 60 * 60 * 1000);
  const seen = new Set<unknown>();
  // Spread over two loads, however long they take here: some die in the first, and some after its data were seen.
  for (const [kill, { sid }] of senders.entries())
    await runAndKill(world, [world.path, sid, dataset.id, String(rows)], ((kill + Math.random()) / kills) * 2, seen);
  await expectWhole(world);
  expect(seen.size).toBeGreaterThan(kills);
  // A minute later, all that was half done is given up.
  const later = inlineHeavyWork({
    executor: world.services.executor,
    clock: { now: () => new Date(Date.now() + 61_000) },
  });
  await later.tend();
  const data = (
    await world.rows("select l.rows from datasets d join dataset_loads l on l.number = d.load_number")
  )[0]?.[0];
  expect(await stored(world)).toEqual({ records: data, loads: 1, words: data });
  expect(await world.rows("select count(*) from uploads where status = 'loading'")).toEqual([[0]]);
  expect(await world.rows("select indexed_position = last_position from dataset_loads")).toEqual([[1]]);
  const content = bytesOf("edition,number\nretried,0\n");
  expect(await doors.rest(world, ada, "datasets.upload", { id: dataset.id, mode: "append", content })).toMatchObject({
    ok: true,
  });
  expect((await verifyTrail(world.services)).broken).toBeNull();
});

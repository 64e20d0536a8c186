import { once } from "node:events";
import { contentOf, verifyTrail } from "@steward/core";
import { expect, test, vi } from "vitest";
import { startScript } from "./testing/child.ts";
import { openWorld, type World } from "./world.ts";

const kills = 8;
const skills = 10;
const datasets = 3;

/** The live assistant is one committed state: its newest revision. A draft has all of its parts, or is not there. */
async function expectWhole(world: World): Promise<unknown> {
  const sql = `select ${contentOf("a")}, (select r.content from revisions r where r.assistant_id = a.id order by r.number desc limit 1),
      (select max(r.number) from revisions r where r.assistant_id = a.id), a.version,
      (select count(*) from skills s where s.assistant_id = a.id),
      (select count(*) from skills s join assistants d on d.id = s.assistant_id where d.editing_id = a.id),
      (select count(*) from assistants d where d.editing_id = a.id),
      (select count(*) from assistant_datasets k where k.assistant_id = a.id),
      (select count(*) from assistant_datasets k join assistants d on d.id = k.assistant_id where d.editing_id = a.id)
    from assistants a where a.editing_id is null`;
  const [found] = await world.services.executor.batch([{ sql, args: [] }], "read");
  const row = found?.rows[0] ?? [];
  const [live, revision, number, version, count, drafted, drafts, known, draftKnows] = row;
  expect(live).toBe(revision);
  expect(number).toBe(version);
  expect(count).toBe(skills);
  expect([0, 1]).toContain(drafts);
  expect(known).toBe(datasets);
  expect(draftKnows).toBe(drafts === 1 ? datasets : 0);
  if (drafts === 1) expect([skills, skills - 1]).toContain(drafted);
  return number;
}

/** Until it is killed, so many milliseconds after its first commit, what others see is looked at all the time. */
async function runAndKill(world: World, args: readonly string[], after: number, seen: Set<unknown>): Promise<void> {
  const child = startScript("draft-process.ts", args);
  await once(child.stdout, "data");
  const over = once(child, "close");
  const timer = setTimeout(() => child.kill("SIGKILL"), after);
  while (child.exitCode === null && child.signalCode === null) {
    seen.add(await expectWhole(world));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  clearTimeout(timer);
  await over;
  expect(child.signalCode).toBe("SIGKILL");
}

/** The file is this process's own, so the database is a file whatever the other specs use. */
test("whenever a process dies, the assistant is one committed state, and nothing half-committed is seen", {
  timeout: 120_000,
}, async () => {
  const world = await openWorld({ fresh: true });
  const ada = await world.user({ name: "ada" });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  for (let index = 0; index < skills; index++) await world.skill(sales, { name: `Skill ${index}` });
  for (let index = 0; index < datasets; index++)
    await world.knowledge(sales, await world.dataset({ owner: ada, name: `Data ${index}` }), { access: "assistant" });
  await world.rows(
    `insert into revisions select a.id, 1, ${contentOf("a")}, null, 'assistants.create', 1, null from assistants a`,
  );
  vi.useRealTimers();
  await world.rows("update sessions set expires_at = ?", Date.now() + 24 * 60 * 60 * 1000);
  const seen = new Set<unknown>();
  for (let kill = 0; kill < kills; kill++)
    await runAndKill(world, [world.path, ada.sid, sales.id], 20 + Math.random() * 250, seen);
  await expectWhole(world);
  // It has come a long way, and was looked at on the way.
  expect(seen.size).toBeGreaterThan(kills);
  expect((await verifyTrail(world.services)).broken).toBeNull();
});

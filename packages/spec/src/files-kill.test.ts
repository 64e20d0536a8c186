import { once } from "node:events";
import { fileSystemBlobs } from "@steward/blobs/node";
import { checkBlobs, contentOf, verifyTrail } from "@steward/core";
import { expect, test, vi } from "vitest";
import { startScript } from "./testing/child.ts";
import { openWorld, type World } from "./world.ts";

/** `STEWARD_KILLS=500 npx vitest run packages/spec/src/files-kill.test.ts` takes its time. */
const kills = Number(process.env.STEWARD_KILLS ?? 5);

async function runAndKill(args: readonly string[], after: number): Promise<void> {
  const child = startScript("files-process.ts", args);
  const over = once(child, "close");
  await Promise.race([once(child.stdout, "data"), over]);
  setTimeout(() => child.kill("SIGKILL"), after);
  await over;
  expect(child.signalCode).toBe("SIGKILL");
}

const sound = { missing: [], foreign: [], miscounted: 0 };

/** No row is without its bytes, at once; and bytes without a row are gone after a check. */
async function expectWhole(world: World, folder: string): Promise<number> {
  const services = {
    ...world.services,
    blobs: fileSystemBlobs(folder),
    clock: { now: () => new Date(Date.now() + 1) },
  };
  const found = await checkBlobs(services, { mend: true, patience: -1 });
  expect(found).toMatchObject(sound);
  expect(await checkBlobs(services, { mend: false, patience: -1 })).toMatchObject({
    ...sound,
    orphans: [],
    underWay: 0,
  });
  const [live] = await world.rows(`select ${contentOf("a")},
      (select r.content from revisions r where r.assistant_id = a.id order by r.number desc limit 1)
    from assistants a where a.editing_id is null`);
  expect(live?.[0]).toBe(live?.[1]);
  return found.orphans.length;
}

/** The file is this process's own, so the database is a file whatever the other specs use. */
test("whenever a process dies, no bytes are missing, and what nobody names is found", {
  timeout: 60_000 + kills * 10_000,
}, async () => {
  const world = await openWorld({ fresh: true });
  const ada = await world.user({ name: "ada" });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.rows(
    `insert into revisions select a.id, 1, ${contentOf("a")}, null, 'assistants.create', 1, null from assistants a`,
  );
  // So that revisions let go of bytes too.
  await world.rows("update settings set revision_retention = 3");
  vi.useRealTimers();
  await world.rows("update sessions set expires_at = ?", Date.now() + 24 * 60 * 60 * 1000);
  const folder = `${world.path}.killed`;
  let orphans = 0;
  for (let kill = 0; kill < kills; kill++) {
    await runAndKill([world.path, folder, ada.sid, sales.id], Math.random() * 400);
    orphans += await expectWhole(world, folder);
  }
  // It has come a long way.
  const [counts] = await world.rows("select max(number), (select count(*) from uploads) from revisions");
  expect(Number(counts?.[0])).toBeGreaterThan(kills * 4);
  expect(Number(counts?.[1])).toBeGreaterThan(kills);
  expect((await verifyTrail(world.services)).broken).toBeNull();
  console.log(`${kills} kills, ${orphans} orphans removed`);
});

import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { doors } from "./doors.ts";
import { openWorld } from "./world.ts";

const oldBytes = () =>
  getHeapSpaceStatistics().find(({ space_name: name }) => name === "old_space")?.space_used_size ?? Number.NaN;

test("what a request has read is gone with it, and does not wait for a large collection", {
  timeout: 60_000,
}, async () => {
  const world = await openWorld();
  const ada = await world.user({ name: "ada" });
  for (let index = 0; index < 50; index++) await world.assistant({ owner: ada, name: `Number ${index}` });
  const ask = async (times: number) => {
    for (let time = 0; time < times; time++) {
      expect(await doors.core(world, ada, "assistants.list", { limit: 50 })).toMatchObject({ ok: true });
      world.trips.length = 0;
    }
  };
  await ask(300);
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  const before = oldBytes();
  await ask(600);
  expect(oldBytes() - before).toBeLessThan(600 * 6000);
});

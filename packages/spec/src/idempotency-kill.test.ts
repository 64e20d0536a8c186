import { once } from "node:events";
import { verifyTrail } from "@steward/core";
import { expect, test, vi } from "vitest";
import { startScript } from "./testing/child.ts";
import { openWorld } from "./world.ts";

const count = 60;

/** Runs the process until it has answered so many, or to its end; what it printed is added to `said`. */
async function run(args: readonly string[], killAfter: number, said: Map<string, Set<string>>): Promise<boolean> {
  const child = startScript("create-process.ts", args);
  let text = "";
  let timer: NodeJS.Timeout | undefined;
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk;
    // From when it works on, for starting takes longer than the work does.
    timer ??= setTimeout(() => child.kill("SIGKILL"), killAfter);
  });
  await once(child, "close");
  clearTimeout(timer);
  for (const line of text.split("\n").slice(0, -1)) {
    const [, number = "", answer = ""] = /^(\d+) (.*)$/.exec(line) ?? [];
    if (number !== "") said.set(number, (said.get(number) ?? new Set()).add(answer));
  }
  return text.endsWith("done\n");
}

/** The file is this process's own, so the database is a file whatever the other specs use. */
test("whatever a kill interrupts, each key has made one row, and one answer", { timeout: 120_000 }, async () => {
  const world = await openWorld({ fresh: true });
  const ada = await world.user({ name: "ada" });
  vi.useRealTimers();
  await world.rows("update sessions set expires_at = ?", Date.now() + 24 * 60 * 60 * 1000);
  const said = new Map<string, Set<string>>();
  const args = [world.path, ada.sid, String(count)];
  for (let kill = 0; kill < 6; kill++) await run(args, Math.random() * 150, said);
  while (!(await run(args, 60_000, said)));
  expect(said.size).toBe(count);
  for (const [number, answers] of said) {
    const [answer = "", ...others] = [...answers].map((text) => text.replace(/"requestId":"[^"]*"/, ""));
    expect(others, `Number ${number}`).toEqual([]);
    expect(answer).toMatch(/^201 {/);
  }
  expect(await world.rows("select count(*), count(distinct name) from assistants")).toEqual([[count, count]]);
  expect(await world.rows("select count(*), count(distinct subject) from audit")).toEqual([[count, count]]);
  expect(await world.rows("select count(*) from idempotent_requests")).toEqual([[count]]);
  expect((await verifyTrail(world.services)).broken).toBeNull();
});

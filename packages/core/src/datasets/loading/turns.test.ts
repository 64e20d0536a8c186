import { expect, test } from "vitest";
import { mostAtOnce, mostLoads } from "./order.ts";
import { openTurns } from "./turns.ts";

const open = new AbortController().signal;

test("whoever is aborted while others have their turn leaves the queue at once, and the next one is first", async () => {
  const turns = openTurns();
  const first = await Promise.all(Array.from({ length: mostAtOnce }, () => turns.take(open)));
  const leaving = new AbortController();
  const aborted = turns.take(leaving.signal);
  const next = turns.take(open);
  const waiting = Array.from({ length: mostLoads - mostAtOnce - 2 }, () => turns.take(open));
  expect(turns.full).toBe(true);
  const reason = new Error("Gone");
  leaving.abort(reason);
  await expect(aborted).rejects.toBe(reason);
  expect(turns.full).toBe(false);
  first[0]?.();
  const leave = await next;
  leave();
  for (const turn of waiting) (await turn)();
});

test("who is aborted has no turn, and who has one keeps it", async () => {
  const turns = openTurns();
  const leaving = new AbortController();
  const leave = await turns.take(leaving.signal);
  leaving.abort(new Error("Gone"));
  await expect(turns.take(leaving.signal)).rejects.toThrow("Gone");
  for (let others = 1; others < mostAtOnce; others++) await turns.take(open);
  const next = turns.take(open);
  leave();
  await next;
});

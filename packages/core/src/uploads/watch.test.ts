import { expect, test, vi } from "vitest";
import type { Context } from "../context.ts";
import { pause, watch } from "./watch.ts";

test("nothing is left listening behind a look, whether the time has come or nobody watches", async () => {
  const leaving = new AbortController();
  const add = vi.spyOn(leaving.signal, "addEventListener");
  const remove = vi.spyOn(leaving.signal, "removeEventListener");
  await pause(leaving.signal, 1);
  expect(remove.mock.calls.map(([, listener]) => listener)).toEqual(add.mock.calls.map(([, listener]) => listener));
  const waiting = pause(leaving.signal, 1_000_000);
  leaving.abort();
  await waiting;
});

test.each([
  ["waiting", 5],
  ["loading", 20],
])("one that is %s is looked at %i times in ten seconds", async (status, times) => {
  vi.useFakeTimers();
  try {
    const row = { version: 1, status, finishedAt: null, startedAt: null, updatedAt: new Date() };
    const read = vi.fn(async () => [row]);
    const ctx: Pick<Context, "signal"> & { readonly read: unknown } = { signal: new AbortController().signal, read };
    const items = watch.run(ctx as Context, { id: "u" } as never) as AsyncIterable<unknown>;
    const seen = items[Symbol.asyncIterator]();
    const looking = (async () => {
      for (;;) await seen.next();
    })();
    looking.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(read).toHaveBeenCalledTimes(times);
  } finally {
    vi.useRealTimers();
  }
});

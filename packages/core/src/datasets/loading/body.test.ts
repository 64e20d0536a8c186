import { expect, onTestFinished, test, vi } from "vitest";
import { openBody } from "./body.ts";

const mebibyte = 1024 * 1024;

/** Blanks, a piece at a time, then what `then` says. */
function blanksBefore(then: string, pieces: number) {
  const seen = { pulled: 0 };
  const source = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        seen.pulled++;
        if (seen.pulled <= pieces) return controller.enqueue(new Uint8Array(1024).fill(32));
        controller.enqueue(new TextEncoder().encode(then));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, body: openBody(source) };
}

test("blanks without end are not read on for a format, and nothing of them is lost", async () => {
  const { seen, body } = blanksBefore("[]", mebibyte / 1024);
  expect(await body.format()).toBe("csv");
  expect(seen.pulled).toBe(64);
  const all = await new Response(body.stream).bytes();
  expect(all).toHaveLength(mebibyte + 2);
});

test.each([
  ["json", "[]"],
  ["ndjson", "{}"],
  ["csv", "a"],
])("%s is told by the first character behind some blanks", async (format, then) => {
  expect(await blanksBefore(then, 60).body.format()).toBe(format);
});

/** A body whose bytes come when a test says so, read as fast as they come; the clock stands still otherwise. */
function sent() {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = openBody(
    new ReadableStream({
      start(given) {
        controller = given;
      },
    }),
  );
  const reader = body.stream.getReader();
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const pass = (seconds: number) => void vi.advanceTimersByTime(seconds * 1000);
  /** Reads on for so long, and then so many bytes have come. */
  const wait = async (seconds: number, bytes: number) => {
    const read = reader.read();
    await settle();
    pass(seconds);
    const lateness = body.lateness();
    controller?.enqueue(new Uint8Array(bytes));
    await read;
    return lateness;
  };
  return { body, reader, wait, pass, settle, fail: (error: unknown) => controller?.error(error) };
}

test("a minute without a byte is silence, and a byte at times is too slow", async () => {
  const silent = sent();
  expect(await silent.wait(60, 100_000)).toBeNull();
  expect(await silent.wait(61, 1)).toBe("Nothing has come for a minute");
  const slow = sent();
  for (let second = 0; second < 60; second += 10) expect(await slow.wait(10, 1)).toBeNull();
  expect(await slow.wait(1, 1)).toBe("Less than 64 KiB have come in a minute");
});

test("each minute has its own bytes, and those of the first are not those of the second", async () => {
  const { wait } = sent();
  expect(await wait(1, 10 * mebibyte)).toBeNull();
  for (let second = 1; second < 61; second += 10) expect(await wait(10, 1)).toBeNull();
  for (let second = 0; second < 50; second += 10) expect(await wait(10, 1)).toBeNull();
  expect(await wait(11, 1)).toBe("Less than 64 KiB have come in a minute");
});

test("64 KiB a minute are enough, however they come", async () => {
  const { wait } = sent();
  for (let minute = 0; minute < 10; minute++) {
    expect(await wait(58, 32 * 1024)).toBeNull();
    expect(await wait(2, 32 * 1024)).toBeNull();
  }
});

test("the time in which nobody waits for bytes is not the sender's", async () => {
  const { body, wait, pass } = sent();
  pass(1000);
  expect(body.lateness()).toBeNull();
  for (let times = 0; times < 50; times++) {
    expect(await wait(1, 1)).toBeNull();
    pass(1000);
    expect(body.lateness()).toBeNull();
  }
});

test("one that breaks off is stopped at once, also while nobody reads", async () => {
  const { body, settle, fail, reader } = sent();
  fail(new Error("The line is dead"));
  await settle();
  expect(body.stopped).toMatchObject({ aborted: true, reason: { code: "validation_failed" } });
  await expect(reader.read()).rejects.toBe(body.stopped.reason);
});

import { setImmediate } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { handedOver } from "./handed-over.ts";

/** A sender whose chunks are pushed by the test. */
function sender() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const cancelled = vi.fn();
  let asked = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      start(given) {
        controller = given;
      },
      pull() {
        asked++;
      },
      cancel: cancelled,
    },
    { highWaterMark: 0 },
  );
  return {
    body,
    cancelled,
    get asked() {
      return asked;
    },
    send: (...bytes: number[]) => controller?.enqueue(Uint8Array.from(bytes)),
    sendMany: (length: number) => controller?.enqueue(new Uint8Array(length)),
    end: () => controller?.close(),
    breakOff: (error: Error) => controller?.error(error),
  };
}

const ignore = () => undefined;

test("what has come while nobody asked is given as one piece, and what comes alone at once", async () => {
  const { body, send, end } = sender();
  const reader = handedOver(body, ignore).getReader();
  const first = reader.read();
  send(1);
  expect((await first).value).toEqual(Buffer.of(1));
  send(2, 3);
  send();
  send(4);
  await setImmediate();
  expect((await reader.read()).value).toEqual(Buffer.of(2, 3, 4));
  end();
  expect(await reader.read()).toEqual({ done: true, value: undefined });
});

test("nothing is read before somebody asks, and no more than a few hundred KiB ahead", async () => {
  const { body, sendMany, ...source } = sender();
  const reader = handedOver(body, ignore).getReader();
  await setImmediate();
  expect(source.asked).toBe(0);
  const first = reader.read();
  for (let sent = 0; sent < 20; sent++) sendMany(64 * 1024);
  await first;
  await setImmediate();
  const { value } = await reader.read();
  expect(value?.length).toBeGreaterThan(64 * 1024);
  expect(value?.length).toBeLessThanOrEqual(320 * 1024);
});

test("no more than a thousand pieces are kept, however small they are", async () => {
  const { body, send } = sender();
  const reader = handedOver(body, ignore).getReader();
  const first = reader.read();
  for (let sent = 0; sent < 5000; sent++) send(1);
  await first;
  await setImmediate();
  const { value } = await reader.read();
  expect(value?.length).toBeGreaterThan(1);
  expect(value?.length).toBeLessThanOrEqual(1024);
});

test("bytes that break off are given before that is said, and the sender's end is told at once", async () => {
  const { body, send, breakOff } = sender();
  const gone = vi.fn();
  const reader = handedOver(body, gone).getReader();
  const first = reader.read();
  send(1);
  await first;
  send(2);
  await setImmediate();
  breakOff(new Error("the line is dead"));
  await setImmediate();
  expect(gone).toHaveBeenCalledOnce();
  expect((await reader.read()).value).toEqual(Buffer.of(2));
  await expect(reader.read()).rejects.toThrow("the line is dead");
});

test("who does not want more has the sender told", async () => {
  const { body, cancelled } = sender();
  await handedOver(body, ignore).cancel("enough");
  expect(cancelled).toHaveBeenCalledWith("enough");
});

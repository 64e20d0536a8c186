import { setTimeout } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { pngOf } from "@steward/documents/testing";
import { openPictures } from "@steward/pictures";
import { expect, onTestFinished, test } from "vitest";
import { type ThreadedPicturesOptions, threadedPictures } from "./threaded-pictures.ts";

/** Also what the log was told. */
function opened(options: Omit<ThreadedPicturesOptions, "log"> = {}) {
  const errors: string[] = [];
  const log = { info: () => undefined, error: (message: string) => void errors.push(message) };
  const pictures = threadedPictures({ log, ...options });
  onTestFinished(() => pictures.close());
  return { ...pictures, errors };
}

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" onload="run()"><rect width="8" height="8"/></svg>';

test("pictures are those that are made without a thread", async () => {
  const [threaded, here] = [opened(), openPictures()];
  const png = await pngOf(40, 20);
  expect(await threaded.reencode(png, 16)).toEqual(await here.reencode(png, 16));
  const clean = await threaded.cleanSvg(svg);
  expect(clean).toBe(await here.cleanSvg(svg));
  expect(clean).not.toContain("onload");
  const source = { bytes: new TextEncoder().encode(clean), contentType: "image/svg+xml" };
  expect(await threaded.ico(source, [16, 32])).toEqual(await here.ico(source, [16, 32]));
});

test("what is refused is refused with its reason, and the next is made", async () => {
  const pictures = opened();
  const png = await pngOf(40, 20);
  await expect(pictures.reencode(png.slice(0, 60), 16)).rejects.toMatchObject({
    name: "StewardError",
    code: "validation_failed",
    details: [{ path: "content", message: expect.stringContaining("damaged") }],
  });
  expect((await pictures.reencode(png, 16)).width).toBe(16);
});

test("others have their turns while a large picture is made", async () => {
  const pictures = opened();
  const png = await pngOf(3000, 3000);
  await pictures.cleanSvg(svg); // So that the thread has begun.
  let turns = 0;
  let over = false;
  const made = pictures.reencode(png, 64).finally(() => {
    over = true;
  });
  while (!over) {
    await new Promise((resolve) => setImmediate(resolve));
    turns++;
  }
  expect((await made).width).toBe(64);
  expect(turns).toBeGreaterThan(100);
});

test("a picture that takes too long is not made, and the one that waits for its turn is", async () => {
  const pictures = opened({ deadline: 5000 });
  // Drawing so much, over and over, takes longer than any machine has time.
  const shape = `<path d="M0 0 ${"L9 9 L1 8 ".repeat(150)}Z" stroke="red" fill="none" stroke-dasharray="0.01"/>`;
  const endless = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${shape.repeat(20)}</svg>`;
  const sizes = Array.from({ length: 100_000 }, () => 256);
  const source = { bytes: new TextEncoder().encode(endless), contentType: "image/svg+xml" };
  const slow = pictures.ico(source, sizes);
  const refused = expect(slow).rejects.toMatchObject({
    code: "validation_failed",
    details: [{ path: "content", message: expect.stringContaining("not made within 5 seconds") }],
  });
  await setTimeout(1000); // So that this one may wait for longer.
  expect(await pictures.cleanSvg(svg)).toContain("rect");
  await refused;
});

test("those that wait are made in their order, and only so many wait", async () => {
  const pictures = opened({ mostWaiting: 2 });
  const png = await pngOf(600, 600);
  const done: number[] = [];
  const asked = Array.from({ length: 5 }, async (_, index) => {
    await pictures.reencode(png, 16);
    done.push(index);
  });
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected", "rejected"]);
  expect(done).toEqual([0, 1, 2]);
  expect(outcomes[3]).toMatchObject({ reason: { code: "rate_limited", retryAfter: 10 } });
});

test("a thread that breaks down while it has nothing to do is told to the log, and the next picture has another", async () => {
  const threads: Worker[] = [];
  const keep = (thread: Worker) => void threads.push(thread);
  process.on("worker", keep);
  onTestFinished(() => void process.off("worker", keep));
  const pictures = opened();
  for (let time = 0; time < 3; time++) await pictures.cleanSvg(svg);
  expect(threads).toHaveLength(1);
  // As Node tells of it; nothing of ours lets it happen.
  threads[0]?.emit("error", new Error("Out of luck"));
  expect(pictures.errors).toEqual(["internal error"]);
  expect(await pictures.cleanSvg(svg)).toContain("rect");
  expect(threads).toHaveLength(2);
});

test("closing ends what is being made, and what waits", async () => {
  const pictures = opened();
  await pictures.cleanSvg(svg); // So that the thread has begun.
  const png = await pngOf(4000, 4000);
  const making = [pictures.reencode(png, 64), pictures.cleanSvg(svg)];
  const ended = making.map((made) => expect(made).rejects.toMatchObject({ code: "internal" }));
  await new Promise((resolve) => setImmediate(resolve));
  await pictures.close();
  await Promise.all(ended);
  expect(pictures.errors).toEqual([]);
});

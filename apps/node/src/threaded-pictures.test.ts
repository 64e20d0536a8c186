import { pngOf } from "@steward/documents/testing";
import { openPictures } from "@steward/pictures";
import { expect, onTestFinished, test } from "vitest";
import { type ThreadedPicturesOptions, threadedPictures } from "./threaded-pictures.ts";

function opened(options?: ThreadedPicturesOptions) {
  const pictures = threadedPictures(options);
  onTestFinished(() => pictures.close());
  return pictures;
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

test("a picture that takes too long is not made, and the next one is", async () => {
  const pictures = opened({ deadline: 3000 });
  const [large, small] = [await pngOf(4000, 4000), await pngOf(8, 8)];
  const outcomes = await Promise.allSettled(Array.from({ length: 16 }, () => pictures.reencode(large, 512)));
  expect(outcomes.at(-1)).toMatchObject({
    status: "rejected",
    reason: { details: [{ path: "content", message: expect.stringContaining("not made within 3 seconds") }] },
  });
  expect((await pictures.reencode(small, 8)).width).toBe(8);
});

test("only so many wait for their turn", async () => {
  const pictures = opened({ queue: 1 });
  const png = await pngOf(1500, 1500);
  const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => pictures.reencode(png, 16)));
  const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  expect(refused.length).toBeGreaterThan(0);
  for (const reason of refused) expect(reason).toMatchObject({ code: "rate_limited", retryAfter: 10 });
  expect((await pictures.reencode(png, 16)).width).toBe(16);
});

test("closing ends what is being made", async () => {
  const pictures = opened();
  const making = pictures.reencode(await pngOf(3000, 3000), 64);
  const ended = expect(making).rejects.toThrow();
  await pictures.close();
  await ended;
});

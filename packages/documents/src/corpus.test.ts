import { resourceUsage } from "node:process";
import { expect, test } from "vitest";
import { roomyLimits } from "./limits.ts";
import { readDocument } from "./reader.ts";
import { check } from "./testing/check.ts";
import { corpus, take } from "./testing/corpus.ts";

/** Milliseconds, several times what a slow machine needs for the slowest file. */
const mostTime = 30_000;
/** Bytes that the process may have grown by, at the highest. */
const mostMemory = 900 * 2 ** 20;

test("there are enough of them, and none twice", () => {
  const names = corpus.map(({ format, name }) => `${format}: ${name}`);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
});

const inline = corpus.filter(({ needsThread }) => !needsThread);

test.each(inline)("$format: $name", { timeout: 60_000 }, async ({ format, bytes, comes }) => {
  const file = await bytes();
  const before = process.memoryUsage.rss();
  const began = Date.now();
  const came = await take(readDocument(format, new Blob([file]).stream(), roomyLimits));
  check(came, comes);
  expect(Date.now() - began).toBeLessThan(mostTime);
  expect(resourceUsage().maxRSS * 1024 - before).toBeLessThan(mostMemory);
});

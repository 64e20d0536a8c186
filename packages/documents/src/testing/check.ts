import { expect } from "vitest";
import type { Came, Outcome } from "./corpus.ts";

/** Expects of what came of a document what must. */
export function check({ text, headings, images, longest, error }: Came, comes: Outcome): void {
  if ("failed" in comes) {
    expect(error).toMatchObject({
      name: "DocumentError",
      outcome: "failed",
      message: expect.stringMatching(comes.failed),
    });
    return;
  }
  if ("unsupported" in comes) {
    expect(error).toMatchObject({
      name: "DocumentError",
      outcome: "unsupported",
      message: expect.stringMatching(comes.unsupported),
    });
    return;
  }
  expect(error).toBeUndefined();
  for (const part of comes.contains) expect(text.includes(part), `${part} in ${text.slice(0, 500)}`).toBe(true);
  for (const part of comes.lacks ?? []) expect(text.includes(part), part).toBe(false);
  expect([...headings]).toEqual(expect.arrayContaining([...(comes.headings ?? [])]));
  expect(images).toHaveLength(comes.images ?? 0);
  for (const { bytes } of images) expect(Buffer.from(bytes).toString("latin1")).not.toMatch(/secret|script/);
  expect(longest).toBeLessThanOrEqual(32_768);
  expect(text.isWellFormed()).toBe(true);
}

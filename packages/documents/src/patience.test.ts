import { expect, test } from "vitest";
import { inTime } from "./patience.ts";

test("what never comes is not waited for", async () => {
  await expect(inTime(new Promise(() => undefined), 20)).rejects.toMatchObject({
    name: "DocumentError",
    outcome: "failed",
  });
});

test("what comes is passed on, and so is what fails", async () => {
  expect(await inTime(Promise.resolve(7), 20)).toBe(7);
  await expect(inTime(Promise.reject(new Error("lost")), 20)).rejects.toThrow("lost");
});

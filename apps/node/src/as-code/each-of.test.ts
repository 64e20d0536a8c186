import { expect, test } from "vitest";
import { eachOf } from "./each-of.ts";

test("works on a few at a time, and answers in their order", async () => {
  let [now, most] = [0, 0];
  const items = Array.from({ length: 40 }, (_, index) => index);
  const results = await eachOf(items, async (item) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, (item * 7) % 5));
    now -= 1;
    return item * 2;
  });
  expect(results).toEqual(items.map((item) => item * 2));
  expect(most).toBeLessThanOrEqual(6);
});

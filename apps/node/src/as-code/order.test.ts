import { expect, test } from "vitest";
import { Cycle, inOrder } from "./order.ts";

test("each stands behind those that it waits for, otherwise as they came", () => {
  const waits = new Map([
    ["a", ["c"]],
    ["b", []],
    ["c", ["d", "b"]],
    ["d", []],
  ]);
  expect(inOrder(waits)).toEqual(["d", "b", "c", "a"]);
});

test("who waits for what is not among them waits for nothing", () => {
  expect(inOrder(new Map([["a", ["x"]]]))).toEqual(["a"]);
});

test.each([
  [{ a: ["a"] }, "a → a"],
  [{ z: ["a"], a: ["b"], b: ["c"], c: ["a"] }, "a → b → c → a"],
])("%j is a circle, and is told without those that only lead to it", (waits, message) => {
  expect(() => inOrder(new Map(Object.entries(waits)))).toThrow(Cycle);
  expect(() => inOrder(new Map(Object.entries(waits)))).toThrow(message);
});

import { expect, it } from "vitest";
import { deferredTasks } from "./deferred.ts";

const silent = { info: () => undefined, error: () => undefined };

it("runs tasks once the answer has left, failing ones apart", async () => {
  const failures: unknown[] = [];
  const { openRequest, drain } = deferredTasks({ ...silent, error: (_, fields) => void failures.push(fields) });
  const done: string[] = [];
  const request = openRequest("r-1", undefined);
  request.defer(async () => void done.push("first"));
  request.defer(() => Promise.reject(new TypeError("secret")));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(done).toEqual([]);
  request.answered();
  expect(done).toEqual([]);
  await drain();
  expect(done).toEqual(["first"]);
  expect(failures).toEqual([{ requestId: "r-1", cause: "TypeError" }]);
});

it("runs at once what comes after the answer, and waits for what tasks leave behind", async () => {
  const { openRequest, drain } = deferredTasks(silent);
  const done: string[] = [];
  const request = openRequest("r-1", undefined);
  request.answered();
  request.defer(async () => {
    request.defer(async () => void done.push("inner"));
    done.push("outer");
  });
  await drain();
  expect(done).toEqual(["outer", "inner"]);
});

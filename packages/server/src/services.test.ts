import { expect, test } from "vitest";
import { jsonLog, timeOrderedIds } from "./services.ts";

test("ids are UUIDs of version 7 that tell the time", () => {
  const id = timeOrderedIds({ now: () => new Date("2026-11-23T07:00:00.123Z") }).next();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(Date.parse("2026-11-23T07:00:00.123Z"));
});

test("ids ascend within a millisecond, beyond what it can count, and when the clock is set back", () => {
  let time = 1_800_000_000_000;
  const ids = timeOrderedIds({ now: () => new Date(time) });
  const made = Array.from({ length: 10_000 }, () => ids.next());
  time -= 1000;
  made.push(ids.next());
  time += 5000;
  made.push(ids.next());
  expect(made).toEqual([...made].sort());
  expect(new Set(made).size).toBe(made.length);
});

test("the log is one line of JSON for each entry, errors and bigints included", () => {
  const lines: string[] = [];
  const log = jsonLog("info", (line) => lines.push(line));
  log.info("request", { status: 200, rows: 3n });
  log.error("broken", { cause: new RangeError("too\nfar", { cause: new Error("deeper") }) });
  expect(lines.every((line) => !line.includes("\n"))).toBe(true);
  const [first, second] = lines.map((line) => JSON.parse(line));
  expect(first).toMatchObject({ level: "info", message: "request", status: 200, rows: "3" });
  expect(second.cause).toMatchObject({ name: "RangeError", message: "too\nfar", cause: { message: "deeper" } });
});

test.each([
  ["info", ["a", "b"]],
  ["error", ["b"]],
  ["none", []],
] as const)("LOG_LEVEL=%s", (level, expected) => {
  const said: string[] = [];
  const log = jsonLog(level, (line) => said.push(JSON.parse(line).message));
  log.info("a");
  log.error("b");
  expect(said).toEqual(expected);
});

import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { luciaSessions } from "./sessions.ts";

const DAY = 24 * 60 * 60 * 1000;
const START = new Date("2026-01-01T00:00:00Z");
const sessions = luciaSessions();
const daysAfterStart = (days: number) => new Date(START.getTime() + days * DAY);

describe("luciaSessions", () => {
  beforeEach(() => vi.useFakeTimers({ now: START }));
  afterEach(() => vi.useRealTimers());

  it("issues an id for the user and only its SHA-256 for the database", async () => {
    const { sid, hash, userId, expiresAt } = await sessions.issue("user-1", 30);
    expect(sid).toMatch(/^[a-z2-7]{40}$/);
    expect(hash).toBe(createHash("sha256").update(sid).digest("hex"));
    expect(userId).toBe("user-1");
    expect(expiresAt).toEqual(daysAfterStart(30));
  });

  it("knows its own ids by the hash under which they are stored", async () => {
    const { sid, hash } = await sessions.issue("user-1", 30);
    expect(sessions.credential(sid)).toEqual({ kind: "session", hash });
  });

  it("gives every session another id", async () => {
    const issued = await Promise.all(Array.from({ length: 500 }, () => sessions.issue("user-1", 30)));
    expect(new Set(issued.map(({ sid }) => sid)).size).toBe(500);
  });

  it.each([
    "",
    "x",
    "a".repeat(39),
    "a".repeat(41),
    "A".repeat(40),
    "1".repeat(40),
    `${"a".repeat(40)}\n`,
    "%".repeat(40),
  ])("refuses without a hash what is no id: %j", (sid) => {
    expect(sessions.credential(sid)).toEqual({ kind: "session", hash: null });
  });

  it("slides to the full length from half-life on, and not before", async () => {
    const session = await sessions.issue("user-1", 30);
    vi.setSystemTime(daysAfterStart(15).getTime() - 1);
    expect(await sessions.renew(session, 30)).toBeNull();
    vi.setSystemTime(daysAfterStart(15));
    const renewed = await sessions.renew(session, 30);
    expect(renewed).toEqual(daysAfterStart(45));
    expect(await sessions.renew({ ...session, expiresAt: renewed ?? START }, 30)).toBeNull();
  });

  it("does not wake an expired session", async () => {
    const session = await sessions.issue("user-1", 30);
    vi.setSystemTime(daysAfterStart(30).getTime() - 1);
    expect(await sessions.renew(session, 30)).toEqual(new Date(daysAfterStart(60).getTime() - 1));
    vi.setSystemTime(daysAfterStart(30));
    expect(await sessions.renew(session, 30)).toBeNull();
  });

  it("keeps calls that run at once apart", async () => {
    const old = { hash: "old", userId: "user-1", expiresAt: daysAfterStart(1) };
    const young = { hash: "young", userId: "user-2", expiresAt: daysAfterStart(29) };
    const [slid, untouched, issued] = await Promise.all([
      sessions.renew(old, 30),
      sessions.renew(young, 30),
      sessions.issue("user-3", 30),
    ]);
    expect(slid).toEqual(daysAfterStart(30));
    expect(untouched).toBeNull();
    expect(issued.userId).toBe("user-3");
  });

  it("lasts as many days as it is told", async () => {
    expect((await sessions.issue("user-1", 0.5)).expiresAt).toEqual(daysAfterStart(0.5));
  });

  it("follows a change of how long sessions last", async () => {
    const session = await sessions.issue("user-1", 30);
    expect(await sessions.renew(session, 59)).toBeNull();
    expect(await sessions.renew(session, 60)).toEqual(daysAfterStart(60));
    vi.setSystemTime(daysAfterStart(29));
    expect(await sessions.renew(session, 1)).toBeNull();
    vi.setSystemTime(daysAfterStart(29.5));
    expect(await sessions.renew(session, 1)).toEqual(daysAfterStart(30.5));
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses to last %s days", async (days) => {
    await expect(sessions.issue("user-1", days)).rejects.toThrow(RangeError);
    await expect(sessions.renew({ hash: "x", userId: "user-1", expiresAt: START }, days)).rejects.toThrow(RangeError);
  });
});

import { fingerprint } from "@steward/core";
import { describe, expect, it } from "vitest";
import { entityTag, matches, noVersion, versionWanted } from "./etag.ts";

describe("fingerprint", () => {
  it("is the same for the same text, and short", () => {
    expect(fingerprint("abc")).toBe(fingerprint("abc"));
    expect(fingerprint("abc")).toMatch(/^[0-9a-z]{1,11}$/);
  });

  it("tells texts apart that differ in one place, in order or in length", () => {
    const texts = ["", "a", "b", "ab", "ba", "aa", "aaa", "\0", "\0\0", `{"a":1}`, `{"a":2}`];
    expect(new Set(texts.map(fingerprint)).size).toBe(texts.length);
  });

  it("has no collision among 200,000 similar texts", () => {
    const seen = new Set(
      Array.from({ length: 200_000 }, (_, index) => fingerprint(`{"name":"n${index}","version":1}`)),
    );
    expect(seen.size).toBe(200_000);
  });
});

describe("entityTag", () => {
  it("begins with the version, or 0", () => {
    expect(entityTag(7, "x")).toBe(`"7-${fingerprint("x")}"`);
    expect(entityTag(undefined, "x")).toBe(`"0-${fingerprint("x")}"`);
  });
});

describe("matches", () => {
  it.each(['"7-a"', 'W/"7-a"', '"1-b", "7-a"', '"1-b",W/"7-a"', "*", " * "])("%s", (header) => {
    expect(matches(header, '"7-a"')).toBe(true);
  });
  it.each(['"7-b"', "7-a", "", '"*"'])("not %s", (header) => expect(matches(header, '"7-a"')).toBe(false));
});

describe("versionWanted", () => {
  it("reads the version of a tag, which a proxy may have made weak", () => {
    expect(versionWanted('W/"7-a1"')).toBe(7);
    expect(versionWanted('"7-a1"')).toBe(7);
    expect(versionWanted('"7-a1", "7-b2"')).toBe(7);
  });
  it("wants any for *", () => expect(versionWanted("*")).toBeUndefined());
  it.each(["7-a", '"7"', '"x-a"', '""', "", '"99999999999999999999-a"', '"7-a", "8-a"', '"7-a" x'])(
    "can match none for %s",
    (header) => expect(versionWanted(header)).toBe(noVersion),
  );
});

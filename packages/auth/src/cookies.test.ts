import { describe, expect, it } from "vitest";
import { clearedSessionCookie, sessionCookie, sidFromCookies } from "./cookies.ts";

const expiresAt = new Date("2026-03-04T05:06:07Z");

describe("sessionCookie", () => {
  it("is out of reach of scripts and of other sites", () => {
    expect(sessionCookie("abc", { secure: false, expiresAt })).toBe(
      "sid=abc; Path=/; Expires=Wed, 04 Mar 2026 05:06:07 GMT; HttpOnly; SameSite=Lax",
    );
  });

  it("is kept from plain HTTP when told", () => {
    expect(sessionCookie("abc", { secure: true, expiresAt }).split("; ")).toContain("Secure");
  });

  it.each(["", "a;b", "a b", "a,b", "a=b", 'a"b', "a\r\nSet-Cookie: x=y", "é", "%41"])("does not write %j", (sid) => {
    expect(() => sessionCookie(sid, { secure: true, expiresAt })).toThrow(TypeError);
  });
});

describe("clearedSessionCookie", () => {
  it("has the session cookie's attributes, and has expired", () => {
    expect(clearedSessionCookie({ secure: true })).toBe(
      "sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax; Secure",
    );
    expect(clearedSessionCookie({ secure: false })).not.toContain("Secure");
  });
});

describe("sidFromCookies", () => {
  it.each([
    ["sid=abc", "abc"],
    ["a=1; sid=abc; b=2", "abc"],
    ["a=1;sid=abc;b=2", "abc"],
    ["  sid = abc  ", "abc"],
    ["sid=first; sid=second", "first"],
    ["a=%; sid=abc", "abc"],
    ["a=%E0%A4%A; sid=abc", "abc"],
    ["=; ;; =x; sid=abc", "abc"],
    ["__proto__=1; constructor=2; sid=abc", "abc"],
    ["sid=a=b", "a=b"],
    ["sid=%61bc", "%61bc"],
  ])("reads %j", (header, sid) => {
    expect(sidFromCookies(header)).toBe(sid);
  });

  it.each([
    null,
    "",
    ";",
    "=",
    "sid",
    "sid=",
    "sid=; Path=/",
    "SID=abc",
    "xsid=abc",
    "sidx=abc",
    "a=sid=abc",
    "%73id=abc",
  ])("finds nothing in %j", (header) => {
    expect(sidFromCookies(header)).toBeNull();
  });

  it("reads back what sessionCookie wrote", () => {
    const [pair] = sessionCookie("a-b_c", { secure: true, expiresAt }).split(";");
    expect(sidFromCookies(`x=y; ${pair}`)).toBe("a-b_c");
  });

  it("survives noise, and finds only what stands there", () => {
    const pieces = ["sid", "=", ";", " ", "%", "%zz", '"', ",", "\\", "\u0000", "é", "🔑", "x", "sid=abc", "; "];
    for (let round = 0; round < 20_000; round += 1) {
      let header = "";
      for (let count = 0; count < round % 12; count += 1) header += pieces[Math.floor(Math.random() * pieces.length)];
      const sid = sidFromCookies(header);
      if (sid === null) continue;
      const values = header.split(";").map((pair) => /^\s*sid\s*=\s*(.*?)\s*$/s.exec(pair)?.[1]);
      if (!values.includes(sid) || sid === "") expect.fail(JSON.stringify({ header, sid }));
    }
  });

  it("takes time in proportion to a hostile header, not more", () => {
    const start = performance.now();
    expect(sidFromCookies(`${"sid ".repeat(250_000)}${";=".repeat(250_000)}; sid=abc`)).toBe("abc");
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

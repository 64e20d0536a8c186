import { describe, expect, it } from "vitest";
import { sameOrigin } from "./origin.ts";

const own = "https://steward.example";
const post = { method: "POST", secFetchSite: null, own };

describe("sameOrigin", () => {
  it("accepts the server's own origin", () => {
    expect(sameOrigin({ ...post, origin: "https://steward.example" })).toBe(true);
    expect(sameOrigin({ ...post, origin: "https://steward.example", secFetchSite: "same-origin" })).toBe(true);
    expect(sameOrigin({ ...post, origin: "https://steward.example", own: "https://STEWARD.example:443/" })).toBe(true);
  });

  it("accepts requests without an origin, as programs send them", () => {
    expect(sameOrigin({ ...post, origin: null })).toBe(true);
    expect(sameOrigin({ ...post, origin: null, secFetchSite: "none" })).toBe(true);
  });

  it.each([
    "https://evil.example",
    "https://app.steward.example",
    "https://steward.example.evil.example",
    "https://steward.example@evil.example",
    "https://steward.example:8443",
    "http://steward.example",
    "https://evil.example, https://steward.example",
    "https://evil.example https://steward.example",
    "chrome-extension://steward.example",
    "steward.example",
    "null",
    "",
    "https://",
    "%",
  ])("refuses the foreign origin %j", (origin) => {
    expect(sameOrigin({ ...post, origin })).toBe(false);
    expect(sameOrigin({ ...post, origin, secFetchSite: "same-site" })).toBe(false);
    expect(sameOrigin({ ...post, origin, secFetchSite: "same-origin" })).toBe(false);
  });

  it("refuses what the browser calls cross-site, whatever the origin", () => {
    expect(sameOrigin({ ...post, origin: null, secFetchSite: "cross-site" })).toBe(false);
    expect(sameOrigin({ ...post, origin: own, secFetchSite: "cross-site" })).toBe(false);
  });

  it.each(["GET", "HEAD", "OPTIONS"])("lets %s pass, which changes nothing", (method) => {
    expect(sameOrigin({ method, origin: "https://evil.example", secFetchSite: "cross-site", own })).toBe(true);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE", "QUERY", "get", ""])("checks the method %j", (method) => {
    expect(sameOrigin({ method, origin: "https://evil.example", secFetchSite: null, own })).toBe(false);
  });

  it("compares with a bare host, whatever the scheme", () => {
    const behindProxy = { ...post, own: "steward.example" };
    expect(sameOrigin({ ...behindProxy, origin: "https://steward.example" })).toBe(true);
    expect(sameOrigin({ ...behindProxy, origin: "http://steward.example" })).toBe(true);
    expect(sameOrigin({ ...behindProxy, origin: "https://steward.example:8443" })).toBe(false);
    expect(sameOrigin({ ...behindProxy, origin: "https://evil.example" })).toBe(false);
    expect(sameOrigin({ ...behindProxy, origin: "chrome-extension://steward.example" })).toBe(false);
    expect(sameOrigin({ ...post, own: "localhost:3000", origin: "http://localhost:3000" })).toBe(true);
    expect(sameOrigin({ ...post, own: "localhost:3000", origin: "http://localhost:5173" })).toBe(false);
  });

  it.each(["", "null", "https://", "a b"])("refuses every origin when its own is the nonsense %j", (nonsense) => {
    expect(sameOrigin({ ...post, origin: own, own: nonsense })).toBe(false);
    expect(sameOrigin({ ...post, origin: "null", own: nonsense })).toBe(false);
  });
});

import { describe, expect, test } from "vitest";
import { AllowedHosts, isHostPattern } from "./hosts.ts";

describe("a pattern of hosts", () => {
  test.each([
    ["api.example.com"],
    ["localhost"],
    ["10.0.0.1"],
    ["xn--bcher-kva.example"],
    ["*.example.com"],
    ["*.a.b.example.com:8443"],
    ["api.example.com:1"],
    ["api.example.com:65535"],
    [`${"a".repeat(63)}.example`],
  ])("may be %s", (text) => {
    expect(isHostPattern(text)).toBe(true);
  });

  test.each([
    [""],
    ["*"],
    ["*.com"],
    ["*.*.example.com"],
    ["api.*.com"],
    ["*example.com"],
    [".example.com"],
    ["example.com."],
    ["-a.example.com"],
    ["a-.example.com"],
    ["a..example.com"],
    ["a_b.example.com"],
    ["bücher.example"],
    ["https://api.example.com"],
    ["api.example.com/v1"],
    ["user@api.example.com"],
    ["api.example.com:"],
    ["api.example.com:0"],
    ["api.example.com:080"],
    ["api.example.com:65536"],
    ["api.example.com:8443:1"],
    ["api.example.com\n"],
    ["api.example.com "],
    ["[::1]"],
    [`${"a".repeat(64)}.example`],
    [`${"a.".repeat(127)}aa`],
  ])("may not be %j", (text) => {
    expect(isHostPattern(text)).toBe(false);
  });
});

test("a list is in small letters, sorted, and names each host once", () => {
  expect(AllowedHosts.parse(["b.example", "API.example.com", "api.EXAMPLE.com"])).toEqual([
    "api.example.com",
    "b.example",
  ]);
});

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { equalInConstantTime, sha3Hex, sha256Hex } from "./digest.ts";

describe("sha256Hex", () => {
  it.each(["", "abc", "é 🔑", "x".repeat(1000)])("is the SHA-256 of the text in UTF-8: %.10s", (text) => {
    expect(sha256Hex(text)).toBe(createHash("sha256").update(text).digest("hex"));
  });
});

describe("sha3Hex", () => {
  it.each(["", "abc", "é 🔑", "x".repeat(1000)])("is the SHA3-256 of the text in UTF-8: %.10s", (text) => {
    expect(sha3Hex(text)).toBe(createHash("sha3-256").update(text).digest("hex"));
  });
});

describe("equalInConstantTime", () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);

  it("tells equal bytes", () => {
    expect(equalInConstantTime(bytes(), bytes())).toBe(true);
    expect(equalInConstantTime(bytes(1, 2, 255), bytes(1, 2, 255))).toBe(true);
  });

  it("sees a difference at any place", () => {
    expect(equalInConstantTime(bytes(9, 2, 3), bytes(1, 2, 3))).toBe(false);
    expect(equalInConstantTime(bytes(1, 9, 3), bytes(1, 2, 3))).toBe(false);
    expect(equalInConstantTime(bytes(1, 2, 9), bytes(1, 2, 3))).toBe(false);
  });

  it("does not take a beginning for the whole", () => {
    expect(equalInConstantTime(bytes(1, 2), bytes(1, 2, 3))).toBe(false);
    expect(equalInConstantTime(bytes(1, 2, 3), bytes(1, 2))).toBe(false);
    expect(equalInConstantTime(bytes(1, 0), bytes(1))).toBe(false);
  });
});

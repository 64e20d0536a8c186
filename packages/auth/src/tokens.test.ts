import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { apiTokens } from "./tokens.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const tokens = apiTokens();

describe("apiTokens", () => {
  it("issues tokens that it recognises, under the SHA-256 of the text", () => {
    const { value, hash, hint } = tokens.issue();
    expect(value).toMatch(/^stw_[0-9A-Za-z]{49}$/);
    expect(hash).toBe(createHash("sha256").update(value).digest("hex"));
    expect(hint).toBe(value.slice(-4));
    expect(tokens.credential(value)).toEqual({ kind: "token", hash });
  });

  it("ends in zlib's CRC-32 of what stands before", () => {
    for (let round = 0; round < 200; round += 1) {
      const { value } = tokens.issue();
      const checksum = [...value.slice(-6)].reduce((sum, character) => sum * 62 + ALPHABET.indexOf(character), 0);
      expect(checksum).toBe(crc32(value.slice(0, -6)));
    }
  });

  it("keeps recognising the tokens of earlier versions", () => {
    expect(tokens.credential(`stw_${"0".repeat(43)}0yfseI`).hash).not.toBeNull();
  });

  it("never accepts a token with one character changed, wherever and to whatever", () => {
    for (let round = 0; round < 3; round += 1) {
      const { value } = tokens.issue();
      for (let index = 0; index < value.length; index += 1) {
        for (const character of `${ALPHABET}_-. \n\u0000é`) {
          if (character === value[index]) continue;
          const changed = value.slice(0, index) + character + value.slice(index + 1);
          if (tokens.credential(changed).hash !== null) expect.fail(`${changed} passed for ${value}`);
        }
      }
    }
  });

  it("never accepts a token with two neighbours exchanged, one character lost or one added", () => {
    for (let round = 0; round < 50; round += 1) {
      const { value } = tokens.issue();
      for (let index = 0; index < value.length; index += 1) {
        const before = value.slice(0, index);
        const [here = "", next = ""] = value.slice(index);
        const variants = [before + next + here + value.slice(index + 2), before + value.slice(index + 1)];
        variants.push(before + ALPHABET[round] + value.slice(index));
        for (const variant of variants) {
          if (variant !== value && tokens.credential(variant).hash !== null) expect.fail(`${variant} for ${value}`);
        }
      }
    }
  });

  it.each([
    "",
    "stw_",
    "x",
    "STW_",
    "null",
    "a".repeat(40),
    `stw_${"0".repeat(49)}`,
    `stw_${"z".repeat(49)}`,
    "0".repeat(1e6),
  ])("refuses garbage without a hash: %.20s", (value) => {
    expect(tokens.credential(value)).toEqual({ kind: "token", hash: null });
  });

  it("refuses a good token with anything around it", () => {
    const { value } = tokens.issue();
    for (const changed of [` ${value}`, `${value} `, `${value}\n`, value + value, value.toLowerCase()]) {
      expect(tokens.credential(changed).hash).toBeNull();
    }
  });

  it("draws every character equally often at every place", () => {
    const rounds = 3000;
    const counts = new Map<string, number>();
    for (let round = 0; round < rounds; round += 1) {
      for (const character of tokens.issue().value.slice(4, 47)) {
        counts.set(character, (counts.get(character) ?? 0) + 1);
      }
    }
    const expected = (rounds * 43) / 62;
    const chiSquared = [...ALPHABET].reduce((sum, c) => sum + ((counts.get(c) ?? 0) - expected) ** 2 / expected, 0);
    // 61 degrees of freedom: beyond 150 once in 10^9 runs. Taking a byte modulo 62 without rejection gives thousands.
    expect(chiSquared).toBeLessThan(150);
  });

  it("does not repeat itself", () => {
    expect(new Set(Array.from({ length: 1000 }, () => tokens.issue().value)).size).toBe(1000);
  });
});

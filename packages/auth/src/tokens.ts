import type { Tokens } from "@steward/core";
import { sha256Hex } from "./digest.ts";

const PREFIX = "stw_";
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 62^43 is just above 2^256: as much chance as 32 random bytes. */
const RANDOM_LENGTH = 43;
/** 62^6 is above 2^32: any CRC-32 fits. */
const CHECKSUM_LENGTH = 6;
const HINT_LENGTH = 4;
const CHECKSUM_START = PREFIX.length + RANDOM_LENGTH;
const TOKEN = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`);

const CRC_TABLE = crcTable();

/**
 * API tokens: `stw_`, 43 random characters of base62, and 6 characters of base62 with the CRC-32 of all before them.
 *
 * The prefix and the checksum let secret scanners find leaked tokens without false alarms, and let the server refuse
 * mistyped and invented ones without asking the database. The checksum is no secret and protects nothing else.
 */
export function apiTokens(): Tokens {
  return {
    issue() {
      const body = PREFIX + randomCharacters(RANDOM_LENGTH);
      const value = body + checksumOf(body);
      return { value, hash: sha256Hex(value), hint: value.slice(-HINT_LENGTH) };
    },
    credential(value) {
      return { kind: "token", hash: isToken(value) ? sha256Hex(value) : null };
    },
  };
}

function isToken(value: string): boolean {
  return TOKEN.test(value) && value.slice(CHECKSUM_START) === checksumOf(value.slice(0, CHECKSUM_START));
}

function randomCharacters(count: number): string {
  // The largest multiple of 62 in a byte: bytes from there on would make the first characters likelier.
  const limit = 256 - (256 % ALPHABET.length);
  let text = "";
  while (text.length < count) {
    for (const byte of crypto.getRandomValues(new Uint8Array(count - text.length))) {
      if (byte < limit) text += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return text;
}

function checksumOf(text: string): string {
  let rest = crc32(text);
  let checksum = "";
  for (let position = 0; position < CHECKSUM_LENGTH; position += 1) {
    checksum = ALPHABET.charAt(rest % ALPHABET.length) + checksum;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return checksum;
}

/** CRC-32 as in zlib and PNG. `text` is ASCII. */
function crc32(text: string): number {
  let register = 0xffffffff;
  for (let index = 0; index < text.length; index += 1) {
    register = (register >>> 8) ^ (CRC_TABLE[(register ^ text.charCodeAt(index)) & 0xff] ?? 0);
  }
  return (register ^ 0xffffffff) >>> 0;
}

function crcTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let register = byte;
    for (let bit = 0; bit < 8; bit += 1) register = register & 1 ? (register >>> 1) ^ 0xedb88320 : register >>> 1;
    return register;
  });
}

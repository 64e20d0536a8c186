import { randomBytes } from "node:crypto";

/** 32 letters and digits that nobody mistakes for one another. */
const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

/** A password with 100 random bits, in groups that can be read aloud. */
export function randomPassword(): string {
  const letters = Array.from(randomBytes(20), (byte) => alphabet.charAt(byte % alphabet.length));
  return [0, 5, 10, 15].map((start) => letters.slice(start, start + 5).join("")).join("-");
}

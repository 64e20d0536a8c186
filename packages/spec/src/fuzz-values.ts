import type { Random } from "./random.ts";

/** A request as plain data, so that a failing one can be printed. */
export interface Attack {
  readonly door: "rest" | "trpc";
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** JSON text as it stands, for what JSON.stringify would not write. */
class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export const hostileTexts: readonly string[] = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\udfffx",
  "x".repeat(300),
  "x".repeat(5000),
  "'; drop table users; --",
  '" OR 1=1 --',
  "{}",
  "null",
  "true",
  "-1",
  "0x10",
  "1e3",
  "9".repeat(400),
  "../../etc/passwd",
  "ada:sales:sales",
  ":",
  "::::",
  "user:",
  "team:user:ada",
  "*",
  "superusers",
  "__proto__",
  "constructor",
  "\u202e\u0000\uffff",
  "🐳".repeat(100),
  "A\u0301".repeat(50),
  "2026-13-45T99:99:99Z",
  "2026-03-01",
  "+275760-09-13T00:00:00.001Z",
  "AAAA.0000000000000000",
  "%00%zz",
  "NEAR(a b)",
  'a" AND principals:superusers',
  "^*()[]{}",
];

const longText = "y".repeat(300_000);

const hostileJson: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => -1,
  () => 0,
  () => 1.5,
  () => 2 ** 53,
  () => -(2 ** 63),
  () => new Raw("1e999"),
  () => new Raw("-0"),
  () => new Raw("123456789012345678901234567890"),
  () => [],
  () => [[]],
  () => ({}),
  () => new Raw('{"__proto__":{"admin":true}}'),
  () => new Raw('{"constructor":{"prototype":{"admin":true}}}'),
  () => new Raw('{"a":1,"a":2}'),
  () => new Raw(`${"[".repeat(40)}${"]".repeat(40)}`),
  () => new Raw(`${"[".repeat(3000)}${"]".repeat(3000)}`),
  () => new Raw(`${'{"a":'.repeat(33)}1${"}".repeat(33)}`),
  () => Array(1000).fill("x"),
  () => Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, index])),
  () => ({ "": 1, "a.b": 2, "\0": 3 }),
  () => ({ toString: 1, valueOf: 2, hasOwnProperty: 3 }),
  () => longText,
  () => ({ data: longText }),
  () => ["read", "read", "write", "chat"],
  () => ({ json: 1, meta: 2 }),
];

/** Something that an input should bear with. */
export const hostileInput = (random: Random): unknown =>
  random.chance(0.5) ? random.one(hostileTexts) : random.one(hostileJson)();

/** JSON, with raw pieces as they stand. */
export function wire(value: unknown): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map(wire).join(",")}]`;
  if (typeof value === "object" && value !== null && !(value instanceof Date))
    return `{${Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => `${JSON.stringify(key)}:${wire(inner)}`)
      .join(",")}}`;
  return JSON.stringify(value) ?? "null";
}

/** A text as part of an address; half a surrogate, which has no encoding, as bytes that are no UTF-8. */
export function encode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return "%ED%A0%80";
  }
}

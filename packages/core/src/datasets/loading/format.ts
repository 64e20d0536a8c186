import type { Format } from "./order.ts";

/** The format that a media type or a file's name tells, and the delimiter that goes with it; null where neither does. */
export function declaredFormat(
  type: string | null,
  name: string | null,
): { readonly format: Format; readonly delimiter?: string } | null {
  const told = byType.get(type ?? "") ?? byEnding.get(/\.(\w+)$/.exec(name ?? "")?.[1]?.toLowerCase() ?? "");
  return told ?? null;
}

const csv = { format: "csv" } as const;
const tabs = { format: "csv", delimiter: "\t" } as const;
const lines = { format: "ndjson" } as const;
const json = { format: "json" } as const;
type Told = { readonly format: Format; readonly delimiter?: string };

const byType = new Map<string, Told>([
  ["text/csv", csv],
  ["application/csv", csv],
  ["text/tab-separated-values", tabs],
  ["application/x-ndjson", lines],
  ["application/ndjson", lines],
  ["application/jsonl", lines],
  ["application/x-jsonlines", lines],
]);
const byEnding = new Map<string, Told>([
  ["csv", csv],
  ["tsv", tabs],
  ["tab", tabs],
  ["ndjson", lines],
  ["jsonl", lines],
  ["json", json],
]);

/** Marks of an encoding, the zeros of one with two bytes a character, and blanks. */
const passedOver = new Set([0xef, 0xbb, 0xbf, 0xfe, 0xff, 0x00, 0x09, 0x0a, 0x0d, 0x20]);
const formatByCharacter = new Map<number, Format>([
  [0x5b, "json"],
  [0x7b, "ndjson"],
]);

/** The format that the first character which is no blank tells; undefined where there are only such. */
export function sniffed(chunk: Uint8Array): Format | undefined {
  const first = chunk.find((byte) => !passedOver.has(byte));
  return first === undefined ? undefined : (formatByCharacter.get(first) ?? "csv");
}

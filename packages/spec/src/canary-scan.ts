import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { isStewardError } from "@steward/core";

/** A value that stands nowhere by chance, and looks different in every encoding. */
export function newCanary(): string {
  const part = () =>
    Buffer.from(crypto.getRandomValues(new Uint8Array(18)))
      .toString("base64")
      .replaceAll(/\W/g, "0");
  return `${part()} +/&?=${part()}ü`;
}

const chunk = 8;
const chunksOf = (text: string): string[] =>
  Array.from({ length: Math.floor(text.length / chunk) }, (_, index) => text.slice(index * chunk, (index + 1) * chunk));

/** What stands in the base64 of anything that holds these bytes, wherever in it they begin. */
const base64Within = (bytes: Buffer, encoding: "base64" | "base64url"): string[] =>
  [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString(encoding)
      .replaceAll("=", "");
    return text.slice(before === 0 ? 0 : 4, -2);
  });

/**
 * Every form in which the canary is looked for, in pieces, so that a part of it is found as well, and one that the pages
 * of a file cut in two. By the name of the form.
 */
function piecesOf(canary: string): ReadonlyMap<string, readonly Buffer[]> {
  const parts = canary.split(/[^A-Za-z0-9]+/).filter((part) => part !== "");
  const plain = parts.flatMap(chunksOf);
  const hex = plain.map((text) => Buffer.from(text).toString("hex"));
  const within = (encoding: "base64" | "base64url") =>
    parts.flatMap((part) => base64Within(Buffer.from(part), encoding)).flatMap(chunksOf);
  const digest = createHash("sha256").update(canary);
  const forms: Readonly<Record<string, readonly string[]>> = {
    plain,
    base64: within("base64"),
    base64url: within("base64url"),
    hex: [...hex, ...hex.map((text) => text.toUpperCase())],
    "URL-encoded": hex.flatMap((text) => [text, text.toUpperCase()]).map((text) => text.replaceAll(/../g, "%$&")),
    "SHA-256": (["hex", "base64", "base64url"] as const).map((encoding) => digest.copy().digest(encoding)),
  };
  const found = Object.entries(forms).map(([name, texts]) => [name, texts.map((text) => Buffer.from(text))] as const);
  return new Map([...found, ["UTF-16", plain.map((text) => Buffer.from(text, "utf16le"))]]);
}

/** Looks for one canary. `look` answers with the forms in which it stands there. */
export function scannerOf(canary: string) {
  const forms = [...piecesOf(canary)];
  return {
    look(there: string | Uint8Array): string[] {
      const bytes = typeof there === "string" ? Buffer.from(there) : Buffer.from(there);
      return forms.filter(([, pieces]) => pieces.some((piece) => bytes.includes(piece))).map(([name]) => name);
    },
  };
}

/** Anything as text, with whatever an error, a header or a byte would tell. */
export function tell(value: unknown): string {
  const seen = new Set<unknown>();
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === "bigint") return String(inner);
    if (typeof inner === "object" && inner !== null) {
      if (seen.has(inner)) return undefined;
      seen.add(inner);
    }
    if (inner instanceof Headers || inner instanceof Map) return [...inner];
    if (inner instanceof Error) {
      const { name, message, stack, cause } = inner;
      // The cause of one of ours is for the log alone, which is looked through for itself.
      return { ...inner, name, message, stack, ...(!isStewardError(inner) && { cause }) };
    }
    return inner;
  });
}

/** The bytes of a database: its file, and what lies beside it. */
export const databaseFiles = (path: string): { readonly name: string; readonly bytes: Uint8Array }[] =>
  ["", "-wal", "-shm", "-journal"]
    .filter((suffix) => existsSync(path + suffix))
    .map((suffix) => ({ name: `the database's file${suffix}`, bytes: readFileSync(path + suffix) }));

import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEncryptionKeys, WrongVariable } from "@steward/server/variables";
import type { EncryptionKey } from "@steward/vault";
import type { Env } from "./env.ts";

/** That there are keys, or a place to keep one. Throws a WrongVariable. */
export function requireEncryptionKeys({ STEWARD_ENCRYPTION_KEYS: given, DATABASE_URL: url }: Env): void {
  if (given || databaseFile(url) !== null) return;
  throw new WrongVariable("STEWARD_ENCRYPTION_KEYS is required with a database that is not a file");
}

/**
 * The keys of the environment. An embedded database that is given none gets one, made once and kept beside it, in a file
 * that only the server's user may read. Throws a WrongVariable.
 */
export function encryptionKeys({ STEWARD_ENCRYPTION_KEYS: given, DATABASE_URL: url }: Env): readonly EncryptionKey[] {
  if (given) return given;
  const path = join(dirname(databaseFile(url) ?? ""), "encryption-keys");
  const keys = parseEncryptionKeys((readIfThere(path) ?? make(path)).trim());
  if (!keys) throw new WrongVariable(`STEWARD_ENCRYPTION_KEYS is not set, and ${path} holds no keys`);
  return keys;
}

/** Where an embedded database lies, or null for one that is reached over the network. */
export function databaseFile(url: string): string | null {
  if (!url.startsWith("file:")) return null;
  return url.startsWith("file://") ? fileURLToPath(url) : resolve(url.slice("file:".length));
}

/**
 * Under its name the file appears at once and whole, so neither a kill nor a second process can leave two keys. The id is
 * random: a key that is lost and the one made in its place are not taken for the same.
 */
function make(path: string): string {
  const draft = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(draft, `${randomBytes(4).toString("hex")}:${randomBytes(32).toString("base64")}\n`, {
    mode: 0o600,
    flush: true,
  });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, "utf8");
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

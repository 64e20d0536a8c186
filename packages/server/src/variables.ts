import type { EncryptionKey } from "@steward/vault";
import * as z from "zod";
import { type LogLevel, logLevels } from "./json-log.ts";

/** A variable of the environment is wrong. The message is one line that names it, and never holds a secret. */
export class WrongVariable extends Error {
  override readonly name = "WrongVariable";
}

type Variables = Readonly<Record<string, unknown>>;

/** The variables of a schema, checked. One that is empty counts as not set. Throws a {@link WrongVariable}. */
export function readVariables<Schema extends z.ZodObject>(schema: Schema, given: Variables): z.output<Schema> {
  const present = Object.keys(schema.shape).flatMap((name) => {
    const value = given[name];
    return typeof value === "string" && value !== "" ? [[name, value]] : [];
  });
  const parsed = schema.safeParse(Object.fromEntries(present));
  if (parsed.success) return parsed.data;
  throw new WrongVariable(parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; "));
}

/** A text that `parse` understands. `rule` completes the sentence that begins with the variable's name. */
export const understood = <Value>(rule: string, parse: (text: string) => Value | undefined) =>
  z.string({ error: rule }).transform((text, context): Value => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: rule });
    return z.NEVER;
  });

/** The rule of STEWARD_ENCRYPTION_KEYS, for a message. */
export const encryptionKeysRule =
  "must be `id:key` pairs with commas between, newest first, each key 32 bytes in base64: 2026a:$(openssl rand -base64 32)";

/** `id:base64,...`, or undefined when it is anything else. */
export function parseEncryptionKeys(text: string): readonly EncryptionKey[] | undefined {
  const keys = text.split(",").map((pair) => {
    const [, id = "", encoded = ""] = /^\s*([\w-]{1,32}):([A-Za-z0-9+/]{43}=)\s*$/.exec(pair) ?? [];
    return { id, key: Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)) };
  });
  const ids = new Set(keys.map(({ id }) => id));
  return ids.has("") || ids.size < keys.length ? undefined : keys;
}

/** The origin of the text when it is a web address without a path, or undefined. */
function parseOrigin(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
  return plain ? url.origin : undefined;
}

const parseLogLevel = (text: string): LogLevel | undefined => logLevels.find((level) => level === text);

/** The variables that every platform has, except for those of the database. */
export const commonVariables = {
  STEWARD_BASE_URL: understood(
    "must be the address that people use, without a path, such as https://steward.example",
    parseOrigin,
  ).optional(),
  LOG_LEVEL: understood(`must be one of ${logLevels.join(", ")}`, parseLogLevel).default("info"),
};

/** The variables of an edge, which reaches its database over HTTP and has no disk to keep a key on. */
export const edgeVariables = z.object({
  DATABASE_URL: understood(
    "is required: a database that is reached over the network, libsql:, https: or http:",
    (text) => (/^(?:libsql|https?):\/\/\S+$/.test(text) && URL.canParse(text) ? text : undefined),
  ),
  DATABASE_AUTH_TOKEN: z.string().optional(),
  STEWARD_ENCRYPTION_KEYS: understood(encryptionKeysRule, parseEncryptionKeys),
  ...commonVariables,
});

import { toStewardError } from "./errors.ts";
import type { Log } from "./ports.ts";

/** Logs what nobody outside may know: the cause of an `internal`. Other errors are the caller's own affair. */
export function logCause(log: Log, thrown: unknown, fields: Readonly<Record<string, unknown>>): void {
  const error = toStewardError(thrown);
  if (error.code === "internal") log.error("internal error", { ...fields, cause: describe(error.cause ?? error) });
}

/** The messages of these hold code and names. Others may quote the input, or the parameters of a statement. */
const tellingNames = new Set([
  "StewardError",
  "DatabaseError",
  "VaultError",
  "TypeError",
  "RangeError",
  "ReferenceError",
]);
const deepestCause = 5;

/** What may be logged of an error: never the input, and never what a statement was given. */
function describe(thrown: unknown, depth = 0): unknown {
  if (!(thrown instanceof Error)) return { name: typeof thrown };
  const { name, message, cause } = thrown;
  const code = "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined;
  return {
    name,
    ...(code !== undefined && { code }),
    ...(tellingNames.has(name) && { message }),
    ...("issues" in thrown && Array.isArray(thrown.issues) && { issues: thrown.issues.map(placeOf) }),
    stack: thrown.stack
      ?.split("\n")
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .join("\n"),
    ...(cause !== undefined && depth < deepestCause && { cause: describe(cause, depth + 1) }),
  };
}

/** Where an answer does not fit its schema, without what stood there. */
const placeOf = (issue: unknown): unknown => {
  const { code, path } = issue as { readonly code?: unknown; readonly path?: unknown };
  return { code, path };
};

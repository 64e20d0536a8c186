import type { Log } from "@steward/core";

/** What is logged: all that happens, only what fails, or nothing. */
export const logLevels = ["info", "error", "none"] as const;
export type LogLevel = (typeof logLevels)[number];

/** One line of JSON for each entry, handed to `write` without its line break. */
export function jsonLog(level: LogLevel, write: (line: string) => void): Log {
  const at = (name: "info" | "error"): Log["info"] => {
    if (level === "none" || (level === "error" && name === "info")) return () => undefined;
    return (message, fields) =>
      write(JSON.stringify({ time: new Date().toISOString(), level: name, message, ...fields }, readable));
  };
  return { info: at("info"), error: at("error") };
}

/** JSON has no words for these: an error would be `{}`, a bigint would throw. */
function readable(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return { name, message, stack, cause };
}

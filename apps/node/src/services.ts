import type { Log, Services } from "@steward/core";
import type { Executor } from "@steward/db";
import { createServices, jsonLog } from "@steward/server/services";
import { encryptionKeys } from "./encryption-keys.ts";
import type { Env } from "./env.ts";

/** One line of JSON on the standard output for each entry, as LOG_LEVEL wants. */
export const openLog = ({ LOG_LEVEL: level }: Env): Log =>
  jsonLog(level, (line) => {
    process.stdout.write(`${line}\n`);
  });

/** What the core needs, on this machine. Throws a WrongVariable. */
export function openServices(env: Env, executor: Executor): Services {
  // Nothing is encrypted yet, but who starts without keys should learn it now.
  encryptionKeys(env);
  return createServices({ executor, log: openLog(env) });
}

import type { Log, Services } from "@steward/core";
import type { Executor } from "@steward/db";
import { createServices, jsonLog } from "@steward/server/services";
import type { EncryptionKey } from "@steward/vault";
import type { Env } from "./env.ts";

/** One line of JSON on the standard output for each entry, as LOG_LEVEL wants. */
export const openLog = ({ LOG_LEVEL: level }: Env): Log =>
  jsonLog(level, (line) => {
    process.stdout.write(`${line}\n`);
  });

/** What the core needs, on this machine. Without keys, for what neither encrypts nor decrypts. */
export const openServices = (env: Env, executor: Executor, keys: readonly EncryptionKey[] = []): Services =>
  createServices({ executor, log: openLog(env), keys });

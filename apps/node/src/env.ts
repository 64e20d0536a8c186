import { bucketVariables } from "@steward/server/blob-store";
import { imageModelVariables } from "@steward/server/image-model";
import {
  commonVariables,
  encryptionKeysRule,
  parseEncryptionKeys,
  readVariables,
  understood,
} from "@steward/server/variables";
import * as z from "zod";
import { type ClientAddress, trustedProxy } from "./client-address.ts";

const parsePort = (text: string): number | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;

const parseDatabaseUrl = (text: string): string | undefined =>
  /^file:.+|^(?:libsql|https?):\/\/\S+$/.test(text) ? text : undefined;

const username = /^[a-z0-9][a-z0-9._-]{0,62}$/;
const usernameRule = "must be 1 to 63 of a-z, 0-9, dot, underscore and hyphen, beginning with a letter or digit";
const passwordRule = "must have 10 to 256 characters";
const seeds = ["demo", "none"] as const;

const variables = z.object({
  PORT: understood("must be a whole number from 0 to 65535", parsePort).default(8787),
  HOST: z.string().trim().default("127.0.0.1"),
  DATABASE_URL: understood("must begin with file:, libsql:, https: or http:", parseDatabaseUrl).default(
    "file:.data/steward.db",
  ),
  DATABASE_AUTH_TOKEN: z.string().optional(),
  STEWARD_BLOBS: z.string().trim().optional(),
  STEWARD_ENCRYPTION_KEYS: understood(encryptionKeysRule, parseEncryptionKeys).optional(),
  STEWARD_ADMIN_USERNAME: z
    .string()
    .regex(username, usernameRule)
    .refine((name) => name !== "user" && name !== "team", "must not be `user` or `team`, which begin ids")
    .default("admin"),
  STEWARD_ADMIN_PASSWORD: z.string().min(10, passwordRule).max(256, passwordRule).optional(),
  STEWARD_SEED: z.enum(seeds, { error: `must be ${seeds.join(" or ")}` }).default("demo"),
  STEWARD_TRUSTED_PROXY: understood<ClientAddress>(
    "must be how many proxies stand in front of the server, such as 1, or their addresses, such as 10.0.0.0/8,127.0.0.1",
    trustedProxy,
  ).optional(),
  ...bucketVariables,
  ...imageModelVariables,
  ...commonVariables,
});

/** The environment, checked. */
export type Env = z.output<typeof variables>;

/** Reads the environment once. Throws a WrongVariable, which names every variable that is wrong. */
export const readEnv = (environment: NodeJS.ProcessEnv): Env => readVariables(variables, environment);

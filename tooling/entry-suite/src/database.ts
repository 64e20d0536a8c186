import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type HranaServer, startHranaServer } from "@steward/hrana";

const main = fileURLToPath(new URL("../../../apps/node/src/main.ts", import.meta.url));

export interface SeededDatabase {
  readonly server: HranaServer;
  readonly adminPassword: string;
  /** What an edge is given to reach it. */
  readonly variables: Readonly<Record<"DATABASE_URL" | "DATABASE_AUTH_TOKEN" | "STEWARD_ENCRYPTION_KEYS", string>>;
  close(): Promise<void>;
}

/** A libSQL server over HTTP with the demo world in it, made as a deployment would: by the command line. */
export async function seededDatabase(): Promise<SeededDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "steward-entry-"));
  const token = randomBytes(16).toString("hex");
  const adminPassword = randomBytes(16).toString("hex");
  const server = await startHranaServer({ path: join(folder, "steward.db"), token });
  const variables = {
    DATABASE_URL: server.url,
    DATABASE_AUTH_TOKEN: token,
    STEWARD_ENCRYPTION_KEYS: `1:${randomBytes(32).toString("base64")}`,
  };
  const env = { PATH: process.env.PATH, ...variables, STEWARD_ADMIN_PASSWORD: adminPassword };
  for (const command of ["migrate", "seed"]) {
    await promisify(execFile)(process.execPath, [main, command], { cwd: folder, env });
  }
  return {
    server,
    adminPassword,
    variables,
    async close() {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

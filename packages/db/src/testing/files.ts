import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A folder of its own for the running test, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "steward-db-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const temporaryFile = (): string => join(temporaryFolder(), "test.db");

/** Writes migrations as drizzle-kit does; each entry is one migration's text. */
export function writeMigrations(folder: string, migrations: readonly string[]): string {
  mkdirSync(join(folder, "meta"), { recursive: true });
  const entries = migrations.map((_, idx) => ({
    idx,
    version: "6",
    when: 1000 + idx,
    tag: `000${idx}`,
    breakpoints: true,
  }));
  writeFileSync(join(folder, "meta", "_journal.json"), JSON.stringify({ version: "7", dialect: "sqlite", entries }));
  for (const { idx, tag } of entries) writeFileSync(join(folder, `${tag}.sql`), migrations[idx] ?? "");
  return folder;
}

/** Runs a file of this folder in a process of its own and returns the JSON it printed. Rejects unless it exits with 0. */
export async function runProcess<Report>(file: string, ...args: readonly string[]): Promise<Report> {
  const script = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  if (code !== 0) throw new Error(`${file} ended with ${code}: ${errors}`);
  return JSON.parse(output) as Report;
}

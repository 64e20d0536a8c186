import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";

/** What the command line of SQLite does with the same file, as the measure of what is possible. */

const table = `create table records (id integer, customer text, city text, category text, status text, quantity integer,
  price real, discount real, active text, ordered text, shipped text, note text);`;

export const grouping =
  "select category, status, count(*), sum(quantity), avg(price) from records group by category, status";

/** Installs the command line where it is missing. */
export function requireSqlite3(): string {
  try {
    return version();
  } catch {
    execFileSync("apt-get", ["update", "-qq"]);
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "sqlite3"]);
    return version();
  }
}

const version = () => execFileSync("sqlite3", ["--version"], { encoding: "utf8" }).split(" ")[0] ?? "";

/** Milliseconds that `.import` takes, into a typed table of a new database. */
export function importWithSqlite3(database: string, csv: string): number {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(database + suffix, { force: true });
  const began = performance.now();
  execFileSync("sqlite3", [database], { input: `${table}\n.mode csv\n.import --skip 1 ${csv} records\n` });
  return performance.now() - began;
}

/** Milliseconds that a statement takes, by the command line's own timer. */
export function timeWithSqlite3(database: string, sql: string): number {
  const input = `.timer on\n.output /dev/null\n${sql};\n`;
  const printed = execFileSync("sqlite3", [database], { input, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] });
  const [, seconds] = /real ([\d.]+)/.exec(printed) ?? [];
  if (seconds === undefined) throw new Error(`No timer in what sqlite3 printed: ${printed}`);
  return Number(seconds) * 1000;
}

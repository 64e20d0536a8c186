import { parseArgs } from "node:util";
import { WrongVariable } from "@steward/server/variables";
import { type Env, readEnv } from "./env.ts";
import { Failure } from "./failure.ts";

const usage = `Usage: steward [command]

  start                  migrate, make the first user and the demo world on an empty database, serve (the default)
  serve                  serve only
  migrate                bring the database up to date
  seed                   make the first user and the demo world on an empty database
  admin reset-password   give a user a new random password and end its sessions
    --username <name>      the user; STEWARD_ADMIN_USERNAME unless told
  token create           make an API token
    --username <name>      whose it is
    --read-only            good for reading only
    --expires <when>       12h, 30d, 8w or a date such as 2027-06-30; never unless told
    --notes <text>         what it is for
  pull <folder>          write a server's assistants into a folder, as files; \`pull --help\` says more
  push <folder>          make a server's assistants what the folder says; \`push --help\` says more
  keys rotate            encrypt secrets with the newest of STEWARD_ENCRYPTION_KEYS, while servers go on
  audit verify           check that nobody has changed the audit trail; exit code 1 where somebody has
    --expect <row>         that it still holds this row, as an earlier check printed it
  blobs check            compare the store of files and images with the database; exit code 1 where they differ
    --mend                 remove what no row names, and put wrong counts right
  help                   show this

Variables are described in README.md.`;

class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}

interface Command {
  readonly options?: NonNullable<Parameters<typeof parseArgs>[0]>["options"];
  run(env: Env, given: Readonly<Record<string, string | boolean | undefined>>): Promise<void>;
}

const text = { type: "string" } as const;

const commands: Readonly<Record<string, Command>> = {
  start: { run: async (env) => (await import("./serve.ts")).start(env) },
  serve: { run: async (env) => (await import("./serve.ts")).serveOnly(env) },
  migrate: { run: async (env) => (await import("./operator.ts")).migrateDatabase(env) },
  seed: { run: async (env) => (await import("./operator.ts")).seedDatabase(env) },
  "admin reset-password": {
    options: { username: text },
    run: async (env, { username = env.STEWARD_ADMIN_USERNAME }) =>
      (await import("./operator.ts")).resetPassword(env, String(username)),
  },
  "token create": {
    options: { username: text, "read-only": { type: "boolean" }, expires: text, notes: text },
    run: async (env, { username, "read-only": readOnly = false, expires, notes }) => {
      if (typeof username !== "string") throw new WrongUsage("`token create` needs --username");
      const expiresAt = expires === undefined ? null : momentOf(String(expires));
      const token = {
        username,
        readOnly: readOnly === true,
        expiresAt,
        notes: notes === undefined ? null : String(notes),
      };
      await (await import("./operator.ts")).createToken(env, token);
    },
  },
  "keys rotate": { run: async (env) => (await import("./keys.ts")).rotateKeys(env) },
  "audit verify": {
    options: { expect: text },
    run: async (env, { expect }) => {
      const { parseSealed, verifyAudit } = await import("./audit.ts");
      const expected = expect === undefined ? undefined : parseSealed(String(expect));
      if (expect !== undefined && !expected)
        throw new WrongUsage(`--expect: ${expect} is no row as \`audit verify\` prints it`);
      await verifyAudit(env, expected);
    },
  },
  "blobs check": {
    options: { mend: { type: "boolean" } },
    run: async (env, { mend = false }) => (await import("./check-blobs.ts")).checkStore(env, mend === true),
  },
  help: { run: async () => console.log(usage) },
};

/** Commands that speak to a server as any client does: they want none of the variables with which one is run. */
const remote = ["pull", "push"];

/** Runs what the arguments ask for and answers with the exit code. A server goes on after that. */
export async function run(all: readonly string[]): Promise<number> {
  const given = all.filter((argument) => argument !== "--");
  if (remote.includes(given[0] ?? "")) {
    const streams = { input: process.stdin, output: process.stdout, errors: process.stderr };
    return (await import("./as-code/command.ts")).runAsCode(given, process.env, streams);
  }
  try {
    const { command, values } = parse(given);
    if (command === commands.help) console.log(usage);
    else await command.run(readEnv(process.env), values);
    return 0;
  } catch (error) {
    if (error instanceof WrongUsage) {
      console.error(`${error.message}\n\n${usage}`);
      return 2;
    }
    console.error(error instanceof Failure || error instanceof WrongVariable ? error.message : error);
    return 1;
  }
}

function parse(given: readonly string[]) {
  if (given.includes("--help") || given.includes("-h")) return { command: commands.help as Command, values: {} };
  const words = given.slice(0, given.findIndex((argument) => argument.startsWith("-")) >>> 0);
  const name = words.join(" ") || "start";
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new WrongUsage(`Unknown command: ${name}`);
  try {
    const { values } = parseArgs({ args: given.slice(words.length), options: command.options ?? {} });
    return { command, values: values as Readonly<Record<string, string | boolean | undefined>> };
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

const unitHours: Readonly<Record<string, number>> = { h: 1, d: 24, w: 7 * 24 };

function momentOf(when: string): Date {
  const [, count, unit = ""] = /^(\d{1,5})([hdw])$/.exec(when) ?? [];
  const hours = Number(count) * (unitHours[unit] ?? Number.NaN);
  const date = count === undefined ? dateOf(when) : new Date(Date.now() + hours * 60 * 60 * 1000);
  if (!date || date.getTime() <= Date.now()) throw new WrongUsage(`--expires: ${when} is no moment in the future`);
  return date;
}

function dateOf(text: string): Date | undefined {
  const date = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?$/.test(text) ? new Date(text) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}

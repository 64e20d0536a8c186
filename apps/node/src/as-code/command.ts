import { parseArgs } from "node:util";
import { Failure, sayings } from "../failure.ts";
import { readConnection, WrongConnection } from "./connection.ts";
import { type Console, openConsole, type Streams } from "./console.ts";
import { isNaturalId } from "./layout.ts";
import { pull } from "./pull.ts";
import { push } from "./push.ts";
import { openServer } from "./server.ts";

const usage = `Usage: steward pull <folder> [options]    write the server's assistants into a folder
       steward push <folder> [options]    make the server's assistants what the folder says

  --url <address>        which server; STEWARD_URL unless told
  --only <owner:slug>    only this assistant; may be given again
  --dry-run              show what would be done, and do nothing
  --prune                pull: remove the files of assistants that the server does not have
                         push: delete assistants that the folder does not have, of the owners that it has
  --yes                  push: do not ask; needed where there is no terminal
  --json                 the plan for programs
  --timeout <seconds>    how long an answer may take; 60 unless told

The variable STEWARD_TOKEN holds an API token of the server.

Exit codes: 0 done, or nothing to do; 1 it failed, or was not wanted; 2 wrong usage;
3 with --dry-run: there is something to do.`;

class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}

const options = {
  url: { type: "string" },
  timeout: { type: "string" },
  only: { type: "string", multiple: true },
  "dry-run": { type: "boolean" },
  prune: { type: "boolean" },
  yes: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

function parse(given: readonly string[]) {
  // Its value would stand in the message of an unknown one.
  if (given.some((argument) => /^--token\b/.test(argument)))
    throw new WrongUsage("A token is no argument, for others could read it: put it into the variable STEWARD_TOKEN");
  try {
    return parseArgs({ args: [...given], options, allowPositionals: true });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

/** `pull` or `push` with its arguments; answers with the exit code. */
export async function runAsCode(
  [command = "", ...given]: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
  streams: Streams,
): Promise<number> {
  const console = openConsole(streams, variables.STEWARD_TOKEN?.trim());
  try {
    const { values, positionals } = parse(given);
    if (values.help) {
      console.say(usage);
      return 0;
    }
    return await perform(command, positionals, values, variables, console);
  } catch (error) {
    return failed(error, console);
  }
}

type Values = ReturnType<typeof parse>["values"];

async function perform(
  command: string,
  [folder, ...more]: readonly string[],
  values: Values,
  variables: Readonly<Record<string, string | undefined>>,
  console: Console,
): Promise<number> {
  if (!folder || more.length > 0) throw new WrongUsage(`\`${command}\` needs one folder`);
  const { only = [], "dry-run": dryRun = false, prune = false, json = false, yes = false } = values;
  const odd = only.find((name) => !isNaturalId(name));
  if (odd !== undefined) throw new WrongUsage(`--only: ${odd} is no \`owner:slug\``);
  const connection = readConnection(values, variables);
  const server = openServer(connection, console.note);
  const wishes = { folder, only, dryRun, prune, json };
  if (command === "push") return push(server, console, { ...wishes, yes, url: connection.url });
  if (yes) throw new WrongUsage("`pull` never asks: it has no --yes");
  return pull(server, console, wishes);
}

function failed(error: unknown, console: Console): number {
  if (error instanceof WrongUsage || error instanceof WrongConnection) {
    console.note(`${error.message}\n\n${usage}`);
    return 2;
  }
  if (error instanceof Failure) console.note(error.message);
  else if (error instanceof Error) console.note("syscall" in error ? sayings(error) : String(error.stack));
  else console.note(String(error));
  return 1;
}

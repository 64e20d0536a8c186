import { readFile } from "node:fs/promises";
import type { Console } from "./console.ts";
import { Folder } from "./folder.ts";
import { schemaFile } from "./layout.ts";
import { type Pulled, type PullWishes, planPull } from "./pull-plan.ts";
import type { Server } from "./server.ts";
import { tally } from "./tally.ts";

export interface PullOptions extends PullWishes {
  readonly folder: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** For a dry run that has found something to do. */
export const changesAhead = 3;

/** Makes the folder what the server holds, and answers with the exit code. */
export async function pull(server: Server, console: Console, options: PullOptions): Promise<number> {
  const folder = await Folder.open(options.folder, { create: true });
  const plan = await planPull(server, folder, options);
  const files = new Map([...(await schemaChange(folder)), ...plan.flatMap((one) => [...one.files])]);
  console.say(options.json ? planAsJson(plan, files, options) : planAsText(plan, files));
  if (options.dryRun) return files.size > 0 ? changesAhead : 0;
  for (const [path, text] of files) await (text === null ? folder.remove(path) : folder.write(path, text));
  return 0;
}

const schema = new URL("../../../../docs/assistant-document.schema.json", import.meta.url);

/** Beside the documents lies what they are, so that an editor knows it without a network. */
async function schemaChange(folder: Folder): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(schema, "utf8");
  const there = await folder.read(schemaFile);
  return new Map("text" in there && there.text.replaceAll("\r\n", "\n") === text ? [] : [[schemaFile, text]]);
}

const notes: Readonly<Partial<Record<Pulled["action"], string>>> = {
  leave: "not on the server, or not yours to see; --prune removes its files",
  remove: "not on the server, or not yours to see",
};

type Files = ReadonlyMap<string, string | null>;

function planAsText(plan: readonly Pulled[], files: Files): string {
  const lines = plan
    .filter(({ action }) => action !== "unchanged")
    .flatMap(({ naturalId, action, files, reason, leftBehind }) => [
      `${action.padEnd(7)} ${naturalId}: ${reason ?? notes[action] ?? [...files.keys()].join(", ")}`,
      ...leftBehind.map((line) => `        left behind: ${line}`),
    ]);
  return [
    ...(files.has(schemaFile) ? [`write   ${schemaFile}`] : []),
    ...lines,
    tally(plan.map(({ action }) => action)),
  ].join("\n");
}

function planAsJson(plan: readonly Pulled[], files: Files, { dryRun }: PullOptions): string {
  const entries = plan.map((one) => ({ ...one, files: [...one.files.keys()] }));
  return JSON.stringify(
    { command: "pull", dryRun, changes: files.size > 0, files: [...files.keys()], plan: entries },
    null,
    2,
  );
}

import { Failure } from "../failure.ts";
import type { Console } from "./console.ts";
import { Folder } from "./folder.ts";
import { type Problem, problemLine } from "./problem.ts";
import { changesAhead } from "./pull.ts";
import { type FolderRead, readFolder } from "./push-folder.ts";
import { isChange, planImports, planRemovals, type Step } from "./push-plan.ts";
import { failureText, planAsJson, planAsText, type Results, secretLines } from "./push-text.ts";
import { Refused } from "./refusal.ts";
import type { Server } from "./server.ts";

export interface PushOptions {
  readonly folder: string;
  readonly url: string;
  /** None for all. */
  readonly only: readonly string[];
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly prune: boolean;
  readonly json: boolean;
}

/** Makes the server hold what the folder does, and answers with the exit code. */
export async function push(server: Server, console: Console, options: PushOptions): Promise<number> {
  const found = await readFolder(await Folder.open(options.folder, { create: false }), options.only);
  const { steps, problems } = await planOf(server, found, options);
  const results: Results = new Map();
  try {
    if (problems.length > 0) throw new Failure([...problems.map(problemLine), "Nothing was done."].join("\n"));
    if (!options.json) console.say(planAsText(steps));
    const changes = steps.filter(isChange);
    for (const line of secretLines(steps)) console.note(line);
    if (options.dryRun) return changes.length > 0 ? changesAhead : 0;
    if (changes.length > 0 && !options.yes) await consent(console, steps, options);
    await perform(server, changes, results);
    if (!options.json && changes.length > 0) console.say("Done.");
    return 0;
  } finally {
    if (options.json) console.say(planAsJson({ steps, problems, results }, options));
  }
}

interface Planned {
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
}

async function planOf(server: Server, { places, reads, problems }: FolderRead, options: PushOptions): Promise<Planned> {
  const { folder, only, prune } = options;
  if (problems.length > 0) return { steps: [], problems };
  if (places.length === 0) throw new Failure(`There is no <owner>/<slug>/assistant.yaml in ${folder}`);
  const planned = await planImports(server, reads);
  const held = new Set(places.map(({ naturalId }) => naturalId));
  const owners = [...new Set(places.map(({ owner }) => owner))];
  const removals = prune && planned.problems.length === 0 ? await planRemovals(server, owners, held) : [];
  const wanted = removals.filter(({ naturalId }) => only.length === 0 || only.includes(naturalId));
  const steps = [...planned.imports, ...wanted];
  const missing = only.filter((name) => !held.has(name) && !wanted.some(({ naturalId }) => naturalId === name));
  if (missing.length > 0) throw new Failure(`Not in the folder: ${missing.join(", ")}`);
  return { steps, problems: planned.problems };
}

async function consent(console: Console, steps: readonly Step[], { url, json }: PushOptions): Promise<void> {
  if (json) console.note(planAsText(steps));
  const answer = await console.confirm(`Do this at ${url}?`);
  if (answer === null)
    throw new Failure(
      "Nothing was done: nobody can be asked without a terminal. Say --yes, or --dry-run to see the plan alone",
    );
  if (!answer) throw new Failure("Nothing was done.");
}

/** One after the other, for each may need those before it. Throws a Failure that says how far it has come. */
async function perform(server: Server, changes: readonly Step[], results: Results): Promise<void> {
  for (const step of changes) {
    try {
      if ("document" in step) await server.import(step.document, { dryRun: false });
      else await server.delete(step.listed);
      results.set(step, "done");
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof Failure)) throw error;
      results.set(step, "failed");
      throw new Failure(failureText(changes, results, error));
    }
  }
}

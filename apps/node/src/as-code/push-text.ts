import { changeLines, newLines } from "./changes-text.ts";
import type { Problem } from "./problem.ts";
import { isChange, type Step } from "./push-plan.ts";
import { Refused } from "./refusal.ts";
import { tally } from "./tally.ts";

/** What has become of a step; one that is not there has not been tried. */
export type Results = Map<Step, "done" | "failed">;

const indented = (lines: readonly string[]) => lines.map((line) => `    ${line}`);

/** Ids of assistants in the folder are nothing to a reader: there stand their natural ids. */
function withNames(steps: readonly Step[]): (line: string) => string {
  const names = steps.flatMap((step) =>
    "document" in step && step.id !== null ? [[step.id, step.naturalId] as const] : [],
  );
  const known = new Map(names);
  return (line) => line.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => known.get(id) ?? id);
}

function linesOf(step: Step): readonly string[] {
  if (!("document" in step)) {
    const why = step.action === "keep" ? ": not in the folder, but you may not delete it" : "";
    return [`${step.action.padEnd(6)} ${step.naturalId}${why}`];
  }
  const { action, naturalId, changes, waitsFor } = step;
  if (action === "unchanged") return [];
  const after = waitsFor.length > 0 ? ` (after ${waitsFor.join(", ")})` : "";
  return [
    `${action} ${naturalId}${after}`,
    ...indented(action === "create" ? newLines(changes) : changeLines(changes)),
  ];
}

/** The plan as people read it: every change, and how many there are of each kind. */
export const planAsText = (steps: readonly Step[]): string =>
  [...steps.flatMap(linesOf).map(withNames(steps)), tally(steps.map(({ action }) => action))].join("\n");

/** What a push cannot bring. */
export const secretLines = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap((step) =>
    "document" in step && step.missingSecrets.length > 0
      ? [`${step.naturalId} needs secrets that you must set by hand: ${step.missingSecrets.join(", ")}`]
      : [],
  );

/** How far a push has come that could not go on. */
export function failureText(changes: readonly Step[], results: Results, error: Error): string {
  const named = (steps: readonly Step[]) => steps.map(({ action, naturalId }) => `${action} ${naturalId}`).join(", ");
  const having = (result: "done" | "failed" | undefined) => changes.filter((step) => results.get(step) === result);
  const [done, left] = [having("done"), having(undefined)];
  const misfits = error instanceof Refused ? error.misfits.map(({ path, message }) => `\n    ${path}: ${message}`) : [];
  return [
    `Failed: ${named(having("failed"))}: ${error.message}${misfits.join("")}`,
    `Done: ${done.length > 0 ? named(done) : "nothing"}`,
    ...(left.length > 0 ? [`Not done: ${named(left)}`] : []),
    "What is done stays; a second push goes on from there.",
  ].join("\n");
}

/** The plan for programs, and what has become of it. */
export function planAsJson(
  { steps, problems, results }: { steps: readonly Step[]; problems: readonly Problem[]; results: Results },
  { url, dryRun }: { readonly url: string; readonly dryRun: boolean },
): string {
  const plan = steps.map((step) => {
    const { naturalId, action } = step;
    const result = isChange(step) ? (results.get(step) ?? "not done") : null;
    if (!("document" in step)) return { naturalId, action, result };
    const { changes, waitsFor, missingSecrets } = step;
    return { naturalId, action, result, changes, waitsFor, missingSecrets };
  });
  return JSON.stringify({ command: "push", url, dryRun, changes: steps.some(isChange), problems, plan }, null, 2);
}

import { StewardError } from "./errors.ts";
import { isRefusal } from "./gate.ts";

/** A step of a commit that did not hold: its place among the commit's statements. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";
  readonly step: number;

  constructor(step: number) {
    super(`Step ${step} of the commit did not hold`);
    this.step = step;
  }
}

/** The request was sent before, under the same key: its first answer is kept. */
export class AnsweredBefore extends Error {
  override readonly name = "AnsweredBefore";
}

/**
 * SQLite has no raise() outside of triggers, but quotes a bad JSON path in its error: so the reason travels with the
 * abort. Undefined when the message is about something else.
 */
export function toRefusal(message: string): StewardError | StepFailed | AnsweredBefore | undefined {
  const reason = /'refused:(\w+)'/.exec(message)?.[1];
  if (reason === undefined) return undefined;
  if (/^\d+$/.test(reason)) return new StepFailed(Number(reason));
  if (reason === "replay") return new AnsweredBefore();
  return isRefusal(reason) ? new StewardError(reason) : undefined;
}

import type { Statement } from "@steward/db";
import type { Step } from "./context.ts";
import { StewardError } from "./errors.ts";
import { keeperOf } from "./idempotency.ts";
import { mustHit, type Query, type Values } from "./statement.ts";

/**
 * Each write is followed by a check that it hit; `places` says where each step's own result stands. `once` also keeps
 * what the steps give.
 */
export function layOut(
  steps: readonly Step[],
  statement: (query: Query<unknown>, values: Values) => Statement,
  once: boolean,
) {
  const statements: Statement[] = [];
  const places = steps.map((step, index) => {
    const { mode, query } = step;
    const values = { ...step.values, step: String(index) };
    const keeper = once && mode !== "guard" ? keeperOf(query) : undefined;
    if (mode === "read" && keeper) return statements.push(statement(keeper, values)) - 1;
    const place = statements.push(statement(query, values)) - 1;
    if (mode === "write" && step.miss !== "ignore") statements.push(statement(mustHit, values));
    return keeper ? statements.push(statement(keeper, values)) - 1 : place;
  });
  return { statements, places };
}

/** What it means that this step did not hold. */
export function failureOf(step: Step | undefined): StewardError {
  if (step?.mode === "guard") return step.otherwise;
  const miss = step?.mode === "write" ? step.miss : undefined;
  return miss instanceof StewardError ? miss : new StewardError("not_found");
}

import type { Statement } from "@steward/db";
import type { Needs } from "./access.ts";
import type { Step } from "./context.ts";
import { StewardError } from "./errors.ts";
import { mustHit, type Query, rawQuery, type Values } from "./statement.ts";

const trails = new WeakMap<Needs, Query<never>>();

/** The audit row. It stands before the writes, for after them the row may be gone or bear another name. */
export function auditTrail(needs: Needs): Query<never> {
  let query = trails.get(needs);
  if (!query) {
    query = rawQuery(`insert into audit (at, user_id, token_id, operation, subject, details)
      select :now, coalesce(c.user_id, :actor), c.token_id, :operation, coalesce(:made, ${needs.on?.resource.id ?? "null"}),
        :details
      from (select 1) left join credentials c on c.hash = :credential`);
    trails.set(needs, query);
  }
  return query;
}

/** Each write is followed by a check that it hit; `places` says where each step's own result stands. */
export function layOut(steps: readonly Step[], statement: (query: Query<unknown>, values: Values) => Statement) {
  const statements: Statement[] = [];
  const places = steps.map((step, index) => {
    const place = statements.push(statement(step.query, { ...step.values, step: String(index) })) - 1;
    if (step.mode === "write" && step.miss !== "ignore") {
      statements.push(statement(mustHit, { step: String(index) }));
    }
    return place;
  });
  return { statements, places };
}

/** What it means that this step did not hold. */
export function failureOf(step: Step | undefined): StewardError {
  if (step?.mode === "guard") return step.otherwise;
  const miss = step?.mode === "write" ? step.miss : undefined;
  return miss instanceof StewardError ? miss : new StewardError("not_found");
}

import type { Needs } from "../access.ts";
import { type Query, rawQuery } from "../statement.ts";
import { append } from "./chain.ts";

const trails = new WeakMap<Needs, Map<string, Query<never>>>();

/**
 * The statement that appends what a request does to the trail. It stands before the writes, for after them the row may be
 * gone or bear another name. `found` is SQL for an object of JSON that joins the details.
 */
export function auditTrail(needs: Needs, sealing: boolean, found = ""): Query<never> {
  const known = trails.get(needs) ?? new Map<string, Query<never>>();
  trails.set(needs, known);
  const key = `${sealing} ${found}`;
  let query = known.get(key);
  if (!query) {
    query = rawQuery(build(needs, sealing, found));
    known.set(key, query);
  }
  return query;
}

/** The revision of an assistant as it is; of a draft, the one that it began from. */
const revisionOf = (assistantId: string) => `(select coalesce(a.base_revision,
    (select max(r.number) from revisions r where r.assistant_id = a.id)) from assistants a where a.id = ${assistantId})`;

function build({ on }: Needs, sealing: boolean, found: string): string {
  const { id = "null", assistant = "null", name } = on?.resource ?? {};
  const entry = `select :now as at, coalesce(c.user_id, :actor) as user_id, c.token_id, :operation as operation,
      coalesce(:made, subject_id) as subject, nullif(coalesce(:ofAssistant, ${assistant}), '') as assistant_id,
      ${name === "assistant" ? revisionOf("subject_id") : "null"} as revision,
      ${found ? `json_patch(coalesce(:details, '{}'), ${found})` : ":details"} as details
    from named left join credentials c on c.hash = :credential`;
  return append(entry, sealing, `named as materialized (select ${id} as subject_id), `);
}

import { granted, principalId, principalReference } from "../access.ts";
import { operation } from "../operation.ts";
import { listOf } from "../pages.ts";
import { defined } from "../records.ts";
import { Moment, PrincipalReference, page, paging, text } from "../schemas.ts";
import { AuditEntry, auditColumns } from "./schema.ts";

/**
 * Rows are read in the order in which they were written, and the moments in them are those of several clocks: so far
 * apart, at most, that a row which was written later may bear an earlier one.
 */
const skew = 60 * 60 * 1000;

const filters = {
  operation: "audit.operation = :ofOperation",
  userId: `audit.user_id = ${principalId(":ofName", ":ofKind")}`,
  subject: "audit.subject = :ofSubject",
  from: `audit.at >= :from and audit.number >
    coalesce((select number from audit where at < :from - ${skew} order by at desc limit 1), 0)`,
  to: `audit.at < :to and audit.number <
    coalesce((select number from audit where at >= :to + ${skew} order by at limit 1), ${Number.MAX_SAFE_INTEGER})`,
};
type Filter = keyof typeof filters;

const entriesBy = (given: readonly Filter[]) =>
  listOf({
    columns: auditColumns,
    from: "audit",
    where: given.map((name) => filters[name]).join(" and ") || "true",
    key: "audit.number",
    descending: true,
  });

/** One for each choice of filters, so that each finds its index. */
const lists = new Map<string, ReturnType<typeof entriesBy>>();

function listBy(given: readonly Filter[]) {
  const key = given.join();
  const known = lists.get(key) ?? entriesBy(given);
  lists.set(key, known);
  return known;
}

export const list = operation({
  http: "GET /audit",
  rel: "inf:audit",
  summary: "All that was done, newest first",
  needs: granted("tenant:superuser", "read"),
  input: {
    ...paging,
    operation: text(100, 1).optional().meta({ description: "`assistants.update`" }),
    userId: PrincipalReference.optional().meta({ description: "What this user did" }),
    subject: text(100, 1).optional().meta({ description: "What was done to the row of this id" }),
    from: Moment.optional().meta({ description: "From this moment on" }),
    to: Moment.optional().meta({ description: "Before this moment" }),
  },
  output: page(AuditEntry),
  items: { rel: "inf:activity" },
  run(ctx, { operation: ofOperation, userId, subject: ofSubject, from, to, ...asked }) {
    const given = defined({ operation: ofOperation, userId, subject: ofSubject, from, to });
    const [ofName, ofKind] = principalReference(userId ?? "");
    const values = { ofOperation, ofName, ofKind, ofSubject, from: from?.getTime(), to: to?.getTime() };
    return listBy(Object.keys(given) as Filter[])(ctx, asked, values);
  },
});

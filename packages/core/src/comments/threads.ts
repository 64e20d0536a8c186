import { asCaller, levelWithDrafts, me, comments as resource } from "../access.ts";
import type { Context } from "../context.ts";
import { StewardError } from "../errors.ts";
import { idempotent } from "../idempotency.ts";
import { operation } from "../operation.ts";
import { last } from "../records.ts";
import { page, paging, versioned } from "../schemas.ts";
import { guard, rawWrite } from "../statement.ts";
import { mentioning } from "./mentions.ts";
import { Comment, toComment } from "./schema.ts";
import {
  commentKey,
  commentsList,
  given,
  insertComment,
  itsAssistant,
  itsThread,
  mostReplies,
  onComment,
  one,
  orderedBy,
  roomForReply,
  roomIn,
} from "./statements.ts";

/** All of a thread are for the same readers, so that who may read the one that is named may read them. */
const ofThread = commentsList(`comments.parent_id = ${itsThread}`);

export const replies = operation({
  http: "GET /comments/{id}/replies",
  rel: "inf:replies",
  summary: "List the replies of the thread in which a comment stands",
  needs: onComment("read", "read"),
  input: { ...commentKey, ...paging, sort: orderedBy("createdAt", "-createdAt") },
  output: page(Comment),
  items: { rel: "inf:comment", at: "/comments/{id}" },
  run: (ctx, { id: _resolved, ...input }) => ofThread(ctx, input),
});

const room = roomIn(itsAssistant);

export const reply = operation({
  http: "POST /comments/{id}/replies",
  summary: "Reply in the thread in which a comment stands",
  description: `Threads are one level deep: what answers a reply stands behind it. At most ${mostReplies} a thread.`,
  needs: onComment("comment", "write"),
  input: { ...commentKey, ...idempotent, ...given },
  output: Comment,
  errors: ["conflict"],
  run: async (ctx, { message, mentions }) => {
    const { names, guards } = mentioning(mentions, "inReply");
    const id = ctx.newId();
    const results = await ctx.commit(
      [...guards, room(), roomForReply(), insertComment({ id, message, names, at: ctx.now }, "reply")],
      { details: { commentId: id } },
    );
    const [row] = last(results);
    if (!row) throw new StewardError("internal");
    return toComment(row, await ctx.facts());
  },
});

const beginsThread = guard(`(select parent_id from comments where id = ${resource.id}) is null`);
/** Its author, and who may write the assistant. */
export const authorOrEditor = guard(`(select user_id from comments where id = ${resource.id}) = ${me}
  or (with ${asCaller} select ${levelWithDrafts(itsAssistant)}) >= 2`);

const changing = (set: string) => `update comments set ${set} version = version + 1, updated_at = :now
  where id = ${resource.id} and resolved_at is`;
const setResolved = rawWrite(`${changing(`resolved_at = :now, resolved_by = ${me},`)} null`);
const setOpen = rawWrite(`${changing("resolved_at = null, resolved_by = null,")} not null`);

/** What is so already stays as it is. */
const settling = (change: typeof setOpen) => async (ctx: Context) => {
  const reply = new StewardError("conflict", {
    message: "This is a reply: resolve the comment that begins its thread",
  });
  const steps = [
    authorOrEditor({}, new StewardError("forbidden")),
    beginsThread({}, reply),
    change({}),
    one({}),
  ] as const;
  const [row] = last(await ctx.commit(steps));
  if (!row) throw new StewardError("not_found");
  return toComment(row, await ctx.facts());
};

const settled = {
  needs: onComment("resolve", "write"),
  input: { ...commentKey, ...versioned },
  output: Comment,
  errors: ["forbidden", "conflict", "version_mismatch"],
} as const;

export const resolve = operation({
  ...settled,
  http: "POST /comments/{id}/_resolve",
  rel: "inf:resolve",
  summary: "Say that what a comment asks for is done",
  description: "Its author may, and who may write the assistant. One that is resolved stays as it is.",
  linked: ({ resolvedAt }) => resolvedAt === null,
  run: settling(setResolved),
});

export const reopen = operation({
  ...settled,
  http: "POST /comments/{id}/_reopen",
  rel: "inf:reopen",
  summary: "Say that a comment is not done with after all",
  description: "Its author may, and who may write the assistant. One that is open stays as it is.",
  linked: ({ resolvedAt }) => resolvedAt !== null,
  run: settling(setOpen),
});

import { tables } from "@steward/db";
import { eq, sql } from "drizzle-orm";
import {
  asCaller,
  assistants,
  levelWithDrafts,
  me,
  readAssistant,
  comments as resource,
  writeAsReader,
} from "../access.ts";
import { assistantKey } from "../assistants/schema.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { idempotent } from "../idempotency.ts";
import { operation } from "../operation.ts";
import { last } from "../records.ts";
import { Nothing, page, paging, versioned } from "../schemas.ts";
import { guard, type Places, write } from "../statement.ts";
import { mentionedIds, mentioning } from "./mentions.ts";
import { Comment, columns, fields, toComment } from "./schema.ts";
import {
  commentId,
  commentKey,
  commentsList,
  given,
  insertComment,
  mostOfAssistant,
  onComment,
  one,
  orderedBy,
  roomIn,
} from "./statements.ts";
import { authorOrEditor } from "./threads.ts";

export { reopen, replies, reply, resolve } from "./threads.ts";

const { comments } = tables;

const ofAssistants = commentsList(`comments.assistant_id = ${assistants.id} and comments.parent_id is null
  and (not comments.editors_only or (with ${asCaller} select ${levelWithDrafts(assistants.id)}) >= 2)`);

export const list = operation({
  http: "GET /assistants/{id}/comments",
  rel: "inf:comments",
  summary: "List what is said about an assistant, without the replies",
  description: "What was said about a draft is listed, after its commit, for those who may write the assistant.",
  needs: readAssistant,
  input: { ...assistantKey, ...paging, sort: orderedBy("-createdAt", "createdAt") },
  output: page(Comment),
  items: { rel: "inf:comment", at: "/comments/{id}" },
  run: (ctx, { id: _resolved, ...input }) => ofAssistants(ctx, input),
});

const room = roomIn(assistants.id);

export const create = operation({
  http: "POST /assistants/{id}/comments",
  summary: "Say something about an assistant that you may use",
  description: `At most ${mostOfAssistant} an assistant, replies included. On a draft: for its editors, also after the commit.`,
  needs: writeAsReader("comment"),
  input: { ...assistantKey, ...idempotent, ...given },
  output: Comment,
  errors: ["conflict"],
  run: async (ctx, { message, mentions }) => {
    const { names, guards } = mentioning(mentions, "onAssistant");
    const id = ctx.newId();
    const results = await ctx.commit(
      [...guards, room(), insertComment({ id, message, names, at: ctx.now }, "comment")],
      { details: { commentId: id } },
    );
    const [row] = last(results);
    if (!row) throw new StewardError("internal");
    return toComment(row, await ctx.facts());
  },
});

export const get = operation({
  http: "GET /comments/{id}",
  summary: "Read a comment",
  needs: onComment("read", "read"),
  input: commentKey,
  output: Comment,
  run: async (ctx) => {
    const [[row], facts] = await Promise.all([ctx.read(one({})), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return toComment(row, facts);
  },
});

interface Changes {
  readonly message: string | null;
  /** Of those who are mentioned, as JSON. */
  readonly names: string | null;
  readonly at: Date;
}

const newMessage = fragment<string>("coalesce(:message, message)");
const newMentions = fragment<string[]>(`iif(:names is null, mentions, ${mentionedIds})`);

const change = write((database, places: Places<Changes>) =>
  database
    .update(comments)
    .set({
      message: newMessage,
      mentions: newMentions,
      editedAt: sql`iif(message = ${newMessage} and mentions = ${newMentions}, edited_at, ${sql.param(places.at, comments.editedAt)})`,
      updatedAt: sql`${sql.param(places.at, comments.updatedAt)}`,
      version: sql`version + 1`,
    })
    .where(eq(comments.id, commentId))
    .returning(columns),
);

const ofAuthor = guard(`(select user_id from comments where id = ${resource.id}) = ${me}`);

export const update = operation({
  http: "PUT /comments/{id}",
  summary: "Change what you have said",
  description: "Only the keys that are given. Nobody else may, superusers included.",
  needs: onComment("write", "write"),
  input: { ...commentKey, ...versioned, message: fields.message.optional(), mentions: fields.mentions.optional() },
  output: Comment,
  errors: ["forbidden", "version_mismatch"],
  run: async (ctx, { message = null, mentions }) => {
    const { names, guards } = mentioning(mentions ?? [], "inChange");
    const changes = { message, names: mentions ? names : null, at: ctx.now };
    const results = await ctx.commit([ofAuthor({}, new StewardError("forbidden")), ...guards, change(changes)]);
    const [row] = last(results);
    if (!row) throw new StewardError("not_found");
    return toComment(row, await ctx.facts());
  },
});

const remove = write((database) => database.delete(comments).where(eq(comments.id, commentId)));

const remove_ = operation({
  http: "DELETE /comments/{id}",
  summary: "Delete a comment of yours, or as who may write the assistant any, with its replies",
  needs: onComment("delete", "write"),
  input: { ...commentKey, ...versioned },
  output: Nothing,
  errors: ["forbidden", "version_mismatch"],
  run: async (ctx) => {
    await ctx.commit([authorOrEditor({}, new StewardError("forbidden")), remove({})]);
  },
});

export { remove_ as delete };

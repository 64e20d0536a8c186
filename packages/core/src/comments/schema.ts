import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Facts } from "../gate.ts";
import { scopeBits } from "../grants.ts";
import { parsed } from "../records.ts";
import { embedded, Id, Moment, PrincipalId, PrincipalReference, text, Version } from "../schemas.ts";

const { comments } = tables;

/** What its author may set. */
export const fields = {
  message: text(10_000, 1),
  mentions: z
    .array(PrincipalReference)
    .max(20)
    .meta({ description: "Users to whom it speaks, by name; each must be one who may read it" }),
};

const Author = z
  .object({ username: z.string(), displayName: z.string() })
  .meta({ id: "Author", description: "Who has written a comment" });

export const Comment = z
  .object({
    id: Id,
    assistantId: Id,
    parentId: Id.nullable().meta({ description: "On a reply: the comment that begins its thread" }),
    message: z.string(),
    userId: PrincipalId.nullable().meta({ description: "Its author; null once there is no such user any more" }),
    user: embedded("inf:user", Author.nullable()),
    mentions: z.array(PrincipalId),
    editorsOnly: z.boolean().meta({ description: "Whether it was made on a draft, and is for those who may write" }),
    replyCount: z.int(),
    resolvedAt: Moment.nullable(),
    resolvedBy: PrincipalId.nullable(),
    editedAt: Moment.nullable().meta({ description: "When its author last changed what it says" }),
    permissions: z.object({ write: z.boolean(), delete: z.boolean(), resolve: z.boolean() }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "Comment", description: "What somebody says about an assistant, or answers to that" });

const user = <T>(value: string, column: string) =>
  sql<T | null>`${sql.raw(`(select ${value} from principals p where p.id = comments.${column})`)}`;

/** The columns of an answer, for `select` and `returning` alike. */
export const columns = {
  id: comments.id,
  assistantId: comments.assistantId,
  parentId: comments.parentId,
  message: comments.message,
  userId: user<string>("'user:' || p.name", "user_id"),
  user: user<{ username: string; displayName: string }>(
    "json_object('username', p.name, 'displayName', p.display_name)",
    "user_id",
  ).mapWith(parsed<{ username: string; displayName: string } | null>),
  author: sql<string | null>`comments.user_id`,
  mentions: sql<string[]>`(select json_group_array('user:' || p.name order by m.key)
    from json_each(comments.mentions) m cross join principals p on p.id = m.value)`.mapWith(parsed<string[]>),
  editorsOnly: sql<boolean>`(comments.editors_only
    or (select a.editing_id from assistants a where a.id = comments.assistant_id) is not null)`.mapWith(Boolean),
  replyCount: sql<number>`(select count(*) from comments r where r.parent_id = comments.id)`,
  resolvedAt: comments.resolvedAt,
  resolvedBy: user<string>("'user:' || p.name", "resolved_by"),
  editedAt: comments.editedAt,
  version: comments.version,
  createdAt: comments.createdAt,
  updatedAt: comments.updatedAt,
};

interface Row {
  readonly author: string | null;
  readonly parentId: string | null;
}

/** A row with what a caller may do with it. */
export function toComment<R extends Row>({ author, ...row }: R, { userId, level, scopes }: Facts) {
  const writes = (scopes & scopeBits.write) !== 0;
  const own = writes && author === userId;
  const editor = writes && level >= 2;
  return {
    ...row,
    permissions: { write: own, delete: own || editor, resolve: row.parentId === null && (own || editor) },
  };
}

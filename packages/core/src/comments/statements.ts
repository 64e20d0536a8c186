import { tables } from "@steward/db";
import { eq } from "drizzle-orm";
import * as z from "zod";
import { level, me, ofAssistant, comments as resource } from "../access.ts";
import { assistantId } from "../assistants/schema.ts";
import type { Context } from "../context.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { listOf, type PageInput, withItems } from "../pages.ts";
import { Reference } from "../schemas.ts";
import { guard, type Places, read, write } from "../statement.ts";
import { mentionedIds } from "./mentions.ts";
import { columns, fields, toComment } from "./schema.ts";

const { comments } = tables;

export const commentKey = { id: Reference.meta({ description: "The comment's UUID" }) };
export const commentId = fragment<string>(resource.id);
export const onComment = (action: string, scope: "read" | "write") => level(resource, 1, action, scope, ofAssistant);

/** What a new comment is given with. */
export const given = { message: fields.message, mentions: fields.mentions.default([]) };

/** Its assistant, and the comment that begins its thread: of the comment that the request names. */
export const itsAssistant = `(select assistant_id from comments where id = ${resource.id})`;
export const itsThread = `(select coalesce(parent_id, id) from comments where id = ${resource.id})`;

type Order = "createdAt" | "-createdAt";
export const orderedBy = (first: Order, other: Order) => z.enum([first, other]).default(first);

export const one = read((database) => database.select(columns).from(comments).where(eq(comments.id, commentId)));

/** Pages of comments as their reader sees them. Ids grow with time, and are unique. */
export function commentsList(where: string) {
  const definition = { columns, from: "comments", where, key: "comments.id" };
  const inOrder = { createdAt: listOf(definition), "-createdAt": listOf({ ...definition, descending: true }) };
  return async (ctx: Context, { sort, ...input }: PageInput & { readonly sort: Order }) => {
    const [found, facts] = await Promise.all([inOrder[sort](ctx, input, { sort }), ctx.facts()]);
    return withItems(found, (row) => toComment(row, facts));
  };
}

const standing = {
  comment: { assistantId, parentId: null, editorsOnly: false },
  reply: {
    assistantId: fragment<string>(itsAssistant),
    parentId: fragment<string>(itsThread),
    editorsOnly: fragment<boolean>(`(select editors_only from comments where id = ${resource.id})`),
  },
};

interface NewComment {
  readonly id: string;
  readonly message: string;
  readonly names: string;
  readonly at: Date;
}

export const insertComment = write((database, places: Places<NewComment>, kind: keyof typeof standing) =>
  database
    .insert(comments)
    .values({
      ...standing[kind],
      id: places.id,
      userId: fragment<string>(me),
      message: places.message,
      mentions: fragment<string[]>(mentionedIds),
      createdAt: places.at,
      updatedAt: places.at,
    })
    .returning(columns),
);

const fewer = (most: number, where: string) => guard(`(select count(*) from comments where ${where}) < ${most}`);
const full = (holds: string) => new StewardError("conflict", { message: `${holds}: delete some that are settled` });

export const mostOfAssistant = 10_000;
export const mostReplies = 1000;

/** That an assistant, or a thread, has room for one more. */
export function roomIn(assistant: string) {
  const room = fewer(mostOfAssistant, `assistant_id = ${assistant}`);
  return () => room({}, full(`An assistant has at most ${mostOfAssistant} comments`));
}
const roomInThread = fewer(mostReplies, `parent_id = ${itsThread}`);
export const roomForReply = () => roomInThread({}, full(`A thread has at most ${mostReplies} replies`));

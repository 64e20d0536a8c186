import { tables } from "@steward/db";
import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import {
  asCaller,
  assistantLevel,
  assistants as assistantResource,
  level,
  me,
  meSuperuser,
  readAssistant,
  tokens as resource,
  signedIn,
} from "../access.ts";
import { assistantKey, isLinkedToLive } from "../assistants/schema.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { defined, keysOf } from "../records.ts";
import { Nothing, page, paging, Reference, versioned } from "../schemas.ts";
import { assign, guard, type Places, write } from "../statement.ts";
import { changedAddress, inOneForm, isComplete, type RangeValues, rangeValues } from "./restriction.ts";
import { columns, fields, type NewToken, one, Token, toBits, tokenId, toToken } from "./schema.ts";

export { create } from "./create.ts";

const { tokens } = tables;

const ownTokens = listOf({
  columns,
  from: "tokens",
  // Not `or`: that would walk everybody's tokens to find one's own.
  where: `tokens.user_id in (select ${me} union all select id from users where ${meSuperuser})`,
  key: "tokens.id",
  descending: true,
});

export const list = operation({
  http: "GET /tokens",
  rel: "inf:tokens",
  summary: "List your tokens; for a superuser, all",
  needs: signedIn("read"),
  input: paging,
  output: page(Token),
  items: { rel: "inf:token", at: "/tokens/{id}" },
  run: async (ctx, input) => withItems(await ownTokens(ctx, input), (row) => toToken(row)),
});

const ofAssistant = listOf({
  columns,
  from: "tokens",
  where: `tokens.assistant_id = ${assistantResource.id} and (tokens.user_id = ${me}
    or (with ${asCaller} select ${assistantLevel(assistantResource.id)}) >= 2)`,
  key: "tokens.id",
  descending: true,
});

export const listOfAssistant = operation({
  http: "GET /assistants/{id}/tokens",
  rel: "inf:tokens",
  linked: isLinkedToLive,
  summary: "List the tokens of an assistant: its editors see all, others their own",
  needs: { ...readAssistant, assistantTokens: false },
  input: { ...assistantKey, ...paging },
  output: page(Token),
  items: { rel: "inf:assistant-token", at: "/tokens/{id}" },
  run: async (ctx, { id: _resolved, ...input }) => {
    const [found, facts] = await Promise.all([ofAssistant(ctx, input), ctx.facts()]);
    return withItems(found, (row) => toToken(row, row.own || facts.level >= 3));
  },
});

export const get = operation({
  http: "GET /tokens/{id}",
  summary: "Read a token",
  needs: level(resource, 1, "read", "read"),
  input: { id: Reference },
  output: Token,
  run: async (ctx) => {
    const [[row], facts] = await Promise.all([ctx.read(one({})), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return toToken(row, facts.level >= 3);
  },
});

type Field = "notes" | "readOnly" | "scopes" | "restrict" | "host" | "cidr" | "expiresAt" | "data";
type Changes = Partial<Pick<NewToken, Field>> & { updatedAt: Date };

const change = write((database, places: Places<Changes & RangeValues>, keys: readonly (keyof Changes)[]) => {
  const restrict = keys.includes("restrict") ? ":restrict" : "restrict";
  return database
    .update(tokens)
    .set({
      ...assign(tokens, places, keys),
      firstAddress: fragment<string | null>(changedAddress("first", restrict)),
      lastAddress: fragment<string | null>(changedAddress("last", restrict)),
      version: sql`version + 1`,
    })
    .where(eq(tokens.id, tokenId))
    .returning(columns);
});

/** Who administers an assistant may end a token of it, but not widen somebody else's. */
const ownToken = guard(`${meSuperuser} or exists (select 1 from tokens where id = ${resource.id} and user_id = ${me})`);

export const update = operation({
  http: "PUT /tokens/{id}",
  summary: "Change a token of yours; its value stays",
  description: "`host` or `cidr` is given in the same change that makes it count.",
  needs: level(resource, 3, "write", "write", { credential: "session" }),
  input: { id: Reference, ...versioned, ...z.object(fields).partial().shape },
  output: Token,
  errors: ["version_mismatch"],
  run: async (ctx, { id: _resolved, expectedVersion: _checked, scopes: list, ...given }) => {
    const said = inOneForm(given);
    const values: Changes = defined({ ...said, scopes: list && toBits(list), updatedAt: ctx.now });
    const [, [row]] = await ctx.commit(
      [
        ownToken({}, new StewardError("forbidden")),
        change({ ...values, ...rangeValues(given) }, keysOf(values)),
        isComplete(given),
      ],
      { details: changesOf({ ...said, scopes: list }) },
    );
    if (!row) throw new StewardError("not_found");
    return toToken(row);
  },
});

/** Which fields are set, and to what those that say what the token may do. */
const changesOf = (given: Record<string, unknown>) => {
  const { notes: _, data: __, ...telling } = defined(given);
  return { fields: keysOf(defined(given)), ...telling };
};

const remove = write((database) => database.delete(tokens).where(eq(tokens.id, tokenId)));

/** Whose it was, and which: after this the row is gone. */
const revoked = `(select json_object('userId', user_id, 'type', type, 'assistantId', assistant_id, 'hint', hint)
  from tokens where id = ${resource.id})`;

export const revoke = operation({
  http: "DELETE /tokens/{id}",
  summary: "Revoke a token, at once",
  needs: level(resource, 3, "delete", "write"),
  input: { id: Reference, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  run: async (ctx) => {
    await ctx.commit([remove({})], { found: { object: revoked } });
  },
});

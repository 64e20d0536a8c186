import { tables } from "@steward/db";
import { eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import {
  asCaller,
  assistantLevel,
  assistants as assistantResource,
  granted,
  level,
  me,
  meSuperuser,
  meUnnarrowed,
  readAssistant,
  tokens as resource,
  signedIn,
} from "../access.ts";
import { assistantKey } from "../assistants/schema.ts";
import { invalid, StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { type Scope, scopeBits, scopes } from "../grants.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { defined, keysOf, last } from "../records.ts";
import {
  AssistantReference,
  Id,
  JsonObject,
  Moment,
  Nothing,
  PrincipalId,
  page,
  paging,
  Reference,
  text,
  Version,
  versioned,
} from "../schemas.ts";
import { assign, guard, type Places, read, write } from "../statement.ts";

const { tokens } = tables;

const fields = {
  notes: text(1000).nullable().meta({ description: "What it is for" }),
  readOnly: z.boolean().meta({ description: "Whether it only reads" }),
  scopes: z
    .array(z.enum(scopes))
    .max(scopes.length)
    .nullable()
    .meta({ description: "Null: all that the type allows. An empty list: nothing" }),
  expiresAt: Moment.nullable().meta({ description: "Null for no end" }),
  data: JsonObject.nullable().meta({ description: "Whatever your systems keep with it, at most 64 KiB" }),
};
const type = z
  .enum(["personal", "assistant"])
  .meta({ description: "`assistant`: only that one, and never more than write" });

const Token = z
  .object({
    id: Id,
    type,
    userId: PrincipalId,
    assistantId: Id.nullable(),
    ...fields,
    hint: z.string().meta({ description: "The last four characters" }),
    lastUsedAt: Moment.nullable(),
    permissions: z.object({ write: z.boolean(), delete: z.boolean() }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "Token", description: "A system's access in its user's name; its value is shown once, when it is made" });

const columns = {
  id: tokens.id,
  type: tokens.type,
  userId: sql.raw("(select 'user:' || p.name from principals p where p.id = tokens.user_id)") as SQL<string>,
  own: sql<boolean>`${fragment(meUnnarrowed)} and (tokens.user_id = ${fragment(me)} or ${fragment(meSuperuser)})`.mapWith(
    Boolean,
  ),
  bySession: sql<boolean>`exists (select 1 from sessions where hash = ${fragment(":credential")})`.mapWith(Boolean),
  assistantId: tokens.assistantId,
  notes: tokens.notes,
  readOnly: tokens.readOnly,
  scopes: tokens.scopes,
  expiresAt: tokens.expiresAt,
  data: tokens.data,
  hint: tokens.hint,
  lastUsedAt: tokens.lastUsedAt,
  version: tokens.version,
  createdAt: tokens.createdAt,
  updatedAt: tokens.updatedAt,
};

const toBits = (list: readonly Scope[]) => list.reduce((bits, scope) => bits | scopeBits[scope], 0);

/** Editors of an assistant see its tokens; who administers it may also end them. */
const toToken = <R extends { own: boolean; bySession: boolean; scopes: number | null }>(row: R, mayEnd = row.own) => ({
  ...row,
  scopes: row.scopes === null ? null : scopes.filter((scope) => (row.scopes ?? 0) & scopeBits[scope]),
  permissions: { write: row.own && row.bySession, delete: mayEnd },
});

const tokenId = fragment<string>(resource.id);
const one = read((database) => database.select(columns).from(tokens).where(eq(tokens.id, tokenId)));

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

interface NewToken {
  readonly id: string;
  readonly hash: string;
  readonly hint: string;
  readonly type: "personal" | "assistant";
  readonly notes: string | null;
  readonly readOnly: boolean;
  readonly scopes: number | null;
  readonly expiresAt: Date | null;
  readonly data: z.output<typeof JsonObject> | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The assistant that the input names, as `:assistant1` to `:assistant3`. */
const boundTo = assistantResource.id.replaceAll(":subject", ":assistant");
type BoundTo = Record<"assistant1" | "assistant2" | "assistant3", string | null>;

const readable = guard<BoundTo>(`(with ${asCaller} select ${assistantLevel(boundTo)}) >= 1`);

const insert = write((database, places: Places<NewToken & BoundTo>, bound: boolean) =>
  database
    .insert(tokens)
    .values({
      ...assign(tokens, places, [
        "id",
        "hash",
        "hint",
        "type",
        "notes",
        "readOnly",
        "scopes",
        "expiresAt",
        "data",
        "createdAt",
        "updatedAt",
      ]),
      userId: fragment<string>(me),
      assistantId: bound ? fragment<string>(boundTo) : null,
    })
    .returning(columns),
);

export const create = operation({
  http: "POST /tokens",
  summary: "Create a token; its value is in this answer only",
  needs: granted("tokens:create", "write", { credential: "session" }),
  input: {
    type: type.default("personal"),
    assistantId: AssistantReference.optional().meta({ description: "Required for a token of type `assistant`" }),
    notes: fields.notes.default(null),
    readOnly: fields.readOnly.default(false),
    scopes: fields.scopes.default(null),
    expiresAt: fields.expiresAt.default(null),
    data: fields.data.default(null),
  },
  output: Token.extend({
    token: z.string().meta({ description: "`stw_` and more: keep it, it is not shown again" }),
  }).meta({
    id: "NewToken",
    description: "A token with its value",
  }),
  errors: ["not_found"],
  run: async (ctx, { assistantId, scopes: list, ...given }) => {
    const bound = given.type === "assistant";
    if (bound && assistantId === undefined)
      throw invalid("assistantId", "A token of type assistant names its assistant");
    if (!bound && assistantId !== undefined) throw invalid("assistantId", "Only a token of type assistant names one");
    if (given.expiresAt && given.expiresAt <= ctx.now) throw invalid("expiresAt", "Lies in the past");
    const [assistant1, assistant2, assistant3] = assistantResource.reference(assistantId ?? "");
    const boundValues = { assistant1, assistant2, assistant3 };
    const { value, hash, hint } = ctx.tokens.issue();
    const id = ctx.newId();
    const row = { ...given, id, hash, hint, scopes: list && toBits(list), createdAt: ctx.now, updatedAt: ctx.now };
    const results = await ctx.commit(
      [
        ...(bound ? [readable(boundValues, new StewardError("not_found"))] : []),
        insert({ ...row, ...boundValues }, bound),
      ],
      { subject: id },
    );
    const [made] = last(results);
    if (!made) throw new StewardError("internal");
    return { ...toToken(made), token: value };
  },
});

type Changes = Partial<Pick<NewToken, "notes" | "readOnly" | "scopes" | "expiresAt" | "data">> & { updatedAt: Date };

const change = write((database, places: Places<Changes>, keys: readonly (keyof Changes)[]) =>
  database
    .update(tokens)
    .set({ ...assign(tokens, places, keys), version: sql`version + 1` })
    .where(eq(tokens.id, tokenId))
    .returning(columns),
);

export const update = operation({
  http: "PUT /tokens/{id}",
  summary: "Change a token of yours; its value stays",
  needs: level(resource, 3, "write", "write", { credential: "session" }),
  input: { id: Reference, ...versioned, ...z.object(fields).partial().shape },
  output: Token,
  errors: ["version_mismatch"],
  run: async (ctx, { id: _resolved, expectedVersion: _checked, scopes: list, ...given }) => {
    const values: Changes = defined({ ...given, scopes: list && toBits(list), updatedAt: ctx.now });
    const [, [row]] = await ctx.commit([ownToken({}, new StewardError("forbidden")), change(values, keysOf(values))]);
    if (!row) throw new StewardError("not_found");
    return toToken(row);
  },
});
/** Who administers an assistant may end a token of it, but not widen somebody else's. */
const ownToken = guard(`${meSuperuser} or exists (select 1 from tokens where id = ${resource.id} and user_id = ${me})`);

const remove = write((database) => database.delete(tokens).where(eq(tokens.id, tokenId)));

export const revoke = operation({
  http: "DELETE /tokens/{id}",
  summary: "Revoke a token, at once",
  needs: level(resource, 3, "delete", "write"),
  input: { id: Reference, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  run: async (ctx) => {
    await ctx.commit([remove({})]);
  },
});

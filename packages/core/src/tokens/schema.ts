import { tables } from "@steward/db";
import { eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { me, meSuperuser, meUnnarrowed, tokens as resource } from "../access.ts";
import { fragment } from "../fragment.ts";
import { type Scope, scopeBits, scopes } from "../grants.ts";
import { Id, JsonObject, Moment, PrincipalId, text, Version } from "../schemas.ts";
import { hostRange, networkRange } from "../session/network.ts";
import { read } from "../statement.ts";

const { tokens } = tables;

export const type = z
  .enum(["personal", "assistant"])
  .meta({ description: "`assistant`: only that one, and never more than write" });

const own = {
  notes: text(1000).nullable().meta({ description: "What it is for" }),
  readOnly: z.boolean().meta({ description: "Whether it only reads" }),
  scopes: z
    .array(z.enum(scopes))
    .max(scopes.length)
    .nullable()
    .meta({ description: "Null: all that the type allows. An empty list: nothing" }),
  restrict: z
    .enum(["host", "cidr"])
    .nullable()
    .meta({ description: "Which of `host` and `cidr` it is tied to; null: it may be used from anywhere" }),
  expiresAt: Moment.nullable().meta({ description: "Null for no end" }),
  data: JsonObject.nullable().meta({ description: "Whatever your systems keep with it, at most 64 KiB" }),
};

/** What its user may set. */
export const fields = {
  ...own,
  host: text(64, 1)
    .refine((address) => hostRange(address) !== null, "A single address of IPv4 or IPv6: names are not looked up")
    .nullable()
    .meta({ description: "A single address of IPv4 or IPv6, never a name" }),
  cidr: text(64, 1)
    .refine((range) => networkRange(range) !== null, "An address, a slash and how many of its bits count: 10.0.0.0/8")
    .nullable()
    .meta({ description: "A range of addresses: `10.0.0.0/8`, `2001:db8::/32`" }),
};

export const Token = z
  .object({
    id: Id,
    type,
    userId: PrincipalId,
    assistantId: Id.nullable(),
    ...own,
    host: z.string().nullable().meta({ description: "A single address of IPv4 or IPv6" }),
    cidr: z.string().nullable().meta({ description: "A range of addresses" }),
    hint: z.string().meta({ description: "The last four characters" }),
    lastUsedAt: Moment.nullable().meta({ description: "To the minute; null while it has not been used" }),
    permissions: z.object({ write: z.boolean(), delete: z.boolean() }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "Token", description: "A system's access in its user's name; its value is shown once, when it is made" });

export const columns = {
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
  restrict: tokens.restrict,
  host: tokens.host,
  cidr: tokens.cidr,
  expiresAt: tokens.expiresAt,
  data: tokens.data,
  hint: tokens.hint,
  lastUsedAt: tokens.lastUsedAt,
  version: tokens.version,
  createdAt: tokens.createdAt,
  updatedAt: tokens.updatedAt,
};

export const toBits = (list: readonly Scope[]) => list.reduce((bits, scope) => bits | scopeBits[scope], 0);

/** Editors of an assistant see its tokens; who administers it may also end them. */
export const toToken = <R extends { own: boolean; bySession: boolean; scopes: number | null }>(
  row: R,
  mayEnd = row.own,
) => ({
  ...row,
  scopes: row.scopes === null ? null : scopes.filter((scope) => (row.scopes ?? 0) & scopeBits[scope]),
  permissions: { write: row.own && row.bySession, delete: mayEnd },
});

/** The id of the token that the request names. */
export const tokenId = fragment<string>(resource.id);
export const one = read((database) => database.select(columns).from(tokens).where(eq(tokens.id, tokenId)));

/** A token as its user sets it, and as it is stored. */
export interface NewToken {
  readonly id: string;
  readonly hash: string;
  readonly hint: string;
  readonly type: "personal" | "assistant";
  readonly notes: string | null;
  readonly readOnly: boolean;
  readonly scopes: number | null;
  readonly restrict: "host" | "cidr" | null;
  readonly host: string | null;
  readonly cidr: string | null;
  readonly firstAddress: string | null;
  readonly lastAddress: string | null;
  readonly expiresAt: Date | null;
  readonly data: z.output<typeof JsonObject> | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

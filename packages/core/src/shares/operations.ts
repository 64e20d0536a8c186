import { tables } from "@steward/db";
import { and, eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import {
  administerAssistant,
  me,
  principalId,
  principalReference,
  readAssistant,
  assistants as resource,
} from "../access.ts";
import { assistantId, assistantKey } from "../assistants/schema.ts";
import { invalid, StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { Moment, Nothing, PrincipalId, PrincipalReference, page, paging, Version, versioned } from "../schemas.ts";
import { guard, type Places, read, versionIs, write } from "../statement.ts";

const { shares } = tables;

const AccessLevel = z.int().min(1).max(3).meta({ description: "1 read, 2 write, 3 administer" });

const Share = z
  .object({
    principalId: PrincipalId,
    displayName: z.string(),
    accessLevel: AccessLevel,
    createdBy: PrincipalId.nullable().meta({ description: "Who shared it first" }),
    permissions: z.object({ share: z.boolean() }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "Share", description: "What a user or a team may do with an assistant that it does not own" });

const principal = (column: string, value: string) =>
  sql.raw(`(select ${value} from principals p where p.id = shares.${column})`) as SQL<string>;

const columns = {
  principalId: principal("principal_id", "p.kind || ':' || p.name"),
  displayName: principal("principal_id", "p.display_name"),
  accessLevel: shares.level,
  createdBy: principal("created_by", "p.kind || ':' || p.name") as SQL<string | null>,
  version: shares.version,
  createdAt: shares.createdAt,
  updatedAt: shares.updatedAt,
};

const toShare = <R extends object>(row: R, mayShare: boolean) => ({ ...row, permissions: { share: mayShare } });

/** The user or team that the request names beside the assistant. */
const withWhom = principalId(":principalName", ":principalKind");
interface WithWhom {
  readonly principalName: string;
  readonly principalKind: string | null;
}
const asWithWhom = (text: string): WithWhom => {
  const [principalName, principalKind] = principalReference(text);
  return { principalName, principalKind };
};

const named = and(eq(shares.assistantId, assistantId), eq(shares.principalId, fragment(withWhom)));
const one = read((database, _: Places<WithWhom>) => database.select(columns).from(shares).where(named));

const sharesList = listOf({
  columns,
  from: "shares cross join principals on principals.id = shares.principal_id",
  where: `shares.assistant_id = ${resource.id}`,
  key: "principals.name",
});

const shareKey = { ...assistantKey, principalId: PrincipalReference };

export const list = operation({
  http: "GET /assistants/{id}/shares",
  rel: "inf:shares",
  summary: "With whom an assistant is shared",
  needs: readAssistant,
  input: { ...assistantKey, ...paging },
  output: page(Share),
  items: { rel: "inf:share", at: "/assistants/{id}/shares/{principalId}" },
  run: async (ctx, { id: _resolved, ...input }) => {
    const [shared, { level }] = await Promise.all([sharesList(ctx, input), ctx.facts()]);
    return withItems(shared, (row) => toShare(row, level >= 3));
  },
});

export const get = operation({
  http: "GET /assistants/{id}/shares/{principalId}",
  summary: "Read one share of an assistant",
  needs: readAssistant,
  input: shareKey,
  output: Share,
  run: async (ctx, { principalId: whom }) => {
    const [[row], { level }] = await Promise.all([ctx.read(one(asWithWhom(whom))), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return toShare(row, level >= 3);
  },
});

const ofShare = `select version from shares where assistant_id = ${resource.id} and principal_id = ${withWhom}`;
const there = guard<WithWhom>(`exists (${ofShare})`);
const unchanged = versionIs(`(${ofShare})`);
const known = guard<WithWhom>(`${withWhom} is not null`);
const notOwner = guard<WithWhom>(`${withWhom} <> (select owner_id from assistants where id = ${resource.id})`);

const put = write((database, places: Places<WithWhom & { level: number; at: Date }>) =>
  database
    .insert(shares)
    .values({
      assistantId,
      principalId: fragment<string>(withWhom),
      level: places.level,
      createdAt: places.at,
      updatedAt: places.at,
      createdBy: fragment<string>(me),
    })
    .onConflictDoUpdate({
      target: [shares.assistantId, shares.principalId],
      set: { level: sql`excluded.level`, updatedAt: sql`excluded.updated_at`, version: sql`version + 1` },
    })
    .returning(columns),
);

export const set = operation({
  http: "PUT /assistants/{id}/shares/{principalId}",
  summary: "Share an assistant with a user or a team, or change what they may",
  needs: administerAssistant("share"),
  input: { ...shareKey, ...versioned, accessLevel: AccessLevel },
  output: Share,
  errors: ["version_mismatch"],
  ownVersion: true,
  created: ({ version }) => version === 1,
  run: async (ctx, { principalId: whom, accessLevel, expectedVersion }) => {
    const values = asWithWhom(whom);
    const [, , , [row]] = await ctx.commit([
      known(values, new StewardError("not_found")),
      unchanged({ ...values, expectedVersion }),
      notOwner(values, invalid("principalId", "The owner has the assistant already")),
      put({ ...values, level: accessLevel, at: ctx.now }),
    ]);
    if (!row) throw new StewardError("not_found");
    return toShare(row, true);
  },
});

const remove = write((database, _: Places<WithWhom>) => database.delete(shares).where(named));

const end = operation({
  http: "DELETE /assistants/{id}/shares/{principalId}",
  summary: "End a share of an assistant",
  needs: administerAssistant("share"),
  input: { ...shareKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  ownVersion: true,
  run: async (ctx, { principalId: whom, expectedVersion }) => {
    const values = asWithWhom(whom);
    await ctx.commit([
      there(values, new StewardError("not_found")),
      unchanged({ ...values, expectedVersion }),
      remove(values),
    ]);
  },
});

export { end as delete };

import { tables } from "@steward/db";
import { and, eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import {
  administerAssistant,
  me,
  meSuperuser,
  principalId,
  principalReference,
  readAssistant,
  assistants as resource,
} from "../access.ts";
import { assistantId, assistantKey, isLinkedToLive, notOfDraft } from "../assistants/schema.ts";
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

const thatShare = and(eq(shares.assistantId, assistantId), eq(shares.principalId, fragment(withWhom)));
const one = read((database, _: Places<WithWhom>) => database.select(columns).from(shares).where(thatShare));

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
  linked: isLinkedToLive,
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
  run: async (ctx, { principalId: named }) => {
    const [[row], { level }] = await Promise.all([ctx.read(one(asWithWhom(named))), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return toShare(row, level >= 3);
  },
});

const ofShare = `select version from shares where assistant_id = ${resource.id} and principal_id = ${withWhom}`;
const there = guard<WithWhom>(`exists (${ofShare})`);
const unchanged = versionIs(`(${ofShare})`);
const known = guard<WithWhom>(`${withWhom} is not null`);
const notOwner = guard<WithWhom>(`${withWhom} <> (select owner_id from assistants where id = ${resource.id})`);

const policy = "(select share_policy from settings where id = 1)";
/** Who sets the policy is not bound by it, and what is shared already may be lowered. */
const spared = `(${meSuperuser} or coalesce((select level >= :accessLevel from shares
  where assistant_id = ${resource.id} and principal_id = ${withWhom}), false))`;
const sharingIsOn = guard<WithWhom & { accessLevel: number }>(`${policy} <> 'nobody' or ${spared}`);
const withOwnTeam = guard<WithWhom & { accessLevel: number }>(`${policy} <> 'own-teams' or ${spared}
  or exists (select 1 from memberships where user_id = ${me} and team_id = ${withWhom})`);
const sharingIsOff = new StewardError("forbidden", {
  message: "An administrator has switched sharing off: what is shared already may only be lowered or ended",
});
const ownTeamsOnly = new StewardError("forbidden", {
  message: "An administrator lets assistants be shared with one's own teams only",
});

/** What the trail keeps: with whom, under which name, and what was there before. */
const whom = `json_object(
  'principalId', (select kind || ':' || name from principals where id = ${withWhom}),
  'before', (select level from shares where assistant_id = ${resource.id} and principal_id = ${withWhom}))`;

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

/** The index of the search has the assistant's words once for each of them. */
const mostOfOne = 500;
const room = guard<WithWhom>(`exists (${ofShare})
  or (select count(*) from shares where assistant_id = ${resource.id}) < ${mostOfOne}`);
const full = new StewardError("conflict", {
  message: `An assistant has at most ${mostOfOne} shares: share it with a team, and put people there`,
});

export const set = operation({
  http: "PUT /assistants/{id}/shares/{principalId}",
  summary: "Share an assistant with a user or a team, or change what they may",
  description: "The settings may limit sharing to one's own teams, or switch it off: 403 with the reason.",
  needs: administerAssistant("share"),
  input: { ...shareKey, ...versioned, accessLevel: AccessLevel },
  output: Share,
  errors: ["conflict", "version_mismatch"],
  ownVersion: true,
  created: ({ version }) => version === 1,
  run: async (ctx, { principalId: named, accessLevel, expectedVersion }) => {
    const values = asWithWhom(named);
    const [, , , , , , , [row]] = await ctx.commit(
      [
        known(values, new StewardError("not_found")),
        sharingIsOn({ ...values, accessLevel }, sharingIsOff),
        withOwnTeam({ ...values, accessLevel }, ownTeamsOnly),
        notOfDraft("shares"),
        unchanged({ ...values, expectedVersion }),
        notOwner(values, invalid("principalId", "The owner has the assistant already")),
        room(values, full),
        put({ ...values, level: accessLevel, at: ctx.now }),
      ],
      { details: { accessLevel }, found: { object: whom, values } },
    );
    if (!row) throw new StewardError("not_found");
    return toShare(row, true);
  },
});

const remove = write((database, _: Places<WithWhom>) => database.delete(shares).where(thatShare));

const end = operation({
  http: "DELETE /assistants/{id}/shares/{principalId}",
  summary: "End a share of an assistant",
  needs: administerAssistant("share"),
  input: { ...shareKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  ownVersion: true,
  run: async (ctx, { principalId: named, expectedVersion }) => {
    const values = asWithWhom(named);
    await ctx.commit(
      [there(values, new StewardError("not_found")), unchanged({ ...values, expectedVersion }), remove(values)],
      { found: { object: whom, values } },
    );
  },
});

export { end as delete };

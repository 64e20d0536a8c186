import { tables } from "@steward/db";
import { and, eq, sql } from "drizzle-orm";
import { administerAssistant, me, readAssistant, assistants as resource } from "../access.ts";
import { assistantId, assistantKey, isLinkedToLive, notOfDraft } from "../assistants/schema.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { last } from "../records.ts";
import { Nothing, PrincipalReference, page, paging, versioned } from "../schemas.ts";
import { type Places, read, write } from "../statement.ts";
import {
  AccessLevel,
  asWithWhom,
  principalColumns,
  Share,
  type Shared,
  sharing,
  toShare,
  type WithWhom,
  withWhom,
} from "./sharing.ts";

const { shares } = tables;

const shared: Shared = { resource, table: "assistants", shares: "shares", key: "assistant_id" };
const must = sharing(shared);

const columns = {
  ...principalColumns(shared),
  accessLevel: shares.level,
  version: shares.version,
  createdAt: shares.createdAt,
  updatedAt: shares.updatedAt,
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
    const [found, { level }] = await Promise.all([sharesList(ctx, input), ctx.facts()]);
    return withItems(found, (row) => toShare(row, level >= 3));
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
  description: "The settings may limit sharing to one's own teams, or switch it off: 403 with the reason.",
  needs: administerAssistant("share"),
  input: { ...shareKey, ...versioned, accessLevel: AccessLevel },
  output: Share,
  errors: ["conflict", "version_mismatch"],
  ownVersion: true,
  created: ({ version }) => version === 1,
  run: async (ctx, { principalId: named, accessLevel, expectedVersion }) => {
    const values = asWithWhom(named);
    const results = await ctx.commit(
      [
        notOfDraft("shares"),
        ...must.toSet({ ...values, accessLevel, expectedVersion }),
        put({ ...values, level: accessLevel, at: ctx.now }),
      ],
      { details: { accessLevel }, found: { object: must.whom, values } },
    );
    const [row] = last(results);
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
    await ctx.commit([...must.toEnd({ ...values, expectedVersion }), remove(values)], {
      found: { object: must.whom, values },
    });
  },
});

export { end as delete };

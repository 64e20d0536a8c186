import { tables } from "@steward/db";
import { eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import {
  administerAssistant,
  asBearer,
  me,
  meSuperuser,
  principalId,
  principalReference,
  readAssistant,
  assistants as resource,
} from "../access.ts";
import { assistantId, assistantKey, isLinkedToLive, notOfDraft } from "../assistants/schema.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { PrincipalId, PrincipalReference, Version, versioned } from "../schemas.ts";
import { guard, type Places, read, write } from "../statement.ts";

const { assistants } = tables;

const OwnerType = z.enum(["user", "team"]);

const Owner = z
  .object({
    ownerId: PrincipalId,
    ownerType: OwnerType,
    displayName: z.string(),
    permissions: z.object({ changeOwner: z.boolean() }),
    version: Version.meta({ description: "The assistant's version" }),
  })
  .meta({ id: "Owner", description: "To whom an assistant belongs" });

const principal = <T>(value: string) =>
  sql.raw(`(select ${value} from principals p where p.id = assistants.owner_id)`) as SQL<T>;

const columns = {
  ownerId: principal<string>("p.kind || ':' || p.name"),
  ownerType: principal<"user" | "team">("p.kind"),
  displayName: principal<string>("p.display_name"),
  version: assistants.version,
};

const one = read((database) => database.select(columns).from(assistants).where(eq(assistants.id, assistantId)));

export const get = operation({
  http: "GET /assistants/{id}/owner",
  rel: "inf:owner",
  linked: isLinkedToLive,
  summary: "To whom an assistant belongs",
  needs: readAssistant,
  input: assistantKey,
  output: Owner,
  run: async (ctx) => {
    const [[row], { level }] = await Promise.all([ctx.read(one({})), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return { ...row, permissions: { changeOwner: level >= 3 } };
  },
});

interface NewOwner {
  readonly ownerName: string;
  readonly ownerKind: string | null;
}
const newOwner = principalId(":ownerName", ":ownerKind");

const known = guard<NewOwner>(`${newOwner} is not null`);
/** To a team in which one may write; to anybody else only by a superuser. To whom it belongs already is no change. */
const mayGive = guard<NewOwner>(`${newOwner} = (select owner_id from assistants where id = ${resource.id})
  or exists (with ${asBearer} select 1 from bearer b where b.superuser
    or exists (select 1 from memberships m where m.user_id = b.user_id and m.team_id = ${newOwner} and m.level >= 2))`);

/** Whether the caller administers the assistant under its new owner: what RETURNING sees before the triggers. */
const stillAdministers = sql<boolean>`(${fragment(meSuperuser)} or assistants.owner_id = ${fragment(me)}
  or exists (select 1 from memberships m
    where m.user_id = ${fragment(me)} and m.team_id = assistants.owner_id and m.level = 3)
  or exists (select 1 from shares s where s.assistant_id = assistants.id and s.level = 3 and (s.principal_id = ${fragment(me)}
    or exists (select 1 from memberships m where m.user_id = ${fragment(me)} and m.team_id = s.principal_id))))`.mapWith(
  Boolean,
);

const give = write((database, places: Places<NewOwner & { at: Date }>) =>
  database
    .update(assistants)
    .set({
      ownerId: fragment<string>(newOwner),
      // Folders stay with their owner.
      folderId: fragment<string | null>(`iif(owner_id = ${newOwner}, folder_id, null)`),
      version: sql`version + 1`,
      updatedAt: sql`${sql.param(places.at, assistants.updatedAt)}`,
      updatedBy: fragment<string>(me),
    })
    .where(eq(assistants.id, assistantId))
    .returning({ ...columns, changeOwner: stillAdministers }),
);

/** From whom and to whom, under the names that they have. */
const parties = `(select json_object('from', f.kind || ':' || f.name, 'to', t.kind || ':' || t.name)
  from assistants a join principals f on f.id = a.owner_id join principals t on t.id = ${newOwner}
  where a.id = ${resource.id})`;

export const set = operation({
  http: "PUT /assistants/{id}/owner",
  summary: "Give an assistant to a team in which you may write; as a superuser, to anybody",
  needs: administerAssistant("changeOwner"),
  input: { ...assistantKey, ...versioned, ownerId: PrincipalReference, ownerType: OwnerType.optional() },
  output: Owner,
  errors: ["conflict", "version_mismatch"],
  run: async (ctx, { ownerId, ownerType }) => {
    const [ownerName, kind] = principalReference(ownerId);
    const values = { ownerName, ownerKind: ownerType ?? kind };
    if (ownerType && kind && ownerType !== kind) throw new StewardError("not_found");
    const [, , , [row]] = await ctx.commit(
      [
        known(values, new StewardError("not_found")),
        mayGive(values, new StewardError("forbidden")),
        notOfDraft("owner of its own"),
        give({ ...values, at: ctx.now }),
      ],
      { found: { object: parties, values } },
    );
    if (!row) throw new StewardError("not_found");
    const { changeOwner, ...owner } = row;
    return { ...owner, permissions: { changeOwner } };
  },
});

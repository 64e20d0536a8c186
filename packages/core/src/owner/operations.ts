import { tables } from "@steward/db";
import { eq, sql } from "drizzle-orm";
import { administerAssistant, me, readAssistant, assistants as resource } from "../access.ts";
import { assistantId, assistantKey, isLinkedToLive, notOfDraft } from "../assistants/schema.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { last } from "../records.ts";
import { PrincipalReference, versioned } from "../schemas.ts";
import { type Places, read, write } from "../statement.ts";
import { asNewOwner, type NewOwner, newOwner, Owner, OwnerType, owning } from "./owning.ts";

const { assistants } = tables;

const owned = owning({ resource, table: "assistants", shares: "shares", key: "assistant_id" });
const columns = { ...owned.columns, version: assistants.version };

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
    .returning({ ...columns, changeOwner: owned.stillAdministers }),
);

export const set = operation({
  http: "PUT /assistants/{id}/owner",
  summary: "Give an assistant to a team in which you may write; as a superuser, to anybody",
  needs: administerAssistant("changeOwner"),
  input: { ...assistantKey, ...versioned, ownerId: PrincipalReference, ownerType: OwnerType.optional() },
  output: Owner,
  errors: ["conflict", "version_mismatch"],
  run: async (ctx, { ownerId, ownerType }) => {
    const values = asNewOwner(ownerId, ownerType);
    const results = await ctx.commit(
      [...owned.toGive(values), notOfDraft("owner of its own"), give({ ...values, at: ctx.now })],
      { found: { object: owned.parties, values } },
    );
    const [row] = last(results);
    if (!row) throw new StewardError("not_found");
    const { changeOwner, ...owner } = row;
    return { ...owner, permissions: { changeOwner } };
  },
});

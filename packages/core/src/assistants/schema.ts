import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Level, assistants as resource } from "../access.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { parsed } from "../records.ts";
import { AssistantReference, Id, JsonObject, Moment, PrincipalId, text, Version } from "../schemas.ts";
import { isSlug } from "../slug.ts";
import { guard } from "../statement.ts";

const { assistants } = tables;

export const Slug = z
  .string()
  .refine(isSlug, "1 to 63 of a-z, 0-9 and hyphen, beginning with a letter or digit and not ending in -draft")
  .meta({ description: "The part of the natural id behind the owner" });

/** What a draft is read with may be written back to it. */
export const SlugOfDraft = z
  .string()
  .refine(
    (slug) => isSlug(slug.replace(/-draft$/, "")),
    "1 to 63 of a-z, 0-9 and hyphen, beginning with a letter or digit",
  )
  .meta({ description: "The part of the natural id behind the owner; a draft keeps its own" });

const instructionsLimit = 256 * 1024;
const Instructions = z
  .string()
  .refine((value) => new TextEncoder().encode(value).length <= instructionsLimit, "More than 256 KiB")
  .meta({ description: "What the assistant is told before every conversation; at most 256 KiB" });

/** What its writers may set. */
export const fields = {
  slug: Slug,
  name: text(255, 1).meta({ description: "What people call it" }),
  description: text(4000).nullable().meta({ description: "What it is for, as lists show it" }),
  instructions: Instructions.nullable(),
  instructionsHidden: z
    .boolean()
    .meta({ description: "Whether those who may only use it see its instructions as null" }),
  welcome: text(4000).nullable().meta({ description: "What it says first" }),
  suggestions: z.array(text(500, 1)).max(20).meta({ description: "Questions to begin with" }),
  modelId: text(200, 1).nullable().meta({ description: "The model that runs it; null for the tenant's default" }),
  modelSettings: JsonObject.nullable().meta({ description: "What the model is called with, at most 64 KiB" }),
  dispatcher: z.boolean().meta({ description: "Whether it hands questions to the assistant that suits them" }),
  embedded: z.boolean().meta({ description: "Whether it may be embedded in other pages" }),
  enabled: z.boolean().meta({ description: "A disabled one cannot be chatted with by anyone" }),
  data: JsonObject.nullable().meta({ description: "Whatever your systems keep with it, at most 64 KiB" }),
};

/** The same for one that is to be made, but for its slug: only the name is required. */
export const fieldsOfNew = {
  name: fields.name,
  description: fields.description.default(null),
  instructions: fields.instructions.default(null),
  instructionsHidden: fields.instructionsHidden.default(false),
  welcome: fields.welcome.default(null),
  suggestions: fields.suggestions.default([]),
  modelId: fields.modelId.default(null),
  modelSettings: fields.modelSettings.default(null),
  dispatcher: fields.dispatcher.default(false),
  embedded: fields.embedded.default(false),
  enabled: fields.enabled.default(true),
  data: fields.data.default(null),
};

export const Permissions = z
  .object({ write: z.boolean(), delete: z.boolean(), share: z.boolean(), changeOwner: z.boolean() })
  .meta({ id: "AssistantPermissions", description: "What this caller may do with this row" });

export const Assistant = z
  .object({
    id: Id,
    naturalId: z.string().meta({ description: "`owner:slug`, as people write it" }),
    ...fields,
    slug: SlugOfDraft,
    shared: z.boolean().meta({ description: "Whether it has shares or belongs to a team" }),
    ownerId: PrincipalId,
    folderId: Id.nullable(),
    editingId: Id.nullable().meta({ description: "On a draft: the assistant that it will replace" }),
    draftId: Id.nullable().meta({ description: "The draft in which its writers edit it, as far as you may" }),
    skills: z.array(z.object({ id: Id, type: z.string(), name: z.string() })),
    permissions: Permissions,
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
    createdBy: PrincipalId.nullable(),
    updatedBy: PrincipalId.nullable(),
  })
  .meta({ id: "Assistant", description: "An assistant, as this caller sees it" });

export const ListedAssistant = Assistant.extend({
  tags: z.array(z.string()),
  sharing: z
    .array(z.object({ principalId: PrincipalId, accessLevel: z.int() }))
    .meta({ description: "To whom it is shared" }),
  favorite: z.boolean().meta({ description: "Whether the caller has marked it" }),
}).meta({ id: "ListedAssistant", description: "An assistant with its tags, sharing and whether it is a favorite" });

/** The id of the row that the request names. */
export const assistantId = fragment<string>(resource.id);

export const assistantKey = { id: AssistantReference };

const principal = (column: string) =>
  sql.raw(`(select p.kind || ':' || p.name from principals p where p.id = assistants.${column})`);

/** For the links of what a draft has not. */
export const isLinkedToLive = ({ editingId }: Readonly<Record<string, unknown>>) => editingId === null;

const isLive = guard(`(select editing_id from assistants where id = ${resource.id}) is null`);

/** Fails for a draft, which has no life beyond its original's. `what` it has not: "A draft has no ...". */
export const notOfDraft = (what: string) =>
  isLive({}, new StewardError("conflict", { message: `A draft has no ${what}: that is its original's` }));

/** The columns of an answer, for `select` and `returning` alike. */
export const columns = {
  id: assistants.id,
  slug: assistants.slug,
  name: assistants.name,
  description: assistants.description,
  instructions: assistants.instructions,
  instructionsHidden: assistants.instructionsHidden,
  welcome: assistants.welcome,
  suggestions: assistants.suggestions,
  modelId: assistants.modelId,
  modelSettings: assistants.modelSettings,
  dispatcher: assistants.dispatcher,
  embedded: assistants.embedded,
  enabled: assistants.enabled,
  data: assistants.data,
  skills: sql<
    { id: string; type: string; name: string }[]
  >`(select json_group_array(json_object('id', k.id, 'type', k.type, 'name', k.name)
    order by k.id) from skills k where k.assistant_id = assistants.id)`.mapWith(
    parsed<{ id: string; type: string; name: string }[]>,
  ),
  hasShares: sql<boolean>`exists (select 1 from shares s where s.assistant_id = assistants.id)`.mapWith(Boolean),
  ownerId: sql<string>`${principal("owner_id")}`,
  folderId: assistants.folderId,
  editingId: assistants.editingId,
  draftId: sql<string | null>`(select d.id from assistants d where d.editing_id = assistants.id)`,
  version: assistants.version,
  createdAt: assistants.createdAt,
  updatedAt: assistants.updatedAt,
  createdBy: sql<string | null>`${principal("created_by")}`,
  updatedBy: sql<string | null>`${principal("updated_by")}`,
};

interface Row {
  readonly ownerId: string;
  readonly slug: string;
  readonly hasShares: boolean;
  readonly instructions: string | null;
  readonly instructionsHidden: boolean;
  readonly editingId: string | null;
  readonly draftId: string | null;
}

/** Makes a row what a caller who reads and acts at these levels sees of it. The row is nobody else's: copying it would cost more than reading it. */
export const toAssistant = <R extends Row>(row: R, readingLevel: Level, level: Level) =>
  Object.assign(row, {
    naturalId: `${row.ownerId.slice(row.ownerId.indexOf(":") + 1)}:${row.slug}`,
    shared: row.hasShares || row.ownerId.startsWith("team:"),
    instructions: row.instructionsHidden && readingLevel < 2 ? null : row.instructions,
    draftId: readingLevel < 2 ? null : row.draftId,
    permissions: {
      write: level >= 2,
      delete: level >= 3,
      share: level >= 3 && row.editingId === null,
      changeOwner: level >= 3 && row.editingId === null,
    },
  });

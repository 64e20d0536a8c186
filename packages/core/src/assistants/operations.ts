import { tables } from "@steward/db";
import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import {
  administerAssistant,
  granted,
  me,
  owners,
  readAssistant,
  assistants as resource,
  signedIn,
  writeAssistant,
} from "../access.ts";
import { invalid, StewardError } from "../errors.ts";
import { fitsIntoFolder } from "../folders/placing.ts";
import { fragment } from "../fragment.ts";
import { idempotent } from "../idempotency.ts";
import { sorts } from "../listing/matching.ts";
import { Words } from "../listing/words.ts";
import { operation } from "../operation.ts";
import { Nothing, PrincipalReference, page, paging, Reference, versioned } from "../schemas.ts";
import { slugOf, sortNameOf } from "../slug.ts";
import { assign, guard, type Places, read, write } from "../statement.ts";
import { freeSlugOf } from "./free-slug.ts";
import { listPage, noFolder, readAll } from "./list.ts";
import { recorded, recordedFirst } from "./revise.ts";
import {
  Assistant,
  assistantId,
  assistantKey,
  columns,
  fields,
  fieldsOfNew,
  ListedAssistant,
  SlugOfDraft,
  toAssistant,
} from "./schema.ts";

const { assistants } = tables;

const one = read((database) => database.select(columns).from(assistants).where(eq(assistants.id, assistantId)));

export const list = operation({
  http: "GET /assistants",
  rel: "inf:assistants",
  summary: "List the assistants that you may use",
  needs: signedIn("read", { seat: true, assistantTokens: true }),
  input: {
    ...paging,
    sort: z.enum(sorts).default("name"),
    q: Words.optional(),
    ownerId: PrincipalReference.optional(),
    folderId: Reference.optional().meta({
      description: `A folder's UUID, or \`${noFolder}\` for those that lie in none`,
    }),
    tag: Reference.optional().meta({ description: "A tag that it bears, by UUID or by name" }),
    favorite: z.boolean().optional().meta({ description: "Those that you have marked, or have not" }),
    shared: z.boolean().optional(),
    dispatcher: z.boolean().optional(),
  },
  output: page(Assistant).extend({
    permissions: z.object({ create: z.boolean() }).meta({ description: "Whether you may create one" }),
  }),
  items: { rel: "inf:assistant", at: "/assistants/{id}" },
  run: listPage,
});

export const listAll = operation({
  http: "GET /assistants-list",
  rel: "inf:assistants-list",
  summary: "All assistants that you may use, as one array by name",
  description: "At most 5,000 in one answer; over REST a `Link` header then leads to the rest.",
  needs: signedIn("read", { seat: true, assistantTokens: true }),
  input: { cursor: paging.cursor },
  output: z.object({ items: z.array(ListedAssistant), next: z.string().nullable() }),
  bare: true,
  run: readAll,
});

export const get = operation({
  http: "GET /assistants/{id}",
  summary: "Read an assistant",
  refers: [
    { rel: "inf:original", key: "editingId", at: "/assistants/{id}" },
    { rel: "inf:commit-draft", key: "editingId", at: "/assistants/{id}/draft/_commit", action: "write" },
  ],
  needs: readAssistant,
  input: assistantKey,
  output: Assistant,
  run: async (ctx) => {
    const [[row], facts] = await Promise.all([ctx.read(one({})), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return toAssistant(row, facts.readingLevel, facts.level);
  },
});

const freeSlug = fragment<string>(freeSlugOf(owners.id, ":slug"));

const fieldNames = Object.keys(fields) as (keyof typeof fields)[];

type NewAssistant = z.output<z.ZodObject<Omit<typeof fields, "slug">>> & {
  id: string;
  slug: string;
  sortName: string;
};

const insert = write((database, places: Places<NewAssistant & { at: Date }>, slug: "given" | "made") =>
  database
    .insert(assistants)
    .values({
      ...assign(assistants, places, ["id", "sortName", ...fieldNames]),
      slug: slug === "given" ? places.slug : freeSlug,
      ownerId: fragment<string>(owners.id),
      createdAt: places.at,
      updatedAt: places.at,
      createdBy: fragment<string>(me),
      updatedBy: fragment<string>(me),
    })
    .returning(columns),
);

export const create = operation({
  http: "POST /assistants",
  summary: "Create an assistant",
  description:
    "Only `name` is required. `slug` is made from it, and is the only one of its owner: `sales`, `sales-2` ...",
  needs: granted("assistants:create", "write", { seat: true, on: { resource: owners, level: 2 } }),
  input: {
    ...idempotent,
    ...fieldsOfNew,
    slug: fields.slug.optional(),
    ownerId: PrincipalReference.optional().meta({ description: "Yourself, or a team in which you may write" }),
  },
  output: Assistant,
  errors: ["not_found", "conflict"],
  run: async (ctx, { ownerId: _resolvedByTheGate, ...given }) => {
    const id = ctx.newId();
    const slug = given.slug ?? slugOf(given.name);
    const values = { ...given, id, slug, sortName: sortNameOf(given.name), at: ctx.now };
    const steps = [insert(values, given.slug === undefined ? "made" : "given"), recordedFirst(id)] as const;
    const [[row]] = await ctx.commit(steps, { subject: id, assistant: id, details: { name: given.name } });
    const facts = await ctx.facts();
    if (!row) throw new StewardError("internal");
    return toAssistant(row, facts.readingLevel, facts.level);
  },
});

type Changes = Partial<NewAssistant> & { folderId?: string | null; updatedAt: Date };

const change = write((database, places: Places<Changes>, keys: readonly (keyof Changes)[]) =>
  database
    .update(assistants)
    .set({
      ...assign(assistants, places, keys),
      version: sql`version + 1`,
      updatedBy: fragment(me),
    })
    .where(eq(assistants.id, assistantId))
    .returning(columns),
);

const hasItsSlug = guard<{ slug: string | null }>(`:slug is null or (select slug = :slug
  or (editing_id is null and :slug not like '%-draft') from assistants where id = ${resource.id})`);
const keepsSlug = ({ slug = null }: { readonly slug?: string | null | undefined }) =>
  hasItsSlug({ slug }, invalid("slug", "A draft keeps its slug, and no other ends in -draft"));

export const update = operation({
  http: "PUT /assistants/{id}",
  summary: "Change an assistant",
  description: "Only the keys that are given; null clears one that is optional.",
  needs: writeAssistant,
  input: {
    ...assistantKey,
    ...versioned,
    ...z.object({ ...fields, slug: SlugOfDraft }).partial().shape,
    folderId: Reference.toLowerCase().nullable().optional().meta({
      description: "A folder of its owner's that you may see; null takes it out. Makes no revision",
    }),
  },
  output: Assistant,
  ignores: ["tags", "sharing", "favorite"],
  errors: ["conflict", "version_mismatch"],
  run: async (ctx, { id: _resolvedByTheGate, expectedVersion: _checkedByTheGate, ...given }) => {
    const values = {
      ...given,
      ...(given.name !== undefined && { sortName: sortNameOf(given.name) }),
      updatedAt: ctx.now,
    };
    const keys = Object.keys(values).sort() as (keyof Changes)[];
    const steps = [keepsSlug(given), fitsIntoFolder(given), change(values, keys), ...recorded()] as const;
    const [, , [row]] = await ctx.commit(steps, { details: { fields: Object.keys(given) } });
    const facts = await ctx.facts();
    if (!row) throw new StewardError("not_found");
    return toAssistant(row, facts.readingLevel, facts.level);
  },
});

const named = `(select json_object('name', name, 'slug', slug) from assistants where id = ${resource.id})`;
const remove = write((database) => database.delete(assistants).where(eq(assistants.id, assistantId)));

const remove_ = operation({
  http: "DELETE /assistants/{id}",
  summary: "Delete an assistant with its shares and tokens",
  needs: administerAssistant("delete"),
  input: { ...assistantKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  run: async (ctx) => {
    await ctx.commit([remove({})], { found: { object: named } });
  },
});

export { activity } from "./activity.ts";
export { copy } from "./copy.ts";
export { export_ as export } from "./export.ts";
export { import_ as import } from "./import.ts";
export { remove_ as delete };

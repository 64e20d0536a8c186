import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import {
  asCaller,
  assistantLevel,
  type Level,
  levelWithDrafts,
  me,
  readAssistant,
  assistants as resource,
} from "../access.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { idempotent } from "../idempotency.ts";
import { askingAnew } from "../knowledge/bringing.ts";
import { operation } from "../operation.ts";
import { last } from "../records.ts";
import { PrincipalReference } from "../schemas.ts";
import { slugOf, sortNameOf } from "../slug.ts";
import { guard, type Places, rawWrite, read } from "../statement.ts";
import { ownPieces } from "./content.ts";
import { freeSlugOf } from "./free-slug.ts";
import { copying } from "./parts.ts";
import { mayGiveTo, type Receiver, receiverId, receiverOf } from "./receiver.ts";
import { recordedFirst } from "./revise.ts";
import { Assistant, assistantKey, columns, fields, toAssistant } from "./schema.ts";

const { assistants } = tables;

const mayReadAll = guard(`(select not instructions_hidden from assistants where id = ${resource.id})
  or (with ${asCaller} select ${levelWithDrafts(resource.id)}) >= 2`);

interface Named {
  readonly name: string | null;
  readonly sortName: string | null;
  readonly slug: string | null;
}

const kept = ownPieces.map(({ column }) => column).filter((column) => column !== "name" && column !== "sort_name");
/** Room for `-copy` and for the `-2`, `-3` ... that make a slug the only one of its owner. */
const copiedSlug = "coalesce(:slug, rtrim(substr(a.slug, 1, 50), '-') || '-copy')";

const insertCopy = (slug: string) =>
  rawWrite<Receiver & Named & { made: string }>(`insert into assistants (id, owner_id, slug, name, sort_name,
      ${kept.join(", ")}, created_at, updated_at, created_by, updated_by)
    select :made, ${receiverId}, ${slug}, coalesce(:name, substr(a.name, 1, 248) || ' (copy)'),
      coalesce(:sortName, substr(a.sort_name, 1, 248) || ' (copy)'), ${kept.map((column) => `a.${column}`).join(", ")},
      :now, :now, ${me}, ${me}
    from assistants a where a.id = ${resource.id}`);

const underItsSlug = insertCopy(":slug");
const underAFreeSlug = insertCopy(freeSlugOf(receiverId, copiedSlug));
const copyParts = copying(resource.id, ":made");
const askAnew = askingAnew(":made");

/** An assistant that the request has made, with its caller's level. */
export const madeOne = read((database, places: Places<{ made: string }>) =>
  database
    .select({ ...columns, level: sql<Level>`(with ${fragment(asCaller)} select ${fragment(assistantLevel(":made"))})` })
    .from(assistants)
    .where(sql`assistants.id = ${places.made}`),
);

export const copy = operation({
  http: "POST /assistants/{id}/_copy",
  rel: "inf:copy",
  summary: "Copy an assistant with its skills, knowledge and references",
  description:
    "Not its secrets, shares, tokens and comments. Where its instructions are hidden, only its writers may copy it. Of a dataset that it brings along and that you do not administer, those who ask the copy reach what they may read themselves (access `asker`); what it knows by a filter that is not yours to see is left out.",
  needs: {
    ...readAssistant,
    permission: "assistants:create",
    scope: "write",
    grant: "assistants:create",
    assistantTokens: false,
  },
  input: {
    ...assistantKey,
    ...idempotent,
    name: fields.name.optional().meta({ description: "`<name> (copy)` unless given" }),
    slug: fields.slug
      .optional()
      .meta({ description: "Made from the name, and the only one of its owner, unless given" }),
    ownerId: PrincipalReference.optional().meta({ description: "Yourself, or a team in which you may write" }),
  },
  output: Assistant,
  status: 201,
  errors: ["conflict", "not_found"],
  async run(ctx, { id: original, name, slug, ownerId }) {
    const made = ctx.newId();
    const receiver = receiverOf(ownerId);
    const named = {
      name: name ?? null,
      sortName: name === undefined ? null : sortNameOf(name),
      slug: slug ?? (name === undefined ? null : slugOf(name)),
    };
    const insert = slug === undefined ? underAFreeSlug : underItsSlug;
    const results = await ctx.commit(
      [
        mayReadAll({}, new StewardError("forbidden", { message: "Its instructions are hidden" })),
        ...mayGiveTo(receiver),
        insert({ ...receiver, ...named, made }),
        ...copyParts({ made }),
        ...askAnew({ made }),
        recordedFirst(made),
        madeOne({ made }),
      ],
      { subject: made, assistant: made, details: { copied: original } },
    );
    const [row] = last(results);
    const { maxLevel } = await ctx.facts();
    if (!row) throw new StewardError("internal");
    ctx.defer(() => ctx.heavyWork.tend());
    return toAssistant(row, row.level, Math.min(row.level, maxLevel) as Level);
  },
});

import { principalReference, tags } from "../access.ts";
import type { Context } from "../context.ts";
import type { Facts } from "../gate.ts";
import { grantBits } from "../grants.ts";
import type { Shape, Sort } from "../listing/matching.ts";
import { narrowed } from "../listing/page.ts";
import { allRows, type Condition, lists, rows, type Source } from "./page.ts";
import { toAssistant } from "./schema.ts";

interface Filters {
  readonly q?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly folderId?: string | undefined;
  readonly tag?: string | undefined;
  readonly favorite?: boolean | undefined;
  readonly shared?: boolean | undefined;
  readonly dispatcher?: boolean | undefined;
}

/** Instead of a folder's id: those that lie in none. */
export const noFolder = "none";

/** The source that begins with the fewest rows, and what remains to be asked of each. */
function planOf(filters: Filters): Pick<Shape<Source, Condition>, "source" | "conditions"> {
  const { q, ownerId, folderId, tag, favorite, shared, dispatcher } = filters;
  const inFolder = folderId !== undefined && folderId !== noFolder;
  const begins = {
    search: q !== undefined,
    favorite: favorite === true,
    folder: inFolder,
    tag: tag !== undefined,
    owner: ownerId !== undefined,
    dispatchers: dispatcher === true,
  };
  const source = (Object.keys(begins) as (keyof typeof begins)[]).find((name) => begins[name]) ?? "walk";
  const asked = {
    owner: ownerId !== undefined,
    folder: inFolder,
    noFolder: folderId === noFolder,
    tag: tag !== undefined,
    dispatcher: dispatcher === true,
    notDispatcher: dispatcher === false,
    shared: shared === true,
    notShared: shared === false,
    favorite: favorite === true && source !== "favorite",
    notFavorite: favorite === false,
  };
  return { source, conditions: (Object.keys(asked) as (keyof typeof asked)[]).filter((name) => asked[name]) };
}

interface ListInput extends Filters {
  readonly start: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly total?: "exact" | undefined;
  readonly sort: Sort;
}

export async function listPage(ctx: Context, input: ListInput) {
  const [ownerName, ownerKind] = principalReference(input.ownerId ?? "");
  const [tag1, tag2] = tags.reference(input.tag ?? "");
  const folderId = input.folderId?.toLowerCase() ?? null;
  const values = { q: input.q ?? null, ownerName, ownerKind, folderId, tag1, tag2 };
  const { facts, items, ...page } = await lists.page(ctx, rows, planOf(input), input, values);
  return {
    items: items.map((row) => toAssistant(row, row.level, narrowed(row.level, facts))),
    ...page,
    permissions: { create: mayCreate(facts) },
  };
}

const mayCreate = ({ permissions, onlyAssistantId, maxLevel }: Facts) =>
  (permissions & grantBits["assistants:create"]) !== 0 && onlyAssistantId === null && maxLevel > 1;

export async function readAll(ctx: Context, { cursor }: { cursor?: string | undefined }) {
  const { facts, items, next } = await lists.all(ctx, allRows, cursor);
  return { items: items.map((row) => toAssistant(row, row.level, narrowed(row.level, facts))), next };
}

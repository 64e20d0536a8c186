import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import { assistantLevel, me, principalId, tags } from "../access.ts";
import { fragment } from "../fragment.ts";
import { type Candidates, type Noun, type Shape, seenAmong } from "../listing/matching.ts";
import { listing, type PageValues, pageParts, place } from "../listing/page.ts";
import { parsed } from "../records.ts";
import { type Places, read } from "../statement.ts";
import { columns } from "./schema.ts";
import { searched } from "./search.ts";

const { assistants } = tables;

/** What weighs: instructions of 256 KiB, two objects of 64 KiB, and texts of at most 80 KiB together. */
const heaviest = (256 + 2 * 64 + 80) * 1024;
const weighs = `${["instructions", "data", "model_settings", "welcome", "description", "suggestions"]
  .map((column) => `coalesce(octet_length(a.${column}), 0)`)
  .join(" + ")} + 128 * ((select count(*) from shares s where s.assistant_id = a.id)
    + (select count(*) from assistant_tags g where g.assistant_id = a.id))`;

const tagId = tags.id.replaceAll(":subject", ":tag");

const who = { access: "access", key: "assistant_id" } as const;
const seen = (found: string) => seenAmong(who, "assistants", found);

const sources = {
  search: { from: searched, seenOnly: true },
  favorite: { from: [`favorites f cross join assistants a on a.id = f.assistant_id and f.user_id = ${me}`] },
  folder: seen("assistants a indexed by assistants_by_folder"),
  tag: seen(`assistant_tags g indexed by assistant_tags_by_tag on g.tag_id = ${tagId}
    cross join assistants a on a.id = g.assistant_id`),
  owner: seen("assistants a indexed by assistants_by_owner_and_name"),
  dispatchers: seen("assistants a indexed by assistants_dispatchers"),
} as const satisfies Record<string, Candidates>;

const conditions = {
  owner: `a.owner_id = ${principalId(":ownerName", ":ownerKind")}`,
  folder: "a.folder_id = :folderId",
  noFolder: "a.folder_id is null",
  tag: `exists (select 1 from assistant_tags g where g.assistant_id = a.id and g.tag_id = ${tagId})`,
  dispatcher: "a.dispatcher",
  notDispatcher: "not a.dispatcher",
  shared:
    "(exists (select 1 from shares s where s.assistant_id = a.id) or exists (select 1 from teams t where t.id = a.owner_id))",
  notShared:
    "not exists (select 1 from shares s where s.assistant_id = a.id) and not exists (select 1 from teams t where t.id = a.owner_id)",
  favorite: `exists (select 1 from favorites v where v.assistant_id = a.id and v.user_id = ${me})`,
  notFavorite: `not exists (select 1 from favorites v where v.assistant_id = a.id and v.user_id = ${me})`,
} as const;

export type Source = keyof typeof sources;
export type Condition = keyof typeof conditions;

const noun: Noun<Source, Condition> = {
  ...who,
  table: "assistants",
  level: assistantLevel,
  sources,
  conditions,
  weighs,
  heaviest,
};

export const lists = listing(noun);

export const rows = read((database, _: Places<PageValues>, shape: Shape<Source, Condition>) => {
  const { page, within, order } = pageParts(noun, shape);
  return database
    .select({ ...columns, ...place })
    .from(page)
    .crossJoin(assistants)
    .where(within)
    .orderBy(order);
});

const listed = {
  ...columns,
  tags: sql<string[]>`(select json_group_array(t.name order by t.sort_name)
    from assistant_tags g cross join tags t on t.id = g.tag_id where g.assistant_id = assistants.id)`.mapWith(
    parsed<string[]>,
  ),
  sharing: sql<{ principalId: string; accessLevel: number }[]>`(select json_group_array(json_object(
      'principalId', p.kind || ':' || p.name, 'accessLevel', s.level) order by p.name)
    from shares s cross join principals p on p.id = s.principal_id where s.assistant_id = assistants.id)`.mapWith(
    parsed<{ principalId: string; accessLevel: number }[]>,
  ),
  favorite: sql<boolean>`exists (select 1 from favorites v where v.assistant_id = assistants.id
    and v.user_id = ${fragment(me)})`.mapWith(Boolean),
};

export const allRows = read((database, _: Places<PageValues>, shape: Shape<Source, Condition>) => {
  const { page, within, order } = pageParts(noun, shape);
  return database
    .select({ ...listed, ...place })
    .from(page)
    .crossJoin(assistants)
    .where(within)
    .orderBy(order);
});

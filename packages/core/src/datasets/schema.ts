import { type StoredField, tables } from "@steward/db";
import { sql } from "drizzle-orm";
import * as z from "zod";
import { asCaller, type Level, datasets as resource } from "../access.ts";
import { Slug } from "../assistants/schema.ts";
import { fragment } from "../fragment.ts";
import { parsed } from "../records.ts";
import { Id, Moment, PrincipalId, Reference, text, Version } from "../schemas.ts";
import { dataTypes } from "./records.ts";
import { ownView } from "./view.ts";
import type { Way } from "./ways.ts";

const { datasets } = tables;

export const DatasetReference = Reference.meta({ description: "UUID, or natural id `owner:slug`" });
export const datasetKey = { id: DatasetReference };

/** The id of the row that the request names. */
export const datasetId = fragment<string>(resource.id);

/** What its writers may set. */
export const fields = {
  slug: Slug,
  name: text(255, 1).meta({ description: "What people call it" }),
  description: text(4000).nullable().meta({ description: "What is in it, as lists show it" }),
};

export const DataField = z
  .object({
    name: z.string(),
    label: z.string(),
    dataType: z.enum(dataTypes),
    position: z.int().min(1).meta({ description: "Its place among the fields that you see, from 1 on" }),
  })
  .meta({ id: "DataField", description: "A field of a dataset's records" });

const Permissions = z
  .object({ write: z.boolean(), delete: z.boolean(), share: z.boolean(), changeOwner: z.boolean() })
  .meta({ id: "DatasetPermissions", description: "What this caller may do with this dataset" });

export const ListedDataset = z
  .object({
    id: Id,
    naturalId: z.string().meta({ description: "`owner:slug`, as people write it" }),
    ...fields,
    ownerId: PrincipalId,
    shared: z.boolean().meta({ description: "Whether it has shares or belongs to a team" }),
    rows: z.int().nullable().meta({ description: "How many records it has; null where you see only some of them" }),
    bytes: z.int().nullable().meta({ description: "How much they hold; null where you see only a part of it" }),
    indexed: z.boolean().meta({ description: "Whether `q` finds all of them; false while new ones are indexed" }),
    permissions: Permissions,
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
    createdBy: PrincipalId.nullable(),
    updatedBy: PrincipalId.nullable(),
  })
  .meta({ id: "ListedDataset", description: "A dataset without its fields, which may be hundreds" });

export const Dataset = ListedDataset.extend({
  fields: z.array(DataField).meta({ description: "In their order, as far as you see them" }),
}).meta({ id: "Dataset", description: "A dataset, as this caller sees it" });

/** The rows of `dataset_access` by which the caller sees a dataset, each with the share that narrows it as `s`, if one does. */
const waysOf = (
  id: string,
) => `caller c cross join dataset_access x on x.dataset_id = ${id} and x.principal_id = c.principal
  left join dataset_shares s on x.level = 1 and s.dataset_id = x.dataset_id and s.principal_id = x.principal_id`;

/** SQL for an array of JSON of the caller's {@link Way}s to the dataset with this id: none for one who does not see it. */
const waysTo = (id: string) => `(with ${asCaller}
  select json_group_array(json_object('filter', json(s.filter), 'visibleFields', json(s.visible_fields))) from ${waysOf(id)})`;

/** The fields that somebody sees who has these ways to a dataset whose data has `fields`. */
function seenFields(fields: readonly StoredField[], ways: readonly Way[]): Iterable<StoredField> {
  const load = { number: 0, fields, lastPosition: 0, indexedPosition: 0 };
  return ownView({ id: "", name: "", load, ways }).fields.values();
}

const principal = (column: string) =>
  sql.raw(`(select p.kind || ':' || p.name from principals p where p.id = datasets.${column})`);

const ofLoad = (value: string) => `(select ${value} from dataset_loads l where l.number = datasets.load_number)`;

/** SQL for whether the caller sees all records of the dataset with this id, or all of it, with `caller` at hand. */
export const seesAllRecords = (id: string) => `exists (select 1 from ${waysOf(id)} where s.filter is null)`;
export const seesAll = (id: string) =>
  `exists (select 1 from ${waysOf(id)} where s.filter is null and s.visible_fields is null)`;

/** A number that only those are told who see all of what it counts: `seen` is SQL for that. */
export const countFor = (seen: string, value: "rows" | "bytes") =>
  sql<number | null>`${fragment(`case when ${seen} then coalesce(${ofLoad(`l.${value}`)}, 0) end`)}`;

const ofOne = (seen: (id: string) => string) => `(with ${asCaller} select ${seen("datasets.id")})`;

/** The columns of a list, but for what depends on the caller. */
export const listed = {
  id: datasets.id,
  slug: datasets.slug,
  name: datasets.name,
  description: datasets.description,
  ownerId: sql<string>`${principal("owner_id")}`,
  hasShares: sql<boolean>`exists (select 1 from dataset_shares s where s.dataset_id = datasets.id)`.mapWith(Boolean),
  indexed: sql<boolean>`${sql.raw(`coalesce(${ofLoad("l.indexed_position >= l.last_position")}, true)`)}`.mapWith(
    Boolean,
  ),
  version: datasets.version,
  createdAt: datasets.createdAt,
  updatedAt: datasets.updatedAt,
  createdBy: sql<string | null>`${principal("created_by")}`,
  updatedBy: sql<string | null>`${principal("updated_by")}`,
};

/** The columns of an answer about one. */
export const columns = {
  ...listed,
  rows: countFor(ofOne(seesAllRecords), "rows"),
  bytes: countFor(ofOne(seesAll), "bytes"),
  stored: sql<StoredField[]>`${sql.raw(`coalesce(${ofLoad("l.fields")}, '[]')`)}`.mapWith(parsed<StoredField[]>),
  ways: sql<Way[]>`${fragment(waysTo("datasets.id"))}`.mapWith(parsed<Way[]>),
};

interface ListedRow {
  readonly ownerId: string;
  readonly slug: string;
  readonly hasShares: boolean;
}

/** Makes a row what a caller who acts at this level sees of it. */
export const toListed = <R extends ListedRow>(row: R, level: Level) => ({
  ...row,
  naturalId: `${row.ownerId.slice(row.ownerId.indexOf(":") + 1)}:${row.slug}`,
  shared: row.hasShares || row.ownerId.startsWith("team:"),
  permissions: { write: level >= 2, delete: level >= 3, share: level >= 3, changeOwner: level >= 3 },
});

/** Fields in their order, numbered anew: for one that is not seen there is no gap. */
export const shownFields = (seen: Iterable<StoredField>): z.output<typeof DataField>[] =>
  Array.from(seen, ({ name, label, dataType }, index) => ({ name, label, dataType, position: index + 1 }));

/** The same with the fields. */
export const toDataset = <R extends ListedRow & { readonly stored: StoredField[]; readonly ways: Way[] }>(
  row: R,
  level: Level,
) => ({ ...toListed(row, level), fields: shownFields(seenFields(row.stored, row.ways)) });

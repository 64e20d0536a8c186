import * as z from "zod";
import { asCaller } from "../access.ts";
import { type Criteria, compileCriteria } from "../datasets/criteria.ts";
import type { VisibleField } from "../datasets/records.ts";
import { DataField, shownFields } from "../datasets/schema.ts";
import { ownView } from "../datasets/view.ts";
import { loadOfDataset, type Sight, sightColumns, sightOf } from "../datasets/ways.ts";
import { isStewardError } from "../errors.ts";
import { parsed } from "../records.ts";
import { Id } from "../schemas.ts";

export const ShownDataset = z
  .object({
    id: Id,
    naturalId: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    fields: z.array(DataField),
    filters: z.array(z.record(z.string(), z.unknown())).meta({ description: "What narrows the records that are seen" }),
  })
  .meta({ id: "KnownDataset", description: "A dataset, as far as an assistant shows it to this caller" });

/** A dataset, with what decides on how much of it its reader sees by rights of its own. */
export interface FoundDataset {
  readonly naturalId: string;
  readonly description: string | null;
  readonly sight: Sight;
}

const inSight = "id, name, number, fields, last_position, indexed_position, ways";

/**
 * SQL for the dataset of this id as a text of JSON for {@link parsedDataset}, or null where there is none. What is JSON
 * already is put down before it is text within another.
 */
export const foundDataset = (id: string) => `(with ${asCaller},
    found(natural_id, description, ${inSight}) as materialized (
      select p.name || ':' || d.slug, d.description, ${sightColumns}
      from datasets d ${loadOfDataset} cross join principals p on p.id = d.owner_id where d.id = ${id})
  select json_array(natural_id, description, ${inSight}) from found)`;

export function parsedDataset(text: string): FoundDataset {
  const [naturalId, description, ...sight] = parsed<[string, string | null, ...unknown[]]>(text);
  return { naturalId, description, sight: sightOf(sight) };
}

type Fields = ReadonlyMap<string, VisibleField>;
const none: Fields = new Map();

/** The fields that the caller sees of it by rights of its own. */
export const ownFields = (dataset: FoundDataset | null): Fields => (dataset ? ownView(dataset.sight).fields : none);

/** All of its fields. */
export const allFields = (dataset: FoundDataset | null): Fields =>
  dataset ? ownView({ ...dataset.sight, ways: null }).fields : none;

/** Whether the caller has any right to it of its own. */
export const isReadable = ({ sight: { ways } }: FoundDataset): boolean => ways === null || ways.length > 0;

/** What its reader sees of it where these are the fields. */
export const shownDataset = (
  { naturalId, description, sight }: FoundDataset,
  fields: Fields,
  filter: Criteria | null,
): z.output<typeof ShownDataset> => ({
  id: sight.id,
  naturalId,
  name: sight.name,
  description,
  fields: shownFields([...fields.values()]),
  filters: filter ? [filter] : [],
});

/** Fields to be judged by alone: their cells' SQL is not asked for, which may be long. */
const withoutCells = (fields: Fields): Fields =>
  new Map(
    Array.from(fields, ([key, { name, label, dataType, slot }]) => [key, { name, label, dataType, slot, sql: "null" }]),
  );

/** Throws `validation_failed`, beneath `path`, where criteria do not fit these fields. */
export function checkCriteria(criteria: Criteria, fields: Fields, path: string): void {
  compileCriteria(criteria, withoutCells(fields), "k", path);
}

/** Whether criteria speak of these fields alone. */
export function speaksOnlyOf(criteria: Criteria, fields: Fields): boolean {
  try {
    checkCriteria(criteria, fields, "filter");
    return true;
  } catch (error) {
    if (isStewardError(error) && error.code === "validation_failed") return false;
    throw error;
  }
}

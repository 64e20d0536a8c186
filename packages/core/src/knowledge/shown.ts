import type { StoredField } from "@steward/db";
import * as z from "zod";
import { type Criteria, compileCriteria } from "../datasets/criteria.ts";
import { slotOf, type VisibleField } from "../datasets/records.ts";
import { DataField, seenFields, shownFields, type Way, waysTo } from "../datasets/schema.ts";
import { isStewardError } from "../errors.ts";
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

/** A dataset, with the ways in which its reader sees it itself: none for one who has no right to it. */
export interface FoundDataset {
  readonly id: string;
  readonly naturalId: string;
  readonly name: string;
  readonly description: string | null;
  readonly fields: readonly StoredField[];
  readonly ways: readonly Way[];
}

/** SQL for the dataset of this id as a {@link FoundDataset} of JSON, or null where there is none. */
export const foundDataset = (id: string) => `(select json_object('id', d.id, 'naturalId', p.name || ':' || d.slug,
    'name', d.name, 'description', d.description, 'fields', json(coalesce(
      (select fields from dataset_loads where number = d.load_number), '[]')), 'ways', json(${waysTo("d.id")}))
  from datasets d cross join principals p on p.id = d.owner_id where d.id = ${id})`;

/** The fields that the caller sees of it by its own rights. */
export const ownFields = (dataset: FoundDataset | null): readonly StoredField[] =>
  dataset ? seenFields(dataset.fields, dataset.ways) : [];

/** What its reader sees of it where these are the fields. */
export const shownDataset = (
  { id, naturalId, name, description }: FoundDataset,
  fields: readonly StoredField[],
  filter: Criteria | null,
): z.output<typeof ShownDataset> => ({
  id,
  naturalId,
  name,
  description,
  fields: shownFields(fields),
  filters: filter ? [filter] : [],
});

/** Throws `validation_failed`, at `path`, where criteria do not fit these fields. */
export function checkCriteria(criteria: Criteria, fields: readonly StoredField[], path: string): void {
  const known: ReadonlyMap<string, VisibleField> = new Map(
    fields.map((field) => [field.name, { ...field, sql: slotOf(field.slot) }]),
  );
  compileCriteria(criteria, known, "k", path);
}

/** Whether criteria say nothing of a field beyond these. */
export function tellsOnly(criteria: Criteria, fields: readonly StoredField[]): boolean {
  try {
    checkCriteria(criteria, fields, "filter");
    return true;
  } catch (error) {
    if (isStewardError(error) && error.code === "validation_failed") return false;
    throw error;
  }
}

import { tables } from "@steward/db";
import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Level, assistants as resource } from "../access.ts";
import { assistantKey } from "../assistants/schema.ts";
import type { Criteria } from "../datasets/criteria.ts";
import { fragment } from "../fragment.ts";
import { Id, Moment, Reference, Version } from "../schemas.ts";
import { type Places, read } from "../statement.ts";
import { Access, Filter, Mode, SampleSize } from "./extent.ts";
import { namedDataset, readableDataset, type WhichDataset } from "./rights.ts";
import {
  allFields,
  type FoundDataset,
  foundDataset,
  isReadable,
  ownFields,
  parsedDataset,
  ShownDataset,
  shownDataset,
  speaksOnlyOf,
} from "./shown.ts";

const { knowledge } = tables;

export const Association = z
  .object({
    id: Id,
    assistantId: Id,
    datasetId: Id,
    mode: Mode,
    filter: Filter.meta({
      description:
        "Which records. Null for all, and for those who may only use the assistant where its instructions are hidden or the filter speaks of what they may not see",
    }),
    sampleSize: SampleSize,
    access: Access,
    dataset: ShownDataset.nullable().meta({
      description:
        "What the assistant sees of it; with access `asker` what you may see of it yourself, null for nothing. Null for one that is gone",
    }),
    permissions: z.object({
      read: z.boolean().meta({ description: "Whether the dataset itself is yours to read" }),
      write: z.boolean(),
      delete: z.boolean(),
    }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "DatasetKnowledge", description: "A dataset that an assistant knows, and how much of it" });

export const columns = {
  id: knowledge.id,
  assistantId: knowledge.assistantId,
  datasetId: knowledge.datasetId,
  mode: knowledge.mode,
  filter: knowledge.filter,
  sampleSize: knowledge.sampleSize,
  access: knowledge.access,
  dataset: fragment(foundDataset("assistant_datasets.dataset_id")).mapWith(parsedDataset) as SQL<FoundDataset | null>,
  hidden:
    sql`(select instructions_hidden from assistants where assistants.id = assistant_datasets.assistant_id)`.mapWith(
      Boolean,
    ) as SQL<boolean>,
  version: knowledge.version,
  createdAt: knowledge.createdAt,
  updatedAt: knowledge.updatedAt,
};

interface Row {
  readonly access: Access;
  readonly filter: Criteria | null;
  readonly dataset: FoundDataset | null;
  readonly hidden: boolean;
}

interface Reader {
  readonly readingLevel: Level;
  readonly level: Level;
  readonly onlyAssistantId: string | null;
}

/** An association as this caller sees it. A filter may say as much as hidden instructions do, or as a hidden field. */
export function toAssociation<R extends Row>(
  { hidden, filter, dataset, ...row }: R,
  { readingLevel, level, onlyAssistantId }: Reader,
) {
  const isBrought = row.access === "assistant";
  const fields = isBrought ? allFields(dataset) : ownFields(dataset);
  const isTold = readingLevel >= 2 || (!hidden && (isBrought || (filter !== null && speaksOnlyOf(filter, fields))));
  const told = isTold ? filter : null;
  return {
    ...row,
    filter: told,
    dataset: dataset && (isBrought || isReadable(dataset)) ? shownDataset(dataset, fields, told) : null,
    permissions: {
      read: dataset !== null && isReadable(dataset) && onlyAssistantId === null,
      write: level >= 2,
      delete: level >= 2,
    },
  };
}

export const datasetKey = {
  ...assistantKey,
  datasetId: Reference.meta({ description: "UUID or natural id of the dataset" }),
};

/**
 * SQL for the association that the request names. A natural id leads to what its caller may know under that name; a UUID
 * also to a dataset that is gone.
 */
export const associationId = `(select k.id from assistant_datasets k where k.assistant_id = ${resource.id}
  and k.dataset_id = iif(:dataset2 is null, :dataset1, ${namedDataset})
  and (:dataset2 is null or k.access = 'assistant' or ${readableDataset("k.dataset_id")}))`;

export const isNamed = sql`assistant_datasets.id = ${fragment(associationId)}`;

export const one = read((database, _: Places<WhichDataset>) => database.select(columns).from(knowledge).where(isNamed));
export const made = read((database, places: Places<{ id: string }>) =>
  database.select(columns).from(knowledge).where(sql`assistant_datasets.id = ${places.id}`),
);

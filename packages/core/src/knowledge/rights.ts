import { asCaller, datasetLevel, datasets, meUnnarrowed, assistants as resource } from "../access.ts";

/**
 * SQL for whether the caller may read the dataset of this id. A token that is bound to an assistant reaches none: what it
 * knows of one is what its assistant brings.
 */
export const readableDataset = (id: string) => `(exists (select 1 from dataset_access x where x.dataset_id = ${id}
    and x.principal_id in (with ${asCaller} select principal from caller))
  and (select assistant_id is null from credentials where hash = :credential))`;

/** SQL for whether the caller, with this credential, administers the dataset of this id. */
export const administersDataset = (id: string) =>
  `(coalesce((with ${asCaller} select ${datasetLevel(id)}) >= 3, false) and ${meUnnarrowed})`;

/** SQL for the id of the dataset that `:dataset1` to `:dataset3` name, or null: see `datasets` in access.ts. */
export const namedDataset = datasets.id.replaceAll(":subject", ":dataset");

/** The text by which a request names a dataset, as values of a statement. */
export interface WhichDataset {
  readonly dataset1: string | null;
  readonly dataset2: string | null;
  readonly dataset3: string | null;
}

export function whichDataset(text: string): WhichDataset {
  const [dataset1, dataset2, dataset3] = datasets.reference(text);
  return { dataset1, dataset2, dataset3 };
}

const meaning = (alias: string) =>
  `(${alias}.dataset_id, ${alias}.mode, json(${alias}.filter), ${alias}.sample_size, ${alias}.access)`;

/** SQL for whether two associations are the same in all that decides on what they reach. */
export const meansTheSame = (one: string, other: string) => `${meaning(one)} is ${meaning(other)}`;

/** SQL for whether an assistant brings the dataset of this id along, so that its readers know its name. */
export const broughtBy = (assistantId: string, datasetId: string) => `exists (select 1 from assistant_datasets b
  where b.assistant_id = ${assistantId} and b.dataset_id = ${datasetId} and b.access = 'assistant')`;

/**
 * SQL for the names of datasets by their ids, as an object of JSON, as far as the caller may know them: it may read them, or
 * the assistant that the request names (or its draft) brings them along. `ids` is SQL that selects them.
 */
export const datasetNames = (ids: string) => `(select json_group_object(d.id, d.name) from datasets d
  where d.id in (${ids}) and (${readableDataset("d.id")} or ${broughtBy(resource.id, "d.id")} or
    ${broughtBy(`(select id from assistants where editing_id = ${resource.id})`, "d.id")}))`;

import { sql } from "drizzle-orm";
import { asCaller, levelWithDrafts, assistants as resource } from "../access.ts";
import type { Step } from "../context.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { guard, rawWrite, read } from "../statement.ts";
import { administersDataset, meansTheSame } from "./rights.ts";

/*
 * An association with access `assistant` gives the assistant's readers rights that they lack. However it comes about, it is
 * one that is there already, or somebody who administers the dataset has said so.
 */

/** SQL for the associations of a draft that its original does not have as they are, of datasets that are not the caller's. */
const notBrought = (draft: string) => `assistant_datasets d where d.assistant_id = ${draft} and d.access = 'assistant'
  and not exists (select 1 from assistant_datasets l where l.assistant_id = ${resource.id} and ${meansTheSame("l", "d")})
  and not ${administersDataset("d.dataset_id")}`;

/** That the draft brings along no more than its original does, but what the caller itself administers. `draft` is SQL. */
export const bringsNoMore = (draft: string) => guard(`not exists (select 1 from ${notBrought(draft)})`);

/** What {@link bringsNoMore} refuses, by name. */
export const broughtBeyond = (draft: string) =>
  read((database) =>
    database
      .select({
        name: sql<string>`coalesce((select name from datasets where id = d.dataset_id), d.dataset_id)`.as("name"),
      })
      .from(fragment(notBrought(draft))),
  );

export const notToBeBrought = (names: readonly string[]) =>
  new StewardError("forbidden", {
    message: `It would bring along ${names.map((name) => `"${name.slice(0, 100)}"`).join(", ")}, for all who may use it: set access \`asker\` there, or ask somebody who administers the dataset`,
  });

const narrow = (assistant: string, unless: string) =>
  rawWrite<object>(`update assistant_datasets set access = 'asker' where assistant_id = ${assistant}
    and access = 'assistant' and not (${unless}) and not ${administersDataset("assistant_datasets.dataset_id")}`);

/** SQL for whether a filter speaks of a field that the caller does not see of the dataset. */
const speaksOfHidden = (filter: string, datasetId: string) => `exists (select 1 from json_tree(${filter}) t
  where typeof(t.key) = 'text' and substr(t.key, 1, 1) <> '$' and t.key not in (with ${asCaller}
    select f.value ->> 'name' from caller c
      cross join dataset_access x on x.dataset_id = ${datasetId} and x.principal_id = c.principal
      left join dataset_shares s on s.dataset_id = x.dataset_id and s.principal_id = x.principal_id
      cross join datasets d on d.id = x.dataset_id cross join dataset_loads l on l.number = d.load_number
      cross join json_each(l.fields) f
    where x.level >= 2 or s.visible_fields is null
      or f.value ->> 'name' in (select v.value from json_each(s.visible_fields) v)))`;

/**
 * What a copy makes of what it has taken over: what it would bring along of datasets that are not its maker's, each of its
 * readers asks by itself, and what the original did not tell its maker is left out. `copy` is SQL.
 */
export function askingAnew(copy: string): (values: object) => readonly Step[] {
  const hide = rawWrite<object>(`delete from assistant_datasets where assistant_id = ${copy} and access = 'asker'
    and filter is not null and ${speaksOfHidden("assistant_datasets.filter", "assistant_datasets.dataset_id")}
    and (with ${asCaller} select ${levelWithDrafts(resource.id)}) < 2`);
  const ask = narrow(copy, "false");
  return (values) => [hide(values), ask(values)];
}

const meaningIn = (document: string) =>
  ["datasetId", "mode", "filter", "sampleSize", "access"]
    .map((key) => `${key === "filter" ? `${document} -> '$.filter'` : `${document} ->> '${key}'`}`)
    .join(", ");

/** SQL for whether the assistant's newest revision, which is what it was before this request, has the same association. */
const wasBrought = (assistant: string) => `exists (select 1 from json_each((select r.content from revisions r
    where r.assistant_id = ${assistant} order by r.number desc limit 1), '$.knowledge') j
  where (${meaningIn("j.value")}) is (assistant_datasets.dataset_id, assistant_datasets.mode,
    coalesce(json(assistant_datasets.filter), 'null'), assistant_datasets.sample_size, assistant_datasets.access))`;

/** The same for one that has become what it once was, before that is recorded. `assistant` is SQL. */
export function bringingNoMore(assistant: string): (values: object) => Step {
  const step = narrow(assistant, wasBrought(assistant));
  return (values) => step(values);
}

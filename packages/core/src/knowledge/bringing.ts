import { sql } from "drizzle-orm";
import { assistants as resource } from "../access.ts";
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

/** What a copy would bring along of datasets that are not its maker's, each of its readers asks by itself. `copy` is SQL. */
export function askingAnew(copy: string): (values: object) => Step {
  const step = narrow(copy, "false");
  return (values) => step(values);
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

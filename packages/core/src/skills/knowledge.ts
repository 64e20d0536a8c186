import { asCaller, assistants as resource } from "../access.ts";
import type { Context } from "../context.ts";
import { readBounded } from "../datasets/ask.ts";
import { readExamples } from "../datasets/examples.ts";
import type { RecordQuery } from "../datasets/query.ts";
import type { VisibleField } from "../datasets/records.ts";
import { type Association, fieldsThrough, type View, viewThrough } from "../datasets/view.ts";
import { loadOfDataset, type Sight, sameSight, sightColumns, sightOf } from "../datasets/ways.ts";
import { invalid, StewardError } from "../errors.ts";
import { readSql } from "../statement.ts";
import type { KnownDataset } from "./driver.ts";

/** An association of the assistant that the request names, with its caller's sight of the dataset. */
export interface Knowledge {
  readonly naturalId: string;
  readonly description: string | null;
  readonly association: Association;
  readonly sight: Sight;
}

const associations = readSql(
  {
    text: `with ${asCaller} select p.name || ':' || d.slug, d.description, k.mode, k.filter, k.sample_size, k.access, ${sightColumns}
      from assistant_datasets k cross join datasets d on d.id = k.dataset_id cross join principals p on p.id = d.owner_id
        ${loadOfDataset}
      where k.assistant_id = ${resource.id} order by k.id`,
    values: {},
  },
  (row): Knowledge => {
    const [naturalId, description, mode, filter, sampleSize, access, ...sight] = row as [
      string,
      string | null,
      Association["mode"],
      string | null,
      number | null,
      Association["access"],
      ...unknown[],
    ];
    const association = { mode, filter: filter === null ? null : JSON.parse(filter), sampleSize, access };
    return { naturalId, description, association, sight: sightOf(sight) };
  },
);

/** What the assistant that the request names knows, and what its caller sees of it. */
export const lookAtKnowledge = (ctx: Context): Promise<Knowledge[]> => ctx.read(associations);

const sameOne = (one: Knowledge, other: Knowledge | undefined): boolean =>
  other !== undefined &&
  JSON.stringify(one.association) === JSON.stringify(other.association) &&
  sameSight(one.sight, other.sight);

/** Whether all that decides on what is reached is still the same. */
export const sameKnowledge = (one: readonly Knowledge[], other: readonly Knowledge[]): boolean =>
  one.length === other.length && one.every((each, index) => sameOne(each, other[index]));

/** Whether the caller reaches any of it: through the assistant's right, or with one of its own. */
const isReached = ({ association, sight: { ways } }: Knowledge): boolean =>
  association.access === "assistant" || ways === null || ways.length > 0;

const viewOf = ({ association, sight }: Knowledge): View => viewThrough(association, sight);

function toKnown(knowledge: Knowledge): KnownDataset {
  const { naturalId, description, association, sight } = knowledge;
  const reached = isReached(knowledge);
  return {
    id: sight.id,
    naturalId,
    name: sight.name,
    description,
    mode: association.mode,
    reached,
    fields: reached ? [...fieldsThrough(association, sight).values()].map((field) => toField(field, [])) : [],
  };
}

type Examples = KnownDataset["fields"][number]["examples"];
const toField = ({ name, dataType }: VisibleField, examples: Examples) => ({ name, dataType, examples });

/** What is known, without examples. */
export const knownOf = (found: readonly Knowledge[]): KnownDataset[] => found.map(toKnown);

/** Fields with examples, of all datasets together. */
export const mostExemplified = 200;
const howMany = { most: 3, longest: 40 };

/** What is known, with examples of its first fields, in one trip. */
export function knownWithExamples(ctx: Context, found: readonly Knowledge[]): () => Promise<KnownDataset[]> {
  let room = mostExemplified;
  const readings = found.map((knowledge) => {
    const known = toKnown(knowledge);
    const view = viewOf(knowledge);
    const fields = known.reached && known.mode !== "schema" ? [...view.fields.values()].slice(0, room) : [];
    room -= fields.length;
    return { known, reading: readExamples(ctx, view, fields, howMany) };
  });
  return () =>
    Promise.all(
      readings.map(async ({ known, reading }) => {
        const examples = await reading();
        return {
          ...known,
          fields: known.fields.map((field, index) => ({ ...field, examples: examples[index] ?? [] })),
        };
      }),
    );
}

/** Asks one of the datasets that are known, by its id: of what is reached and of nothing else. In one trip. */
export function askKnowledge(
  ctx: Context,
  found: readonly Knowledge[],
  datasetId: string,
  query: RecordQuery,
  bytes: number,
) {
  const knowledge = found.find(({ sight }) => sight.id === datasetId);
  if (!knowledge || !isReached(knowledge)) throw invalid("dataset", "There is no such dataset among what is reached");
  const view = viewOf(knowledge);
  if (knowledge.association.mode === "schema")
    throw new StewardError("conflict", {
      message: "Only the fields of this dataset are known here: no record, no value and no number of them",
    });
  if (view.unfit)
    throw new StewardError("conflict", {
      message:
        "The filter by which this dataset is known speaks of fields that are gone or that you do not see (for a sample: not in every record): ask an editor of the assistant to correct it, or the dataset's owner to show you more",
    });
  return readBounded(ctx, query, view, bytes);
}

import type { ConfiguredSkill, KnownDataset, Outcome } from "../driver.ts";
import { refer } from "./dataset-query-tool.ts";

interface Configured extends ConfiguredSkill<{ readonly allowGrouping: boolean }> {}

const failed = (content: Readonly<Record<string, unknown>>): Outcome & { readonly failed: true } => ({
  content,
  failed: true,
});

/** Said to one whose own rights count, and who has none. No name is told, for one without a right knows of none. */
export const noRight =
  "You have no right to this dataset yourself, and the assistant does not bring it along: ask its owner to share it with you";

const mostListed = 50;

const someOf = (known: readonly KnownDataset[]) => known.slice(0, mostListed).map((each) => refer(each, known));

/** The dataset that is meant, or what to tell a model that means none. */
export function whichOf(bound: string | null, named: string | undefined, known: readonly KnownDataset[]) {
  const reached = known.filter((each) => each.reached);
  if (bound !== null) {
    const one = known.find(({ id }) => id === bound);
    if (!one)
      return failed({
        error: "The assistant does not know the dataset of this skill: an editor must add it to its datasets",
      });
    return one.reached ? one : failed({ error: noRight });
  }
  const meant = reached.filter((each) => [each.id, each.naturalId, each.name].includes(named ?? ""));
  const [one] = meant;
  if (one && meant.length === 1) return one;
  if (known.length === 0) return failed({ error: "The assistant knows no dataset: an editor must add one" });
  if (reached.length === 0) return failed({ error: noRight });
  const beyond = reached.length < known.length ? { note: `Others are not listed: ${noRight}` } : {};
  const error =
    meant.length > 1
      ? "Several datasets have this name"
      : named === undefined
        ? "Say which dataset"
        : "There is no dataset of this name";
  return failed({ error: `dataset: ${error}`, datasets: someOf(reached), ...beyond });
}

const mostFields = 200;
const longest = 16 * 1024;

/** The fields that may be asked for, as far as they are not too many. */
export function fieldsOf({ fields }: KnownDataset) {
  let room = longest;
  const shown = fields.slice(0, mostFields).flatMap(({ name, dataType }) => {
    room -= name.length + dataType.length;
    return room < 0 ? [] : [{ name, dataType }];
  });
  const left = fields.length - shown.length;
  return { fields: shown, ...(left > 0 && { note: `${left} more fields are not listed` }) };
}

/** A question that is right, of the fields that there are. */
export function exampleFor(dataset: KnownDataset, known: readonly KnownDataset[], { datasetId, data }: Configured) {
  const [first] = dataset.fields;
  const number = dataset.fields.find(({ dataType }) => dataType === "number");
  const named =
    datasetId === null
      ? {
          dataset: refer(
            dataset,
            known.filter(({ reached }) => reached),
          ),
        }
      : {};
  if (!first) return { ...named, limit: 10 };
  if (!data.allowGrouping) return { ...named, select: [first.name], sort: [first.name], limit: 10 };
  const sum = number ? [{ function: "sum", field: number.name, as: "total" }] : [];
  return { ...named, groupBy: [first.name], aggregates: [{ function: "count", as: "count" }, ...sum], limit: 10 };
}

/** What a model is told that asked wrongly: what is wrong, what there is, and how it could ask. */
export const refused = (
  error: string,
  dataset: KnownDataset,
  known: readonly KnownDataset[],
  skill: Configured,
): Outcome =>
  failed({
    error,
    dataset: dataset.name,
    ...fieldsOf(dataset),
    ...(dataset.mode !== "schema" && { example: exampleFor(dataset, known, skill) }),
  });

import { sql } from "drizzle-orm";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { type Access, type Extent, sameExtent, sameFilter } from "../knowledge/extent.ts";
import { administersDataset, namedDataset, readableDataset } from "../knowledge/rights.ts";
import { checkCriteria, type FoundDataset, foundDataset, ownFields, parsedDataset } from "../knowledge/shown.ts";
import { type Guard, guard, type Places, read } from "../statement.ts";
import type { Content } from "./changes.ts";

/** By the place at which the document names them: the datasets that the importer may read, and what it sees of each. */
export const namedDatasets = read((database, _: Places<{ datasets: string }>) =>
  database
    .select({
      place: sql<number>`n.key`.as("place"),
      id: sql<string>`w.id`.as("id"),
      name: sql<string>`w.name`.as("name"),
      dataset: sql<FoundDataset>`${fragment(foundDataset("w.id"))}`.mapWith(parsedDataset).as("dataset"),
      administered: sql<boolean>`${fragment(administersDataset("w.id"))}`.mapWith(Boolean).as("administered"),
    })
    .from(
      fragment(`json_each(:datasets) n cross join datasets w
        on w.id = ${namedDataset.replaceAll(/:dataset(\d)/g, (_, digit: string) => `(n.value ->> ${Number(digit) - 1})`)}
        and ${readableDataset("w.id")}`),
    ),
);

export interface NamedDataset {
  readonly place: number;
  readonly id: string;
  readonly name: string;
  readonly dataset: FoundDataset;
  readonly administered: boolean;
}

interface Association extends Extent {
  readonly datasetId: string;
  readonly access: Access;
}

const associations = (content: Content | null) => (content?.knowledge ?? []) as unknown as readonly Association[];

const isReadable = guard<{ datasetId: string }>(readableDataset(":datasetId"));
const isAdministered = guard<{ datasetId: string }>(administersDataset(":datasetId"));

const message =
  "It would bring the dataset along, for all who may use it: say access `asker`, or ask somebody who administers the dataset to import it";
const notYours = (place: string) =>
  new StewardError("forbidden", { message, details: [{ path: `${place}.access`, message }] });
const gone = (place: string) =>
  new StewardError("validation_failed", {
    details: [{ path: `${place}.dataset`, message: "There is no such dataset, or it is not yours to see" }],
  });

/**
 * What must hold for what the document knows: filters speak of fields that the importer sees, and what brings a dataset
 * along is there as it is already, or the importer's own to say. Throws where it does not; the guards are for the commit.
 */
export function guardsOfKnowledge(
  content: Content,
  existing: Content | null,
  found: readonly NamedDataset[],
): readonly Guard[] {
  const before = new Map(associations(existing).map((association) => [association.datasetId, association]));
  const named = new Map(found.map((each) => [each.id, each]));
  return associations(content).flatMap((association, index) => {
    const place = `document.knowledge.${index}`;
    const { datasetId, filter, access } = association;
    const [was, dataset] = [before.get(datasetId), named.get(datasetId)];
    const isBrought = was?.access === "assistant" && sameExtent(was, association);
    if (access === "assistant" && !isBrought && !dataset?.administered) throw notYours(place);
    if (filter && !(was && sameFilter(was.filter, filter)))
      checkCriteria(filter, ownFields(dataset?.dataset ?? null), `${place}.filter`);
    return [
      ...(was ? [] : [isReadable({ datasetId }, gone(place))]),
      ...(access === "assistant" && !isBrought ? [isAdministered({ datasetId }, notYours(place))] : []),
    ];
  });
}

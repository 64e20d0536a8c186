import { tables } from "@steward/db";
import { asCaller, assistants, datasets } from "../access.ts";
import { invalid } from "../errors.ts";
import { readableDataset } from "../knowledge/rights.ts";
import { type Guard, guard } from "../statement.ts";
import { longestId, longestTarget, webAddress } from "./urls.ts";

/** All that a reference may name. */
export const targetTypes = tables.references.targetType.enumValues;
export type TargetType = (typeof targetTypes)[number];

/** Rows of Steward's own that a skill or a reference may name. */
export type TargetKind = "assistant" | "dataset" | "file";

/** What was given for a row: `target1` to `target3` say which one is meant, `given` is the text itself. */
export interface Named {
  readonly given: string;
  readonly target1: string | null;
  readonly target2: string | null;
  readonly target3: string | null;
}

interface Kind {
  reference(text: string): readonly [string | null, string | null, string | null];
  /** SQL for the id of the row that is meant, or null. */
  readonly id: string;
  /** SQL for whether the caller may read the row of this id. */
  readable(id: string): string;
  /** SQL for whether the row of this id is the assistant that names it, or will be. */
  itself?(id: string): string;
}

/** A draft is in no `access`, and so never meant. A token that is bound to an assistant reaches no other. */
export const readableAssistant = (id: string) => `exists (select 1 from access x where x.assistant_id = ${id}
    and x.principal_id in (with ${asCaller} select principal from caller))
  and ${id} = (select coalesce(assistant_id, ${id}) from credentials where hash = :credential)`;

/** A file of an assistant that the caller may read; those of a draft are not meant, for they go with it. */
const readableFile = (id: string) =>
  `exists (select 1 from assistant_files f where f.id = ${id} and ${readableAssistant("f.assistant_id")})`;

const kinds: Readonly<Record<TargetKind, Kind>> = {
  assistant: {
    reference: assistants.reference,
    id: assistants.id.replaceAll(":subject", ":target"),
    readable: readableAssistant,
    itself: (id) => `${id} is (select coalesce(editing_id, id) from assistants where id = ${assistants.id})`,
  },
  dataset: {
    reference: datasets.reference,
    id: datasets.id.replaceAll(":subject", ":target"),
    readable: readableDataset,
  },
  file: {
    reference: (text) => [text.toLowerCase(), null, null],
    id: "(select id from assistant_files where id = :target1)",
    readable: readableFile,
  },
};

export const targetKinds = Object.keys(kinds) as TargetKind[];

/** Something for every kind. */
export const byKind = <T>(make: (kind: TargetKind) => T) =>
  Object.fromEntries(targetKinds.map((kind) => [kind, make(kind)])) as Record<TargetKind, T>;

/** What is named by a text of its own: a web address, a thing of another system. */
export type Owner = TargetKind | "another";
export const ownerOf = (type: TargetType): Owner => targetKinds.find((kind) => kind === type) ?? "another";

/** What a reference is to name, in the form in which it is kept as far as its text tells; `validation_failed` for none. */
export function referenceOf(targetType: TargetType, targetId: string) {
  if (targetType === "url") {
    const address = webAddress(targetId);
    if (address === null)
      throw invalid(
        "targetId",
        `Must be an http or https URL of at most ${longestTarget} characters, without user name and password`,
      );
    return { targetType, targetId: address };
  }
  if (/^\.\.?$/.test(targetId)) throw invalid("targetId", "Dots alone name nothing in an address");
  if (targetId.length > longestId) throw invalid("targetId", `Longer than ${longestId} characters`);
  return { targetType, targetId };
}

/** The values by which SQL knows what was given. */
export function named(owner: Owner, given: string): Named {
  const [target1, target2, target3] = owner === "another" ? [null, null, null] : kinds[owner].reference(given);
  return { given, target1, target2, target3 };
}

/** SQL, with the places of {@link Named}, for what is kept: the id of the row that is meant, or what was given. */
export const idOf = (owner: Owner): string => (owner === "another" ? ":given" : kinds[owner].id);

/** SQL for id and name of the row of this id, as JSON: null where the caller may not read it, or it is gone. */
export const shownAssistant = (id: string) =>
  `(select json_object('id', t.id, 'name', t.name) from assistants t where t.id = ${id} and ${readableAssistant("t.id")})`;

/** The same for a file. */
export const shownFile = (id: string) =>
  `(select json_object('id', t.id, 'name', t.filename) from assistant_files t where t.id = ${id} and ${readableFile("t.id")})`;

/** The same for a dataset. `known` is SQL for what else lets the caller know its name. */
export const shownDataset = (id: string, known = "false") =>
  `(select json_object('id', t.id, 'name', t.name) from datasets t
    where t.id = ${id} and (${readableDataset("t.id")} or ${known}))`;

/**
 * That the row is there, may be read by the caller and is not the assistant itself. `unless` is SQL for when it need not
 * be. What one may not see and what is not there answer the same.
 */
export function mayName<V extends object = object>(kind: TargetKind, unless = "false") {
  const { id, readable, itself } = kinds[kind];
  const isReadable = guard<Named & V>(`(${unless}) or ${readable(id)}`);
  const isAnother = itself && guard<Named & V>(`(${unless}) or not ${itself(id)}`);
  const missing = `There is no such ${kind}, or it is not yours to see`;
  return (values: Named & V, path: string): readonly Guard[] => [
    isReadable(values, invalid(path, missing)),
    ...(isAnother ? [isAnother(values, invalid(path, `An ${kind} does not name itself`))] : []),
  ];
}

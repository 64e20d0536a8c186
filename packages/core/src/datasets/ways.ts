import type { StoredField } from "@steward/db";
import { asCaller, datasets as resource } from "../access.ts";
import type { Context } from "../context.ts";
import { StewardError } from "../errors.ts";
import { type Read, readSql } from "../statement.ts";
import type { Criteria } from "./criteria.ts";

/** A share that narrows what its holder sees: to the records that match, and to the fields of these names; null for all. */
export interface Way {
  readonly filter: Criteria | null;
  readonly visibleFields: readonly string[] | null;
}

/** The load that is a dataset's data. */
export interface Load {
  readonly number: number;
  readonly fields: readonly StoredField[];
  /** How far its records are numbered, from 1 on. */
  readonly lastPosition: number;
  /** How far the full-text index has come. */
  readonly indexedPosition: number;
}

/** A dataset with all that decides on what its reader sees. */
export interface Sight {
  readonly id: string;
  readonly name: string;
  /** Null while there is no data. */
  readonly load: Load | null;
  /** What the reader's shares let through, none for somebody without any right; null where nothing is kept from it. */
  readonly ways: readonly Way[] | null;
}

/** SQL for the ways of the caller to the dataset of this id; needs {@link asCaller}. */
const waysTo = (
  datasetId: string,
) => `(select iif(max(x.level >= 2 or (s.filter is null and s.visible_fields is null)), null,
    json_group_array(json_object('filter', json(s.filter), 'visibleFields', json(s.visible_fields))))
  from caller c cross join dataset_access x on x.dataset_id = ${datasetId} and x.principal_id = c.principal
  left join dataset_shares s on s.dataset_id = x.dataset_id and s.principal_id = x.principal_id)`;

/** SQL for the columns of a sight, of `datasets d` and the load `l` that it points to; needs {@link asCaller}. */
export const sightColumns = `d.id, d.name, l.number, l.fields, l.last_position, l.indexed_position, ${waysTo("d.id")}`;
export const loadOfDataset = "left join dataset_loads l on l.number = d.load_number";

/** Of a row that {@link sightColumns} have given. */
export function sightOf(row: readonly unknown[]): Sight {
  const [id, name, number, fields, lastPosition, indexedPosition, ways] = row as [
    string,
    string,
    number | null,
    string,
    number,
    number,
    string | null,
  ];
  const load = number === null ? null : { number, fields: JSON.parse(fields), lastPosition, indexedPosition };
  return { id, name, load, ways: ways === null ? null : JSON.parse(ways) };
}

/** Whether what decides on rights and on the meaning of slots is still the same. What was only added changes neither. */
export const sameSight = (one: Sight, other: Sight): boolean => meaningOf(one) === meaningOf(other);

const meaningOf = ({ id, load, ways }: Sight) => JSON.stringify([id, load && [load.number, load.fields], ways]);

/** The sight that the caller has of the dataset that the request names. */
export const ownSight: Read<Sight> = readSql(
  {
    text: `with ${asCaller} select ${sightColumns} from datasets d ${loadOfDataset} where d.id = ${resource.id}`,
    values: {},
  },
  sightOf,
);

/** {@link ownSight}; fails with `not_found` where it has gone meanwhile. */
export async function mySight(ctx: Context): Promise<Sight> {
  const [sight] = await ctx.read(ownSight);
  if (!sight) throw new StewardError("not_found");
  return sight;
}

const mostAttempts = 3;

/**
 * Looks, makes statements of what was seen, and reads them in a trip in which it looks again: what is answered was read
 * under the very rights that made the statements. Where those have changed meanwhile, it begins again; two trips otherwise.
 * Fails with `conflict` when they never stand still. `first` is what was seen before, if it was.
 */
export async function underOneSight<S, Answer>(
  look: () => Promise<S>,
  same: (one: S, other: S) => boolean,
  prepare: (seen: S) => () => Promise<Answer>,
  first?: S,
): Promise<Answer> {
  let seen = first ?? (await look());
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const ask = prepare(seen);
    const [answer, now] = await Promise.all([ask(), look()]);
    if (same(seen, now)) return answer;
    seen = now;
  }
  throw new StewardError("conflict", { message: "The data, or the rights to it, keep changing: ask again" });
}

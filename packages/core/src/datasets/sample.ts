import type { Sql } from "../statement.ts";
import { idsOfLoad } from "./records.ts";
import type { Load } from "./ways.ts";

/** The largest prime below 2^31: products of two remainders stay below 2^63. */
const prime = 2_147_483_647;

/**
 * SQL for whether the record `r` is in the sample of this size among those `within`. A record's lot is drawn by its place in
 * the load and the load's number, so that the same ones are drawn however, through whatever and how often one asks, as
 * long as the data stay.
 */
export function sampleOf({ number, lastPosition }: Load, size: number, within: Sql): Sql {
  // The whole load's, also where the records that are asked for begin further on.
  const range = "r.id > :sampleBase and r.id <= :sampleEnd";
  const mixed = `((r.id - :sampleBase) * :sampleFactor + :sampleStart) % ${prime}`;
  return {
    text: `r.id in (select r.id from records r where ${range} and (${within.text}) order by (${mixed}) * (${mixed}) % ${prime}, r.id limit :sampleSize)`,
    values: {
      ...within.values,
      sampleBase: number * idsOfLoad,
      sampleEnd: number * idsOfLoad + lastPosition,
      sampleFactor: 1 + ((number * 48_271) % (prime - 1)),
      sampleStart: (number * 69_621) % prime,
      sampleSize: size,
    },
  };
}

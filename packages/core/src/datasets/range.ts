import type { Sql, Values } from "../statement.ts";
import { idsOfLoad } from "./records.ts";
import type { Load } from "./ways.ts";

/** SQL for whether an id, `r.id` unless told, is that of one of the load's records. */
export const rangeOf = ({ number, lastPosition }: Load, id = "r.id"): Sql => ({
  text: `${id} > :firstId and ${id} <= :lastId`,
  values: { firstId: number * idsOfLoad, lastId: number * idsOfLoad + lastPosition },
});

/**
 * Values that let {@link rangeOf} begin behind a record. Of two lower bounds the database goes to one and then looks at every
 * record up to the other; and whatever `id` is, nothing of another load comes into the range.
 */
export const rangeBehind = ({ number }: Load, id: number): Values => ({ firstId: Math.max(number * idsOfLoad, id) });

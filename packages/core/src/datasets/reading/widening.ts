import { slotOf } from "../records.ts";
import { type BooleanSpelling, falseOf } from "./booleans.ts";
import type { DatePattern } from "./dates.ts";

/**
 * How the values of a field that is no longer a number, a date or a boolean are printed. Numbers: the shortest way
 * (`decimals` null), or with so many digits behind the point.
 */
export type Narrow =
  | { readonly type: "number"; readonly decimals: number | null }
  | { readonly type: "date"; readonly pattern: DatePattern }
  | { readonly type: "boolean"; readonly spelling: BooleanSpelling };

/** A field that turned out to be text after values were handed out as something narrower. */
export interface Widening {
  readonly slot: number;
  readonly from: Narrow;
}

/** The key in a record's `more` of how a value was written that would be printed otherwise. */
export const writtenKey = (slot: number): string => `r${slot}`;

/**
 * SQL for the text that was read for a value of the record `r`. A value that is text already stays, and a missing one is
 * missing, so that it may be applied to all records of the load, and twice.
 */
export function sqlOf({ slot, from }: Widening): string {
  const value = slotOf(slot);
  return `case when typeof(${value}) in ('text', 'null') then ${value} else coalesce(r.more ->> '$."${writtenKey(slot)}"', ${printed(from, value)}) end`;
}

/** Nothing in it was read from a file: only slots, counts and names out of lists in this folder. */
function printed(from: Narrow, value: string): string {
  switch (from.type) {
    case "number":
      return from.decimals === null ? `printf('%.15g', ${value})` : `printf('%.${from.decimals}f', ${value})`;
    case "date":
      return `strftime('${from.pattern}', ${value} / 1000.0, 'unixepoch')`;
    case "boolean":
      return `case ${value} when 1 then '${from.spelling}' else '${falseOf[from.spelling]}' end`;
  }
}

import type { StoredField } from "@steward/db";

/** A record's id is its load's number above this bit, and its position in the load, from 1 on, below. */
const bitsOfPosition = 26;
/** The number of a load times this is where its ids begin. */
export const idsOfLoad = 2 ** bitsOfPosition;
export const mostPositions = idsOfLoad - 1;

/** How many fields have a column of their own in `records`; the rest lie in `more`. */
export const columnSlots = 24;

/** SQL for the value in a slot of the record `r`. */
export const slotOf = (slot: number): string => (slot <= columnSlots ? `r.s${slot}` : `(r.more ->> '$."${slot}"')`);

export type DataType = StoredField["dataType"];
export const dataTypes = ["string", "number", "date", "boolean"] as const satisfies readonly DataType[];

/** A value as it lies in a slot: dates as milliseconds since 1970, booleans as 0 and 1. */
export type StoredValue = string | number | null;

/** A value as people see it. A date is a moment. */
export type RecordValue = string | number | boolean | Date | null;

export function shownValue(dataType: DataType, stored: StoredValue): RecordValue {
  if (stored === null) return null;
  if (dataType === "date") return new Date(stored as number);
  return dataType === "boolean" ? stored === 1 : stored;
}

/** A field as somebody sees it: `sql` is its value of the record `r`, null where this record does not show it. */
export interface VisibleField extends StoredField {
  readonly sql: string;
}

/** What the terms of a field's words begin with in `record_search`: of one length, which the index counts on. */
export const termsOf = (load: number, slot: number): string =>
  `${String(load).padStart(9, "0")}${String(slot).padStart(4, "0")}`;

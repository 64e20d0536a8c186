import { columnSlots, type VisibleField } from "./records.ts";

/**
 * SQL for a field's value where it is read out of the database. `sql` is the value, or what is made of it: JSON has its
 * large numbers as integers, which no executor gives back beyond 2^53, so they leave as what they were, a double.
 */
export const resultOf = ({ dataType, slot }: VisibleField, sql: string): string =>
  dataType === "number" && slot > columnSlots ? `${sql} + 0.0` : sql;

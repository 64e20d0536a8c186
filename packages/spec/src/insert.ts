import type { Statement } from "@steward/db";

/** A statement that puts one row into a table. */
export const insert = (table: string, row: Readonly<Record<string, unknown>>): Statement => {
  const keys = Object.keys(row);
  return {
    sql: `insert into ${table} (${keys.join(", ")}) values (${keys.map(() => "?").join(", ")})`,
    args: Object.values(row),
  };
};

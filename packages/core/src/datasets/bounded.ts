import { StewardError } from "../errors.ts";
import type { Sql } from "../statement.ts";

/** Characters of a statement, and values in it, that every database takes. */
export const longestText = 900_000;
const mostValues = 30_000;

export const tooLong = () =>
  new StewardError("conflict", {
    message:
      "Too much at once: name fewer fields and conditions, or ask the dataset's owner for one share in place of several",
  });

/** The statement itself; `conflict` where it has become too long, as conditions of many shares on many fields make it. */
export function withinLimits(sql: Sql): Sql {
  if (sql.text.length <= longestText && Object.keys(sql.values).length <= mostValues) return sql;
  throw tooLong();
}

/** Bytes that the rows of one answer hold, about. */
export const mostBytes = 4 * 1024 * 1024;

const mostInRow = 50;

/** A sum in as few levels as the database's parser wants. */
function sum(terms: readonly string[]): string {
  if (terms.length <= mostInRow) return terms.join(" + ");
  const size = Math.ceil(terms.length / mostInRow);
  return Array.from({ length: Math.ceil(terms.length / size) }, (_, index) =>
    terms.slice(index * size, (index + 1) * size),
  )
    .map((some) => `(${sum(some)})`)
    .join(" + ");
}

/** What a cell costs besides its name and value: quotes, colon and comma, and `null` where it has none. */
const bytesOfCell = 8;

/** An answer says each name in each row, also where there is no value. */
const bytesOfNames = (names: readonly string[]): number =>
  names.reduce((bytes, name) => bytes + new TextEncoder().encode(name).length + bytesOfCell, 0);

/**
 * The same rows, in their order, until they hold so many bytes, each with the names that the answer gives its cells: the one
 * that goes beyond is the last. Each has one column more, which is how many bytes it holds together with those before it.
 */
export function upToBytes({ text, values }: Sql, width: number, names: readonly string[], most: number): Sql {
  const columns = Array.from({ length: width }, (_, index) => `c${index + 1}`);
  const size = `${sum(columns.map((column) => `coalesce(octet_length(${column}), 0)`))} + ${bytesOfNames(names)}`;
  return withinLimits({
    text: `with found(${columns.join(", ")}) as materialized (${text}),
      weighed as (select *, ${size} as own, sum(${size}) over (rows unbounded preceding) as spent from found)
      select ${columns.join(", ")}, spent from weighed where spent - own < :mostBytes`,
    values: { ...values, mostBytes: most },
  });
}

/** What {@link upToBytes} has given: the rows without the weight, and whether the bytes have ended them. */
export function boundedRows(found: readonly (readonly unknown[])[], most: number) {
  const spent = Number(found.at(-1)?.at(-1) ?? 0);
  return { rows: found.map((row) => row.slice(0, -1)), full: spent >= most };
}

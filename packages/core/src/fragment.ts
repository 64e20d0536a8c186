import { type SQL, sql } from "drizzle-orm";

const place = /(:[a-z][A-Za-z0-9]*)/;

/**
 * SQL text with named places (`:credential`), as an expression for a drizzle query that is prepared once.
 * The values are given when the statement runs, see statement.ts.
 */
export function fragment<T = unknown>(text: string): SQL<T> {
  const parts = text
    .split(place)
    .map((part) => (part.startsWith(":") ? sql`${sql.placeholder(part.slice(1))}` : sql.raw(part)));
  return sql.join(parts) as SQL<T>;
}

/** The same text for the database itself: numbered places, and the names in their order. */
export function positional(text: string): { readonly sql: string; readonly names: readonly string[] } {
  const names: string[] = [];
  const numbered = text.replaceAll(new RegExp(place, "g"), (found) => {
    const name = found.slice(1);
    if (!names.includes(name)) names.push(name);
    return `?${names.indexOf(name) + 1}`;
  });
  return { sql: numbered, names };
}

import { isStewardError } from "../errors.ts";
import type { Access, Extent } from "../knowledge/extent.ts";
import type { Sql, Values } from "../statement.ts";
import { type Criteria, compileCriteria } from "./criteria.ts";
import { idsOfLoad, slotOf, type VisibleField } from "./records.ts";
import { sampleOf } from "./sample.ts";
import type { Load, Sight, Way } from "./ways.ts";

type Fields = ReadonlyMap<string, VisibleField>;

/** What somebody sees of a dataset's data. Whatever is asked of it, is asked of these rows and these fields alone. */
export interface View {
  /** Null while there is no data. */
  readonly load: Load | null;
  /** By name, in their order. One that is not seen is not there. */
  readonly fields: Fields;
  /** A condition on the records `r`, that of the load included. It brings the values of the places in the fields' SQL too. */
  readonly rows: Sql;
  /** Whether `rows` says more than which load. */
  readonly narrowed: boolean;
  /** The names of fields that only some of the records show. */
  readonly partial: ReadonlySet<string>;
  /** Whether a filter that is no share's speaks of fields that are gone: then there are no records. */
  readonly unfit?: true;
}

/** Conditions that must all hold. */
export const all = (conditions: readonly Sql[]): Sql => ({
  text: conditions.length > 0 ? conditions.map(({ text }) => `(${text})`).join(" and ") : "true",
  values: Object.assign({}, ...conditions.map(({ values }) => values)),
});

const never: Sql = { text: "false", values: {} };

const rangeOf = ({ number, lastPosition }: Load): Sql => ({
  text: "r.id > :firstId and r.id <= :lastId",
  values: { firstId: number * idsOfLoad, lastId: number * idsOfLoad + lastPosition },
});

const everyField = ({ fields }: Load): Fields =>
  new Map(
    [...fields]
      .sort((one, other) => one.slot - other.slot)
      .map((field) => [field.name, { ...field, sql: slotOf(field.slot) }]),
  );

/** A filter that was stored, in SQL; null where it speaks of fields that are gone and so holds for nothing. */
function stored(filter: Criteria, fields: Fields, prefix: string): Sql | null {
  try {
    return compileCriteria(filter, fields, prefix, "filter");
  } catch (error) {
    if (isStewardError(error) && error.code === "validation_failed") return null;
    throw error;
  }
}

/** What ways let through: the condition on records (null for all of them), and the fields as each record shows them. */
interface Passage {
  readonly rows: Sql | null;
  /** Those of every condition, for the cells' as for the records'. */
  readonly values: Values;
  readonly fields: Fields;
  readonly partial: ReadonlySet<string>;
}

interface OpenWay {
  /** Null where every record passes. */
  readonly condition: Sql | null;
  shows(name: string): boolean;
}

/** Those that let anything through, each once: teams are often given the same. */
function openWays(ways: readonly Way[], fields: Fields): OpenWay[] {
  const different = [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()];
  return different.flatMap(({ filter, visibleFields }, index) => {
    const condition = filter && stored(filter, fields, `way${index}f`);
    if (filter && !condition) return [];
    const names = visibleFields && new Set(visibleFields);
    return [{ condition, shows: (name: string) => !names || names.has(name) }];
  });
}

/** Any of the ways; null where one of them has no condition. */
function anyOf(ways: readonly OpenWay[]): Sql | null {
  if (ways.length === 0) return never;
  const conditions = ways.flatMap(({ condition }) => condition ?? []);
  if (conditions.length < ways.length) return null;
  return {
    text: either(conditions.map(({ text }) => text)),
    values: Object.assign({}, ...conditions.map(({ values }) => values)),
  };
}

const mostInRow = 25;

/** In as few levels as the database's parser wants. */
function either(texts: readonly string[]): string {
  const row = (some: readonly string[]) => some.map((text) => `(${text})`).join(" or ");
  if (texts.length <= mostInRow) return row(texts);
  const size = Math.ceil(texts.length / mostInRow);
  return row(
    Array.from({ length: Math.ceil(texts.length / size) }, (_, index) =>
      either(texts.slice(index * size, (index + 1) * size)),
    ),
  );
}

function passageOf(ways: readonly Way[], fields: Fields): Passage {
  const open = openWays(ways, fields);
  const seen = new Map<string, VisibleField>();
  const partial = new Set<string>();
  for (const [name, field] of fields) {
    const showing = open.filter((way) => way.shows(name));
    if (showing.length === 0) continue;
    const condition = showing.length < open.length ? anyOf(showing) : null;
    if (condition) partial.add(name);
    seen.set(name, condition ? { ...field, sql: `iif(${condition.text}, ${field.sql}, null)` } : field);
  }
  const values = Object.assign({}, ...open.map(({ condition }) => condition?.values));
  return { rows: anyOf(open), values, fields: seen, partial };
}

const nothing: View = { load: null, fields: new Map(), rows: never, narrowed: true, partial: new Set() };

const throughAll = (fields: Fields): Passage => ({ rows: null, values: {}, fields, partial: new Set() });

/** What the caller sees of a dataset itself. */
export function ownView({ load, ways }: Sight): View {
  if (!load) return nothing;
  const fields = everyField(load);
  const { rows, values, ...seen } = ways ? passageOf(ways, fields) : throughAll(fields);
  const { text, values: own } = all([rangeOf(load), ...(rows ? [rows] : [])]);
  return { load, ...seen, rows: { text, values: { ...values, ...own } }, narrowed: rows !== null };
}

/** What an assistant knows of a dataset. */
export interface Association extends Extent {
  readonly access: Access;
}

/**
 * What the caller sees of a dataset through an assistant: what the association shows of it and, where the asker's own rights
 * count, no more than those do. In mode `schema` there are fields and no records. An association whose filter speaks of
 * fields that are gone shows no records.
 */
export function viewThrough({ mode, filter, sampleSize, access }: Association, sight: Sight): View {
  const own = ownView(access === "assistant" ? { ...sight, ways: null } : sight);
  const { load, rows } = own;
  if (!load) return nothing;
  const matching = filter ? stored(filter, everyField(load), "extent") : { text: "true", values: {} };
  if (mode === "schema" || !matching)
    return { ...own, rows: { ...rows, text: "false" }, narrowed: true, ...(!matching && { unfit: true }) };
  const known = all([rangeOf(load), matching]);
  const drawn = mode === "sample" ? sampleOf(load, sampleSize ?? 0, known) : known;
  return { ...own, rows: all([drawn, rows]), narrowed: own.narrowed || mode === "sample" || filter !== null };
}

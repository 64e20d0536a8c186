import { isStewardError } from "../errors.ts";
import type { Access, Extent } from "../knowledge/extent.ts";
import type { Sql, Values } from "../statement.ts";
import { longestText, tooLong } from "./bounded.ts";
import { type Criteria, compileCriteria } from "./criteria.ts";
import { rangeOf } from "./range.ts";
import { slotOf, type VisibleField } from "./records.ts";
import { sampleOf } from "./sample.ts";
import type { Load, Sight, Way } from "./ways.ts";

type Fields = ReadonlyMap<string, VisibleField>;

/** What somebody sees of a dataset's data. Whatever is asked of it, is asked of these rows and these fields alone. */
export interface View {
  /** Null while there is no data. */
  readonly load: Load | null;
  /**
   * By name, in their order. One that is not seen is not there. The SQL of those in `partial` is made when it is asked for:
   * `conflict` where they become too long together.
   */
  readonly fields: Fields;
  /** A condition on the records `r`, with {@link rangeOf} the load. It brings the values of the places in the fields' SQL too. */
  readonly rows: Sql;
  /** Whether `rows` says more than which load. */
  readonly narrowed: boolean;
  /** The names of fields that only some of the records show. */
  readonly partial: ReadonlySet<string>;
  /** Whether a filter that is no share's speaks of fields that are not seen, or are gone: then there are no records. */
  readonly unfit?: true;
}

/** Conditions that must all hold. */
export const all = (conditions: readonly Sql[]): Sql => ({
  text: conditions.length > 0 ? conditions.map(({ text }) => `(${text})`).join(" and ") : "true",
  values: Object.assign({}, ...conditions.map(({ values }) => values)),
});

const never: Sql = { text: "false", values: {} };

const everyField = ({ fields }: Load): Fields =>
  new Map(
    [...fields]
      .sort((one, other) => one.slot - other.slot)
      .map((field) => [field.name, { ...field, sql: slotOf(field.slot) }]),
  );

/** A filter that was stored, in SQL; null where it speaks of fields that are not there and so holds for nothing. */
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

/** Cells that only some records show: many shares with long filters, on many fields, would make more text than there is room. */
function cellsOf() {
  let length = 0;
  return (field: VisibleField, showing: readonly OpenWay[]): VisibleField => {
    let made: string | undefined;
    return {
      ...field,
      get sql() {
        if (made !== undefined) return made;
        const cell = `iif(${anyOf(showing)?.text ?? "true"}, ${field.sql}, null)`;
        length += cell.length;
        if (length > longestText) throw tooLong();
        made = cell;
        return cell;
      },
    };
  };
}

function passageOf(ways: readonly Way[], fields: Fields): Passage {
  const open = openWays(ways, fields);
  const seen = new Map<string, VisibleField>();
  const partial = new Set<string>();
  const cell = cellsOf();
  for (const [name, field] of fields) {
    const showing = open.filter((way) => way.shows(name));
    if (showing.length === 0) continue;
    const isPartial = showing.length < open.length && showing.every(({ condition }) => condition !== null);
    if (isPartial) partial.add(name);
    seen.set(name, isPartial ? cell(field, showing) : field);
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

/** What counts of the asker's rights: nothing is kept from it where the assistant brings the dataset along. */
const ownThrough = (access: Access, sight: Sight): View =>
  ownView(access === "assistant" ? { ...sight, ways: null } : sight);

/** The fields that {@link viewThrough} shows, for those who want no more than their names. */
export const fieldsThrough = ({ access }: Association, sight: Sight): Fields => ownThrough(access, sight).fields;

/**
 * An association's filter, in SQL, of what the view shows: asked of anything else, it would tell its writer what lies in cells
 * that are not shown. Which records a sample holds depends on all that match, and is to be the same for everybody, so that
 * one with a filter is there only for those who see all records, and in all of them the fields that it speaks of.
 */
function matchingOf({ mode, filter }: Extent, { fields, partial, narrowed }: View): Sql | null {
  if (!filter) return { text: "true", values: {} };
  if (mode !== "sample") return stored(filter, fields, "extent");
  return narrowed ? null : stored(filter, new Map([...fields].filter(([name]) => !partial.has(name))), "extent");
}

/**
 * What the caller sees of a dataset through an assistant: what the association shows of it and, where the asker's own rights
 * count, no more than those do. In mode `schema` there are fields and no records. An association whose filter speaks of
 * fields that are gone, or that the asker does not see, shows no records.
 */
export function viewThrough(association: Association, sight: Sight): View {
  const { mode, filter, sampleSize, access } = association;
  const own = ownThrough(access, sight);
  const { load, rows } = own;
  if (!load) return nothing;
  const matching = matchingOf(association, own);
  if (mode === "schema" || !matching)
    return { ...own, rows: { ...rows, text: "false" }, narrowed: true, ...(!matching && { unfit: true }) };
  const drawn = mode === "sample" ? sampleOf(load, sampleSize ?? 0, matching) : matching;
  return { ...own, rows: all([drawn, rows]), narrowed: own.narrowed || mode === "sample" || filter !== null };
}

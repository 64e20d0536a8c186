import type { Context } from "../context.ts";
import { fromCursor, toCursor } from "../cursor.ts";
import { boundedRows, mostBytes, upToBytes, withinLimits } from "../datasets/bounded.ts";
import { compileCriteria } from "../datasets/criteria.ts";
import { orderOf, type RecordOrder, type RecordPosition } from "../datasets/order.ts";
import { rangeBehind } from "../datasets/range.ts";
import { type RecordValue, type StoredValue, shownValue, type VisibleField } from "../datasets/records.ts";
import { resultOf } from "../datasets/result-column.ts";
import { searchFor } from "../datasets/search.ts";
import { all, type View } from "../datasets/view.ts";
import type { Sight } from "../datasets/ways.ts";
import { invalid } from "../errors.ts";
import { counted, type PageInput } from "../pages.ts";
import { type Read, readSql, type Sql, type Values } from "../statement.ts";
import { RecordPositionKey } from "./schema.ts";

export interface PageOfRecords extends PageInput {
  readonly sort: readonly string[];
  readonly filter?: unknown;
  /** The words that were searched for, and the text that they were in; undefined where nothing was. */
  readonly words: readonly string[] | undefined;
  readonly q?: string | undefined;
}

/** What is asked of a view, in SQL: where the records come from, which ones, and in which order. */
interface Asked {
  /** SQL text of the tables, with the records as `r`. */
  readonly from: string;
  readonly where: readonly Sql[];
  readonly order: RecordOrder;
  /** SQL that orders by the id alone, in which the tables give their rows anyway; null for another order. */
  readonly id: string | null;
  /** Whether no more than the index of words is needed to count. */
  readonly indexCounts: boolean;
}

function asked({ sort, filter, words }: PageOfRecords, view: View): Asked {
  const order = orderOf(sort, view.fields, "sort");
  const conditions = filter === undefined ? [] : [compileCriteria(filter, view.fields, "filter", "filter")];
  const search = words && searchFor(words, view);
  const found = search?.match;
  return {
    order,
    from: found ? "record_search f cross join records r on r.id = f.rowid" : "records r",
    where: [...(found ? [found] : []), view.rows, ...conditions, ...(search?.holds ? [search.holds] : [])],
    id: sort.length > 0 ? null : found ? "f.rowid" : "r.id",
    indexCounts: !!found && !search.holds && !view.narrowed && filter === undefined,
  };
}

/** What a cursor is good for: the same question about the same load. */
const listOf = ({ id, load }: Sight, { sort, filter, q }: PageOfRecords) => [
  "records",
  id,
  load?.number ?? null,
  sort,
  filter ?? null,
  q ?? null,
];

/** Where the page before has ended; one whose values were too long for a cursor, by how many records lie before. */
interface Beginning {
  readonly after: RecordPosition | null;
  readonly offset: number;
  readonly start: number;
}

function beginningOf(sight: Sight, page: PageOfRecords): Beginning {
  if (page.cursor === undefined) return { after: null, offset: page.start, start: page.start };
  const { key, id, start } = fromCursor(page.cursor, listOf(sight, page));
  if (id === "") return { after: null, offset: start, start };
  const values = RecordPositionKey.safeParse(key).data;
  if (!values || !Number.isSafeInteger(Number(id))) throw invalid("cursor", "Not a cursor: begin again without it");
  return { after: { values, id: Number(id) }, offset: 0, start };
}

const longestKey = 1000;

function cursorBehind(values: readonly unknown[], id: number, start: number, list: unknown): string {
  const key = JSON.stringify(values);
  const fits = new TextEncoder().encode(key).length <= longestKey;
  return fits ? toCursor({ key, id: String(id), start }, list) : toCursor({ key: "", id: "", start }, list);
}

/** What keeps a page behind the one before it: a condition, or where ids alone sort, values that narrow their range. */
function behindOf({ order, id }: Asked, { after }: Beginning, { load }: View): { where: Sql[]; values: Values } {
  const behind = after && order.behind(after, "after");
  if (!behind) return { where: [], values: {} };
  return id && load ? { where: [], values: rangeBehind(load, after.id) } : { where: [behind], values: {} };
}

function rowsOf(asking: Asked, beginning: Beginning, view: View, limit: number): Sql {
  const { from, where, order, id } = asking;
  const fields = [...view.fields.values()];
  const columns = ["r.id", ...order.values, ...fields.map((field) => resultOf(field, field.sql))];
  const behind = behindOf(asking, beginning, view);
  const { text, values } = all([...where, ...behind.where]);
  const found = {
    text: `select ${columns.join(", ")} from ${from} where ${text} order by ${id ?? order.orderBy} limit :pageLimit offset :pageOffset`,
    values: { ...values, ...behind.values, pageLimit: limit + 1, pageOffset: beginning.offset },
  };
  const names = fields.map(({ name }) => name);
  return upToBytes(found, columns.length, names, mostBytes);
}

function countOf({ from, where, indexCounts }: Asked, exact: boolean): Read<number> {
  const counting = indexCounts ? where.slice(0, 1) : where;
  const { text, values } = all(counting);
  const bound = exact ? "" : " limit :mostCounted";
  return readSql(
    withinLimits({
      text: `select count(*) from (select 1 from ${indexCounts ? "record_search f" : from} where ${text}${bound})`,
      values: { ...values, mostCounted: counted + 1 },
    }),
    ([count]) => Number(count),
  );
}

export type ShownRecord = Readonly<Record<string, RecordValue>>;

const toRecord = (fields: readonly VisibleField[], row: readonly unknown[]): ShownRecord =>
  Object.fromEntries(
    fields.map(({ name, dataType }, index) => [name, shownValue(dataType, row[index] as StoredValue)]),
  );

/** Reads one page of what a view shows, in one trip. Throws `validation_failed` and `conflict` before it reads. */
export function pageOf(ctx: Pick<Context, "read">, sight: Sight, view: View, page: PageOfRecords) {
  const asking = asked(page, view);
  const beginning = beginningOf(sight, page);
  const fields = [...view.fields.values()];
  const sorted = asking.order.values.length;
  const statement = readSql(rowsOf(asking, beginning, view, page.limit), (row) => row);
  const count = countOf(asking, page.total !== undefined);
  return async () => {
    const [found, [known = 0]] = await Promise.all([ctx.read(statement), ctx.read(count)]);
    const { rows, full } = boundedRows(found, mostBytes);
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit || full ? shown.at(-1) : undefined;
    const start = beginning.start + shown.length;
    return {
      items: shown.map((row) => toRecord(fields, row.slice(1 + sorted))),
      start: beginning.start,
      count: shown.length,
      total: page.total ? known : Math.min(known, counted),
      totalIsExact: page.total !== undefined || known <= counted,
      next: last ? cursorBehind(last.slice(1, 1 + sorted), Number(last[0]), start, listOf(sight, page)) : null,
    };
  };
}

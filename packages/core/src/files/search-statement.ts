import { assistants as resource } from "../access.ts";
import { bitsOfPosition, mostEmbeddings, numberOf } from "../documents/embedding-ids.ts";
import { libraryTerms } from "../jobs/index-passages.ts";
import { type Read, readSql } from "../statement.ts";
import { type AskedPart, shortestBeginning } from "./search-marks.ts";

/** So many passages that hold what is asked for are ranked: the first ones, where there are more. */
const mostRanked = 2000;
/**
 * The rarest of what is asked for says how well a passage fits; to weigh a word costs as much as it is frequent. So many are
 * weighed, and of those that are in more passages than are ranked only one, where there is nothing rarer.
 */
const mostWeighed = 3;
/** In so few documents it is looked one by one, in more of them all over the library. */
const fewDocuments = 32;

/** The assistant, and the number of its library. */
export const target = `select a.id, coalesce(o.number, a.number) as library
  from assistants a left join assistants o on o.id = a.editing_id where a.id = ${resource.id}`;

const isLast = "(part, position) = (select part, position from asked order by part desc, position desc limit 1)";

/**
 * What is looked for, in the index's language. Words hold letters and digits alone, so nothing typed has a meaning of its own,
 * and each begins with the library.
 */
const terms = `asked as materialized (select p.key as part, p.value ->> 'isPhrase' as phrase, w.position, w.token,
      ${libraryTerms("t.library")} || w.token as term
    from target t cross join json_each(:parts) p cross join words w on w.input = p.value ->> 'text'),
  terms as materialized (
    select '"' || group_concat(term, ' ' order by position) || '"' as term, sum(length(token)) as size
      from asked where phrase group by part
    union select '"' || term || '"' || iif(length(token) >= ${shortestBeginning} and ${isLast}, '*', ''), length(token)
      from asked where not phrase),
  counted as materialized (select term, size, (select count(*) from (select 1 from passage_search f
    where f.passage_search match t.term limit ${mostRanked})) as hits from terms t),
  rarest as materialized (select term from counted order by hits, size desc
    limit max(1, min(${mostWeighed}, (select count(*) from counted where hits < ${mostRanked}))))`;

const all = (from: string) => `coalesce((select group_concat(term, ' AND ') from ${from}), '""')`;

/**
 * What of the library the assistant has: the library is also its draft's, or its original's, and each sees only its own. Of two
 * files with the same bytes the older one is named.
 */
const shown = `shown as materialized (select l.number, l.document_number as document, min(f.id) as file
  from target t cross join assistant_files f on f.assistant_id = t.id
    cross join documents d on d.hash = f.hash and d.format = f.format and d.status = 'read'
    cross join library_documents l on l.library = t.library and l.document_number = d.number group by l.number)`;

const isWithin = (from: string, to: string) =>
  `f.rowid >= ${from} << ${bitsOfPosition} and f.rowid < (${to} + 1) << ${bitsOfPosition}`;

const found = `shows(documents, first, last) as materialized (select count(*), min(number), max(number) from shown),
  found as materialized (select id from (
    select f.rowid as id from (select number from shown where (select documents from shows) <= ${fewDocuments}) s
      cross join passage_search f
      where f.passage_search match ${all("terms")} and ${isWithin("s.number", "s.number")}
    union all
    select f.rowid from (select first, last from shows where documents > ${fewDocuments}) s cross join passage_search f
      where f.passage_search match ${all("terms")} and ${isWithin("s.first", "s.last")}
        and ${numberOf("f.rowid")} in (select number from shown)) limit ${mostRanked}),
  ranked as materialized (select f.rowid as id, bm25(passage_search) as score from passage_search f
    where f.passage_search match ${all("rarest")} and f.rowid >= (select min(id) from found)
      and f.rowid <= (select max(id) from found) and +f.rowid in (select id from found)
    order by score, id limit :limit offset :offset)`;

const text = `with target as materialized (${target}), ${terms}, ${shown}, ${found}
  select c.total, e.id & ${mostEmbeddings - 1}, f.id, f.filename, f.format, e.page, e.sheet, e.heading, e.start, e.end, e.text,
    r.score
  from (select count(*) as total from found) c left join (ranked r
    cross join shown s on s.number = ${numberOf("r.id")}
    cross join embeddings e on e.id = (s.document << ${bitsOfPosition}) + (r.id & ${mostEmbeddings - 1})
    cross join assistant_files f on f.id = s.file) on true
  order by r.score, r.id`;

/** A passage that was found. */
export interface FoundPassage {
  readonly position: number;
  readonly fileId: string;
  readonly filename: string;
  readonly page: number | null;
  readonly sheet: string | null;
  readonly heading: string | null;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly score: number;
}

interface Row {
  /** How many there are, of those that are ranked. */
  readonly total: number;
  /** Null where none lies on this page. */
  readonly passage: FoundPassage | null;
}

type Columns = [number, number | null, string, string, string, number, string, string, number, number, string, number];

function toRow(row: readonly unknown[]): Row {
  const [total, position, fileId, filename, , page, sheet, heading, start, end, passage, score] = row as Columns;
  if (position === null) return { total, passage: null };
  return { total, passage: { position, fileId, filename, page, sheet, heading, start, end, text: passage, score } };
}

/** The passages that hold everything that is asked for, the best first; one row at least. */
export const passagesWith = (
  parts: readonly AskedPart[],
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Read<Row> => readSql({ text, values: { parts: JSON.stringify(parts), limit, offset } }, toRow);

/** How many files of the assistant are not in the index, or not as a whole, and will be. */
export const pendingFiles = (): Read<number> =>
  readSql(
    {
      text: `select count(*) from (${target}) t cross join assistant_files f on f.assistant_id = t.id
        cross join documents d on d.hash = f.hash and d.format = f.format
        left join library_documents l on l.library = t.library and l.document_number = d.number
      where d.status = 'pending' or d.status = 'read' and not coalesce(l.complete, false) and l.error is null`,
      values: {},
    },
    ([count]) => Number(count),
  );

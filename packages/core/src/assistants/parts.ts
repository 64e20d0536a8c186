import { me } from "../access.ts";
import type { Step } from "../context.ts";
import { rawWrite } from "../statement.ts";
import { comparable, fromJson, ownPieces, type Part, parts } from "./content.ts";

/**
 * A new id, as SQL: a UUID of version 7 whose count is the row's place, so that what is made at once keeps its order
 * (RFC 9562, method 1).
 */
const newId = (place: string) => `lower(printf('%08x-%04x-7%03x-%s%s-%s', :now >> 16, :now & 65535, ${place} & 4095,
  substr('89ab', 1 + (abs(random()) & 3), 1), substr(hex(randomblob(2)), 2), hex(randomblob(6))))`;

const columnsOf = ({ pieces, hidden }: Part) => [...pieces.map(({ column }) => column), ...hidden];
const meaning = (alias: string, { pieces }: Part) => `(${pieces.map((piece) => comparable(alias, piece)).join(", ")})`;

/** Gives the rows of one assistant to another, under new ids. `of` and `to` are SQL. */
function copyOf(part: Part, of: string, to: string, asDraft: boolean) {
  const columns = columnsOf(part).join(", ");
  const [version, created, updated] = asDraft ? ["p.version", "p.created_at", "p.updated_at"] : ["1", ":now", ":now"];
  return rawWrite<object>(`insert into ${part.table}
      (id, assistant_id, origin_id, version, created_at, updated_at, ${columns})
    select ${newId("row_number() over (order by p.id)")}, ${to}, ${asDraft ? "p.id" : "null"}, ${version}, ${created}, ${updated},
      ${columnsOf(part)
        .map((column) => `p.${column}`)
        .join(", ")}
    from ${part.table} p where p.assistant_id = ${of} order by p.id`);
}

/** A draft takes over all parts of its original, secrets as they are encrypted, and remembers which is which. */
export function takingOver(original: string, draft: string): (values: object) => readonly Step[] {
  const statements = parts.map((part) => copyOf(part, original, draft, true));
  return (values) => statements.map((statement) => statement(values));
}

/** A copy gets what may leave its assistant: no secrets. */
export function copying(of: string, to: string): (values: object) => readonly Step[] {
  const statements = parts.filter(({ portable }) => portable).map((part) => copyOf(part, of, to, false));
  return (values) => statements.map((statement) => statement(values));
}

/**
 * The parts of a draft become those of its original. What means the same is left alone, what has changed keeps its id,
 * what is new keeps the one that the draft gave it.
 */
function commitOf(part: Part, original: string, draft: string): string[] {
  const { table } = part;
  const untold = (assistant: string, condition: string) =>
    `(select *, row_number() over (partition by ${meaning("u", part).slice(1, -1)} order by u.id) as place
      from ${table} u where u.assistant_id = ${assistant} and ${condition})`;
  const taken = `select o.origin_id from ${table} o where o.assistant_id = ${draft} and o.origin_id is not null`;
  return [
    // What was taken out and put in again as it was is the same part.
    `update ${table} set origin_id = found.live from (select d.id as draft, l.id as live
        from ${untold(draft, "u.origin_id is null")} d
        join ${untold(original, `u.id not in (${taken})`)} l
          on l.place = d.place and ${meaning("l", part)} is ${meaning("d", part)}) found
      where ${table}.id = found.draft`,
    `update ${table} set updated_at = :now, version = 1 + max(version,
        coalesce((select l.version from ${table} l where l.id = ${table}.origin_id), 0))
      where assistant_id = ${draft} and origin_id is not null and not exists (select 1 from ${table} l
        where l.id = ${table}.origin_id and l.assistant_id = ${original} and ${meaning("l", part)} is ${meaning(table, part)})`,
    `delete from ${table} where assistant_id = ${original} and id not in (select l.id from ${table} d
      cross join ${table} l on l.id = d.origin_id and l.assistant_id = ${original}
        and ${meaning("l", part)} is ${meaning("d", part)} where d.assistant_id = ${draft})`,
    `update ${table} set assistant_id = ${original}, id = coalesce(origin_id, id), origin_id = null
      where assistant_id = ${draft}
        and (origin_id is null or not exists (select 1 from ${table} l where l.id = ${table}.origin_id))`,
  ];
}

export function committing(original: string, draft: string): readonly Step[] {
  return parts.flatMap((part) => commitOf(part, original, draft).map((sql) => rawWrite(sql)({})));
}

/**
 * Where a commit goes over what has changed since, secrets are not gone over: one that was narrowed, given a new value or
 * taken away in the live assistant since `base` stays so. `base` is SQL for the content that the draft began from.
 */
export function keepingNewerSecrets(original: string, draft: string, base: string): readonly Step[] {
  const part = parts.find(({ name }) => name === "secrets") as Part;
  const { table, pieces } = part;
  const asInBase = `exists (select 1 from json_each(${base}, '$.secrets') b where b.value ->> 'id' = l.id
    and ${meaning("l", part)} is (${pieces.map((piece) => fromJson("b.value", piece)).join(", ")}))`;
  const live = (column: string, condition: string) =>
    `select l.${column} from ${table} l where l.assistant_id = ${original} and ${condition}`;
  const columns = columnsOf(part);
  return [
    `delete from ${table} where assistant_id = ${draft} and origin_id is not null
      and origin_id not in (${live("id", asInBase)})`,
    `delete from ${table} where assistant_id = ${draft} and origin_id is null
      and name in (${live("name", `not ${asInBase}`)})`,
    `insert into ${table} (id, assistant_id, origin_id, version, created_at, updated_at, ${columns.join(", ")})
      select ${newId("row_number() over (order by l.id)")}, ${draft}, l.id, l.version, l.created_at, l.updated_at,
        ${columns.map((column) => `l.${column}`).join(", ")}
      from ${table} l where l.assistant_id = ${original} and not ${asInBase}`,
  ].map((sql) => rawWrite(sql)({}));
}

/** The parts become those of a document, as content.ts makes it; secrets stay as they are. */
function restoreOf(part: Part, assistant: string, document: string): string[] {
  const { table, name, pieces } = part;
  const listed = `json_each(${document}, '$.${name}') j`;
  const values = pieces.map((piece) => fromJson("j.value", piece)).join(", ");
  return [
    `delete from ${table} where assistant_id = ${assistant} and id not in (select p.id from ${listed}
      cross join ${table} p on p.id = j.value ->> 'id' and p.assistant_id = ${assistant}
        and ${meaning("p", part)} is (${values}))`,
    `insert into ${table} (id, assistant_id, version, created_at, updated_at, ${pieces.map(({ column }) => column).join(", ")})
      select j.value ->> 'id', ${assistant}, (select version + 1 from assistants where id = ${assistant}), :now, :now, ${values}
      from ${listed} where j.value ->> 'id' not in (select id from ${table} where assistant_id = ${assistant})
      order by j.value ->> 'id'`,
  ];
}

/** SQL for the values of an assistant's own columns in a document, in the order of content.ts. */
export const ownValuesIn = (document: string): readonly string[] => ownPieces.map((piece) => fromJson(document, piece));

/** The fields become those of a document, and with them the version goes on. Both are SQL. */
export const fieldsFrom = (assistant: string, document: string) => {
  const values = ownValuesIn("given.document");
  const set = ownPieces.map(({ column }, index) => `${column} = ${values[index]}`).join(", ");
  return rawWrite<object>(`update assistants set ${set}, version = version + 1, updated_at = :now, updated_by = ${me}
    from (select ${document} as document) given where assistants.id = ${assistant}`);
};

/** `document` is SQL for one. Its parts keep their ids. */
export function restoring(assistant: string, document: string): (values: object) => readonly Step[] {
  const statements = parts
    .filter(({ portable }) => portable)
    .flatMap((part) => restoreOf(part, assistant, document).map((sql) => rawWrite<object>(sql)));
  return (values) => statements.map((statement) => statement(values));
}

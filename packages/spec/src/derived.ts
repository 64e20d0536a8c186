import { expect } from "vitest";
import type { World } from "./world.ts";

const access =
  "select assistant_id, principal_id, level, number, sort_name, created_at, updated_at from access order by 1, 2";
const accessAnew = `select id, owner_id, 4, number, sort_name, created_at, updated_at from assistants
  union all select id, '*', 4, number, sort_name, created_at, updated_at from assistants
  union all select a.id, s.principal_id, s.level, a.number, a.sort_name, a.created_at, a.updated_at
    from shares s join assistants a on a.id = s.assistant_id order by 1, 2`;

const vocabulary = (table: string, schema: string) => [
  `create virtual table temp.words using fts5vocab('${schema}', '${table}', 'instance')`,
  "select doc, term, col, offset from temp.words order by 1, 2, 3, 4",
  "drop table temp.words",
];

/** That the tables which triggers keep are what one would make of assistants and shares from nothing. */
export async function expectDerivedTables(world: World): Promise<void> {
  const texts = [
    access,
    accessAnew,
    ...vocabulary("assistant_search", "main"),
    `create virtual table temp.anew using fts5(name, slug, description, principals, content = '', tokenize = 'unicode61 remove_diacritics 2')`,
    `insert into temp.anew (rowid, name, slug, description, principals)
       select number, name, slug, description, replace(owner_id, '-', '') || ' superusers ' ||
         coalesce((select group_concat(replace(principal_id, '-', ''), ' ') from shares s where s.assistant_id = a.id), '')
       from assistants a`,
    ...vocabulary("anew", "temp"),
    "drop table temp.anew",
  ];
  const results = await world.run(texts.map((sql) => ({ sql, args: [] })));
  expect(results[0], "access").toEqual(results[1]);
  expect(unordered(results[3]), "assistant_search").toEqual(unordered(results[8]));
}

/** In which order an assistant's principals stand in the index means nothing. */
const unordered = (rows: unknown[][] = []) =>
  rows.map(([doc, term, column, offset]) => [doc, term, column, column === "principals" ? 0 : offset]);

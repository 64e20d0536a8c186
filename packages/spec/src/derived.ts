import { expect } from "vitest";
import type { World } from "./world.ts";

const access =
  "select assistant_id, principal_id, level, number, sort_name, created_at, updated_at from access order by 1, 2";
const accessAnew = `with live as (select * from assistants where editing_id is null)
  select id, owner_id, 4, number, sort_name, created_at, updated_at from live
  union all select id, '*', 4, number, sort_name, created_at, updated_at from live
  union all select a.id, s.principal_id, s.level, a.number, a.sort_name, a.created_at, a.updated_at
    from shares s join live a on a.id = s.assistant_id order by 1, 2`;

const datasetAccess = access.replace("assistant_id", "dataset_id").replace("from access", "from dataset_access");
const datasetAccessAnew = `select id, owner_id, 4, number, sort_name, created_at, updated_at from datasets
  union all select id, '*', 4, number, sort_name, created_at, updated_at from datasets
  union all select d.id, s.principal_id, s.level, d.number, d.sort_name, d.created_at, d.updated_at
    from dataset_shares s join datasets d on d.id = s.dataset_id order by 1, 2`;

const vocabulary = (table: string, schema: string) => [
  `create virtual table temp.terms using fts5vocab('${schema}', '${table}', 'instance')`,
  "select doc, term from temp.terms order by 1, 2",
  "drop table temp.terms",
];

/** Each word once under the owner's number and the superusers' 0, and in an entry of its own under that of each share. */
const searchAnew = `select t.doc, n.number || 'x' || t.term from temp.anew_terms t join assistants a on a.number = t.doc
    join principal_numbers n on n.principal_id in (a.owner_id, '*')
  union select (n.number << 40) + t.doc, n.number || 'x' || t.term from temp.anew_terms t
    join assistants a on a.number = t.doc join shares s on s.assistant_id = a.id
    join principal_numbers n on n.principal_id = s.principal_id
  order by 1, 2`;

/** That the tables which triggers keep are what one would make of assistants, datasets and shares from nothing. */
export async function expectDerivedTables({ run }: Pick<World, "run">): Promise<void> {
  const texts = [
    access,
    accessAnew,
    ...vocabulary("assistant_search", "main"),
    // By the tokenizer of the full-text index itself, which the triggers do not use.
    "create virtual table temp.anew using fts5(words, content = '', tokenize = 'unicode61 remove_diacritics 2')",
    `insert into temp.anew (rowid, words) select number, name || ' ' || slug || ' ' || coalesce(description, '')
      from assistants where editing_id is null`,
    "create virtual table temp.anew_terms using fts5vocab('temp', 'anew', 'instance')",
    searchAnew,
    "drop table temp.anew_terms",
    "drop table temp.anew",
    datasetAccess,
    datasetAccessAnew,
  ];
  const results = await run(texts.map((sql) => ({ sql, args: [] })));
  expect(results[0], "access").toEqual(results[1]);
  expect(results.at(-2), "dataset_access").toEqual(results.at(-1));
  expect(results[3], "assistant_search").toEqual(results[8]);
}

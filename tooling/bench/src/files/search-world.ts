import { apiTokens } from "@steward/auth";
import { inlineHeavyWork } from "@steward/core";
import type { Executor, Statement } from "@steward/db";
import { migrate, openExecutor } from "@steward/db/node";
import { createServices } from "@steward/server/services";
import type { Amounts } from "./amounts.ts";
import { random } from "./pdf.ts";

const wordsOfChunk = 100;
const vocabulary = 30_000;

/** As often as the words of a language: the first stands in every passage, the second in most, and so on. */
export const common = ["the", "of", "and", "to", "in", "is", "for", "that", "with", "on"];
const syllables = "ka re to mi sun pol der ing an st or ve lu che ba no qui tra pe sh".split(" ");

export const next = random(1);
export const words = Array.from({ length: vocabulary }, (_, index) => {
  if (index < common.length) return common[index] ?? "";
  const made = Array.from(
    { length: 1 + Math.floor(next() * 4) },
    () => syllables[Math.floor(next() * syllables.length)],
  );
  return made.join("") + (index % 3 ? "" : index.toString(36));
});
/** Any word, as often as it stands in the passages. */
export const word = () => words[Math.min(vocabulary, Math.floor(Math.exp(next() * Math.log(vocabulary)))) - 1] ?? "the";
export const syllable = () => syllables[Math.floor(next() * syllables.length)] ?? "ka";
const passage = () => Array.from({ length: wordsOfChunk }, word).join(" ");

const sql = (text: string, ...args: unknown[]): Statement => ({ sql: text, args });
const id = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const now = Date.now();

/** An assistant that has all files, its draft that has five of them, and one that has these in a library of its own. */
export const searched = { "all files": id(1), "draft with 5 of them": id(2), "5 files of its own": id(3) } as const;

/** Makes the files, as they are when they were read, and indexes them. Answers with their owner's token. */
export async function makeSearchWorld(path: string, amounts: Amounts): Promise<{ token: string; indexedIn: number }> {
  await migrate({ url: `file:${path}` });
  const executor = openExecutor({ url: `file:${path}` });
  const token = await fill(executor, amounts);
  const services = createServices({ executor, log: { info() {}, error() {} }, keys: [] });
  const { documents, blobs, sha256, ids, clock } = services;
  const began = performance.now();
  await inlineHeavyWork({ executor, clock, reading: { documents, blobs, sha256, newId: () => ids.next() } }).tend();
  const indexedIn = performance.now() - began;
  await executor.batch([sql("analyze")], "write");
  executor.close();
  return { token, indexedIn };
}

async function fill(executor: Executor, { searchedFiles, chunksOfFile }: Amounts): Promise<string> {
  const { value, hash, hint } = apiTokens().issue();
  const assistant = (number: number, slug: string, editing: string | null) =>
    sql(
      `insert into assistants (id, owner_id, slug, name, sort_name, suggestions, editing_id, created_by, updated_by, created_at, updated_at)
        values (?1, ?2, ?3, ?3, ?3, '[]', ?4, ?2, ?2, ?5, ?5)`,
      id(number),
      id(100),
      slug,
      editing,
      now,
    );
  await executor.batch(
    [
      sql(
        "insert into principals (id, kind, name, display_name, created_at, updated_at) values (?1, 'user', 'ada', 'Ada', ?2, ?2)",
        id(100),
        now,
      ),
      sql("insert into users (id, role, grants, enabled) values (?, 'creator', 0, 1)", id(100)),
      sql("insert into seats (user_id, created_at) values (?, ?)", id(100), now),
      sql(
        `insert into tokens (id, hash, hint, user_id, type, read_only, last_used_at, created_at, updated_at)
          values (?1, ?2, ?3, ?4, 'personal', 0, ?5, ?5, ?5)`,
        id(101),
        hash,
        hint,
        id(100),
        now,
      ),
      assistant(1, "all", null),
      assistant(2, "all-draft", id(1)),
      assistant(3, "few", null),
    ],
    "write",
  );
  for (let file = 0; file < searchedFiles; file++)
    await executor.batch(fileWith(file, chunksOfFile, file % (searchedFiles / 5) < 1), "write");
  await executor.batch(
    [sql("update documents set status = 'read'"), sql("delete from jobs where kind = 'read'")],
    "write",
  );
  return value;
}

/** A file that was read, in the assistants that have it. */
function fileWith(file: number, chunksOfFile: number, isOfFew: boolean): Statement[] {
  const hash = String(file).padStart(64, "0");
  const number = file + 1;
  const rows = Array.from({ length: chunksOfFile }, (_, index) => [number * 2 ** 20 + index, passage()]);
  const holders = isOfFew ? [1, 2, 3] : [1];
  return [
    sql("insert into blobs (hash, key, size, created_at) values (?1, ?1, 1, ?2)", hash, now),
    ...holders.map((holder) =>
      sql(
        `insert into assistant_files (id, assistant_id, filename, content_type, size, hash, format, created_at, updated_at)
          values (?1, ?2, ?3, 'text/plain', 1, ?4, 'text', ?5, ?5)`,
        id(holder * 1000 + file),
        id(holder),
        `file ${file}`,
        hash,
        now,
      ),
    ),
    sql(
      `insert into embeddings (id, kind, start, end, text) select value ->> 0, 'text', 0, length(value ->> 1), value ->> 1
        from json_each(?)`,
      JSON.stringify(rows),
    ),
  ];
}

import { apiTokens } from "@steward/auth";
import { type Caller, execute, inlineHeavyWork, operations, type Services } from "@steward/core";
import type { Executor, Statement } from "@steward/db";
import { migrate, openExecutor } from "@steward/db/node";
import { createServices } from "@steward/server/services";

const files = 200;
const chunksOfFile = 500;
const wordsOfChunk = 100;
const vocabulary = 30_000;
const rounds = 100;

/** As often as the words of a language: the first stands in every passage, the second in most, and so on. */
const common = ["the", "of", "and", "to", "in", "is", "for", "that", "with", "on"];
const syllables = "ka re to mi sun pol der ing an st or ve lu che ba no qui tra pe sh".split(" ");

/** Numbers from 0 to 1, the same in every run. */
function random(): () => number {
  let state = 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

const next = random();
const words = Array.from({ length: vocabulary }, (_, index) => {
  if (index < common.length) return common[index] ?? "";
  const made = Array.from(
    { length: 1 + Math.floor(next() * 4) },
    () => syllables[Math.floor(next() * syllables.length)],
  );
  return made.join("") + (index % 3 ? "" : index.toString(36));
});
const word = () => words[Math.min(vocabulary, Math.floor(Math.exp(next() * Math.log(vocabulary)))) - 1] ?? "the";
const passage = () => Array.from({ length: wordsOfChunk }, word).join(" ");

const sql = (text: string, ...args: unknown[]): Statement => ({ sql: text, args });
const id = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const now = Date.now();

const question = (length: number, of: () => string) => Array.from({ length }, of).join(" ");
const questions: Readonly<Record<string, () => string>> = {
  "one word": word,
  "two words": () => question(2, word),
  "a word in every passage": () => "the",
  "ten words in most passages": () => common.join(" "),
  "twenty words": () => question(20, word),
  "common and rare": () => `the of and ${words[2000 + Math.floor(next() * 10_000)]}`,
  "beginning of a word": () => word().slice(0, 2 + Math.floor(next() * 3)),
  "two letters": () => syllables[Math.floor(next() * syllables.length)] ?? "ka",
  "a phrase": () => `"${question(2, word)}"`,
};

export const fileSearchHeads = [
  "assistant",
  "asks for",
  "found",
  "p50 ms",
  "p99 ms",
  "of the processor: p50 ms",
  "p99 ms",
] as const;

/** How long a search takes over 100,000 passages: for an assistant that has all of them, its draft that has five files, and another that has these in a library of its own. */
export async function measureFileSearch(path: string): Promise<string[][]> {
  await migrate({ url: `file:${path}` });
  const executor = openExecutor({ url: `file:${path}` });
  const token = await fill(executor);
  const began = performance.now();
  const services = createServices({ executor, log: { info() {}, error() {} }, keys: [] });
  const { documents, blobs, sha256, ids, clock } = services;
  const reading = { documents, blobs, sha256, newId: () => ids.next() };
  await inlineHeavyWork({ executor, clock, reading }).tend();
  console.error(`indexed in ${Math.round(performance.now() - began)} ms`);
  const as: Caller = { credential: apiTokens().credential(token), address: null, defer: () => undefined };
  const assistants = { "all files": 1, "draft with 5 of them": 2, "5 files of its own": 3 };
  const rows: string[][] = [];
  for (const [name, number] of Object.entries(assistants))
    for (const [title, make] of Object.entries(questions))
      rows.push([name, title, ...(await measure(services, as, id(number), make))]);
  executor.close();
  return rows;
}

async function measure(services: Services, as: Caller, assistant: string, make: () => string): Promise<string[]> {
  const took: number[] = [];
  const worked: number[] = [];
  let found = 0;
  for (let round = -3; round < rounds; round++) {
    const q = make();
    const [began, before] = [performance.now(), process.cpuUsage()];
    const page = await execute(services, as, "files.search", operations.files.search, { id: assistant, q });
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) took.push(performance.now() - began);
    if (round >= 0) worked.push((user + system) / 1000);
    found += (page as { total: number }).total / (rounds + 3);
  }
  return [found.toFixed(0), ...summary(took), ...summary(worked)];
}

function summary(times: readonly number[]): string[] {
  const sorted = times.toSorted((one, other) => one - other);
  return [0.5, 0.99].map((part) => (sorted[Math.floor(sorted.length * part)] ?? Number.NaN).toFixed(1));
}

async function fill(executor: Executor): Promise<string> {
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
  for (let file = 0; file < files; file++) await executor.batch(fileWith(file), "write");
  await executor.batch(
    [sql("update documents set status = 'read'"), sql("delete from jobs where kind = 'read'")],
    "write",
  );
  return value;
}

/** A file that was read, in the assistants that have it. */
function fileWith(file: number): Statement[] {
  const hash = String(file).padStart(64, "0");
  const number = file + 1;
  const rows = Array.from({ length: chunksOfFile }, (_, index) => [number * 2 ** 20 + index, passage()]);
  const holders = file % 40 === 7 ? [1, 2, 3] : [1];
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

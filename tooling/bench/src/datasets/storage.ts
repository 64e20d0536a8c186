import { createReadStream, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import Database from "libsql";
import { makeTableFile } from "./table-file.ts";

/** How records of any shape could be kept, on the same driver and the same file: what the decision in docs/adr rests on. */

const rows = 1_000_000;
const columns = 12;
const perStatement = 25;
const perTransaction = 1000;

type Row = readonly (string | number | bigint | null)[];

interface Layout {
  readonly name: string;
  readonly create: string;
  /** Of one record, from its id (a place) and its values. */
  readonly insert: string;
  readonly values: (id: bigint, row: Row) => unknown[];
  readonly column: (index: number) => string;
  /** Which records: those of the load 7. */
  readonly where: string;
}

const firstId = 7n << 26n;
const ofLoad = `id > ${firstId} and id < ${8n << 26n}`;
const places = (count: number) => Array.from({ length: count }, () => "?").join(", ");
const names = (count: number) => Array.from({ length: count }, (_, index) => `s${index + 1}`).join(", ");
const typed =
  "s1 integer, s2 text, s3 text, s4 text, s5 text, s6 integer, s7 real, s8 real, s9 integer, s10 integer, s11 integer, s12 text";

const slots = (count: number): Layout => ({
  name: `one table, ${count} slots without a type`,
  create: `create table records (id integer primary key, ${names(count)}, more text)`,
  insert: `(${places(columns + 1)})`,
  values: (id, row) => [id, ...row],
  column: (index) => `s${index}`,
  where: ofLoad,
});

const layouts: readonly Layout[] = [
  {
    name: "a table for each dataset, typed",
    create: `create table records (id integer primary key, ${typed})`,
    insert: `(${places(columns + 1)})`,
    values: (id, row) => [id, ...row],
    column: (index) => `s${index}`,
    where: "true",
  },
  slots(16),
  slots(24),
  slots(64),
  {
    name: "one table, rows of JSON",
    create: "create table records (id integer primary key, record text)",
    insert: "(?, ?)",
    values: (id, row) => [id, JSON.stringify(row, (_, value) => (typeof value === "bigint" ? Number(value) : value))],
    column: (index) => `record ->> ${index - 1}`,
    where: ofLoad,
  },
  {
    name: "one table, rows of JSONB",
    create: "create table records (id integer primary key, record blob)",
    insert: "(?, jsonb(?))",
    values: (id, row) => [id, JSON.stringify(row, (_, value) => (typeof value === "bigint" ? Number(value) : value))],
    column: (index) => `record ->> ${index - 1}`,
    where: ofLoad,
  },
];

const moment = (text: string) => BigInt(Date.parse(text));

/** The file's lines are simple: only the last cell may be quoted. */
function rowOf(line: string): Row {
  const quote = line.indexOf('"');
  const cells = quote < 0 ? line.split(",") : [...line.slice(0, quote - 1).split(","), line.slice(quote + 1, -1)];
  const [id = "", customer = "", city = "", category = "", status = "", quantity = "", price = "", discount = ""] =
    cells;
  const [active = "", ordered = "", shipped = "", note = ""] = cells.slice(8);
  const share = discount === "" ? null : Number(discount);
  const flag = active === "true" ? 1n : 0n;
  return [
    BigInt(id),
    customer,
    city,
    category,
    status,
    BigInt(quantity),
    Number(price),
    share,
    flag,
    moment(ordered),
    moment(shipped),
    note,
  ];
}

async function readRows(csv: string): Promise<Row[]> {
  const read: Row[] = [];
  for await (const line of createInterface({ input: createReadStream(csv) }))
    if (!line.startsWith("id,")) read.push(rowOf(line));
  return read;
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

const best = (count: number, work: () => unknown) => Math.min(...Array.from({ length: count }, () => timed(work)));

function measure({ name, create, insert, values, column, where }: Layout, path: string, all: readonly Row[]): string[] {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
  const database = new Database(path);
  database.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma temp_store = 1; pragma threads = 1");
  database.exec(create);
  const into = /json/i.test(name) ? "id, record" : `id, ${names(columns)}`;
  const statement = database.prepare(
    `insert into records (${into}) values ${Array.from({ length: perStatement }, () => insert).join(", ")}`,
  );
  const loaded = timed(() => {
    for (let begin = 0; begin < rows; begin += perTransaction) {
      database.exec("begin immediate");
      for (let next = begin; next < begin + perTransaction; next += perStatement) {
        const batch: unknown[] = [];
        for (let row = next; row < next + perStatement; row++)
          batch.push(...values(firstId + BigInt(row + 1), all[row] ?? []));
        statement.run(batch);
      }
      database.exec("commit");
    }
  });
  database.exec("pragma wal_checkpoint(truncate)");
  const grouped = `select ${column(4)}, ${column(5)}, count(*), sum(${column(6)}), avg(${column(7)}) from records
    where ${where} group by 1, 2`;
  const filtered = `select count(*) from records where ${where} and ${column(7)} > 990 and ${column(3)} = 'Oslo'`;
  const figures = [
    Math.round((rows / loaded) * 1000).toLocaleString("en"),
    (statSync(path).size / 1e6).toFixed(0),
    best(3, () => database.prepare(grouped).all()).toFixed(0),
    best(3, () => database.prepare(filtered).all()).toFixed(0),
  ];
  database.close();
  return [name, ...figures];
}

export const storageHeads = ["layout", "rows a second in", "MB", "group by, ms", "filter and count, ms"];

/** One after the other in one run, each in a new file. */
export async function measureStorage(folder: string): Promise<string[][]> {
  const csv = join(folder, "orders.csv");
  await makeTableFile(csv, rows);
  const all = await readRows(csv);
  return layouts.map((layout) => measure(layout, join(folder, "storage.db"), all));
}

import type { Executor, Statement } from "@steward/db";
import { embeddedExecutor } from "@steward/db/node";

/**
 * What is brought from a twin, each table behind those that its rows name. Triggers make the rest; sessions, and what was
 * kept for requests that are sent again, stay behind. The trail goes on where the real one ends, which seals it itself.
 */
const brought = `principals users teams memberships seats folders tags datasets dataset_shares dataset_loads records
  uploads blobs assistants shares favorites assistant_tags skills assistant_files assistant_references assistant_datasets secrets
  revisions comments tokens audit`.split(/\s+/);
const left = ["audit.number", "audit.hash", "blobs.uses"];

/** A database in memory, for what must be in the real one as a whole or not at all. */
export interface Twin {
  readonly executor: Executor;
  /** What puts its rows into the empty database of which it is the twin. */
  statements(): Promise<Statement[]>;
  close(): void;
}

/** Opens a twin of an empty database: the same tables and triggers, for the same tenant. */
export async function openTwin(original: Executor): Promise<Twin> {
  const [schema, settings] = await original.batch(
    [
      {
        // What SQLite makes itself, for indexes and for numbers, is left to it.
        sql: `select sql from sqlite_master where sql is not null and name not glob 'sqlite_*'
          and name not in (select name from pragma_table_list where type = 'shadow')
          order by type <> 'table', type <> 'view', rowid`,
        args: [],
      },
      { sql: "select * from settings", args: [] },
    ],
    "read",
  );
  const memory = embeddedExecutor(":memory:");
  // Every connection to memory has a database of its own, so reads go where the writes go.
  const executor: Executor = { batch: (statements) => memory.batch(statements, "write") };
  const places = settings?.columns.map(() => "?").join(", ");
  await executor.batch(
    [
      ...(schema?.rows ?? []).map(([sql]) => ({ sql: String(sql), args: [] })),
      ...(settings?.rows ?? []).map((args) => ({ sql: `insert into settings values (${places})`, args })),
      { sql: "insert into principal_numbers (number, principal_id) values (0, '*')", args: [] },
    ],
    "write",
  );
  return { executor, statements: () => readBack(executor), close: () => memory.close() };
}

async function readBack(executor: Executor): Promise<Statement[]> {
  const tables = await executor.batch(
    brought.map((table) => ({ sql: "select name from pragma_table_info(?)", args: [table] })),
    "read",
  );
  const known = tables.map(({ rows }, index) =>
    rows.map(([name]) => String(name)).filter((name) => !left.includes(`${brought[index]}.${name}`)),
  );
  const counts = await executor.batch(
    brought.map((table, index) => ({
      sql: `select ${known[index]?.map((name) => `count(${name})`)} from ${table}`,
      args: [],
    })),
    "read",
  );
  // Most slots of records are empty.
  const columns = known.map((names, index) => names.filter((_, place) => counts[index]?.rows[0]?.[place] !== 0));
  const rows = await executor.batch(
    brought.map((table, index) => ({
      sql: `select json_group_array(json_array(${columns[index]}) order by rowid) from ${table}`,
      args: [],
    })),
    "read",
  );
  return brought.flatMap((table, index) => {
    const names = columns[index] ?? [];
    if (names.length === 0) return [];
    const values = names.map((_, place) => `value ->> ${place}`);
    const sql = `insert into ${table} (${names.join(", ")}) select ${values.join(", ")} from json_each(?)`;
    return [{ sql, args: rows[index]?.rows[0] ?? [] }];
  });
}

import Database from "libsql";
import { DatabaseError, type ResultSet, type Statement, toValue, type Value } from "./executor.ts";
import { changesRows, databaseError, isBusy } from "./sqlite.ts";

export interface ConnectionOptions {
  readonly path: string;
  readonly mode: "read" | "write";
  /** Milliseconds that a native call may sleep on another process's lock; the event loop sleeps with it. */
  readonly lockTimeout: number;
  /** How many prepared statements are kept. */
  readonly statements: number;
  /** Kibibytes of the file that are kept in memory. */
  readonly cache: number;
}

/** One synchronous connection. It heals itself: after an error the next batch finds it ready. */
export interface Connection {
  /** Runs all statements in one transaction, within this turn of the event loop. Throws what Executor rejects with. */
  batch(statements: readonly Statement[]): ResultSet[];
  /** Moves the write-ahead log into the database file, as far as other connections allow, and closes. */
  close(): void;
}

interface Prepared {
  readonly native: Database.Statement;
  readonly changesRows: boolean;
  columns: readonly string[] | undefined;
}

// mmap_size is left alone on purpose: a read after a commit of another connection took twice as long with it.
const PRAGMAS = {
  read: "pragma query_only = on",
  write: "pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on",
};
// Prepared, these would be slower, and a prepared BEGIN that meets a lock breaks its connection; exec() does not.
const BEGIN = { read: "begin", write: "begin immediate" };

/**
 * Opens the file, or creates it. A lock held by another process while opening is no error here: the next batch tries
 * again. Throws a DatabaseError when the file cannot be opened at all.
 */
export function openConnection(options: ConnectionOptions): Connection {
  return new HealingConnection(options);
}

class HealingConnection implements Connection {
  readonly #options: ConnectionOptions;
  #database: Database.Database | undefined;
  #prepared = new Map<string, Prepared>();
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    try {
      this.#ready();
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
  }

  batch(statements: readonly Statement[]): ResultSet[] {
    const { mode } = this.#options;
    const values = statements.map(({ args }) => args.map(toBindable));
    const database = this.#ready();
    // One statement is a snapshot of its own. A lone write is not exempt: it could meet a lock while prepared.
    const transaction = mode === "write" || statements.length > 1;
    if (transaction) translated(() => database.exec(BEGIN[mode]));
    try {
      const results = statements.map(({ sql }, index) => execute(this.#prepare(database, sql), values[index] ?? []));
      if (transaction) database.exec("commit");
      return results;
    } catch (cause) {
      const error = toDatabaseError(cause);
      this.#recover(error);
      throw error;
    }
  }

  close(): void {
    this.#closed = true;
    if (this.#options.mode === "write") checkpoint(this.#database);
    this.#forget();
  }

  #ready(): Database.Database {
    if (this.#database) return this.#database;
    if (this.#closed) throw new DatabaseError("SQLITE_MISUSE", "The database is closed");
    this.#database = openDatabase(this.#options);
    return this.#database;
  }

  #forget(): void {
    this.#prepared = new Map();
    this.#database?.close();
    this.#database = undefined;
  }

  #prepare(database: Database.Database, sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const fresh = prepare(database, sql);
    const [oldest] = this.#prepared.size < this.#options.statements ? [] : this.#prepared.keys();
    if (oldest !== undefined) this.#prepared.delete(oldest);
    this.#prepared.set(sql, fresh);
    return fresh;
  }

  #recover(error: unknown): void {
    try {
      if (this.#database?.inTransaction) this.#database.exec("rollback");
      // A statement that met a lock stays in progress and would swallow later writes; the driver may have left one too.
      if (error instanceof DatabaseError && !isBusy(error)) return;
    } catch {
      // The connection cannot even roll back: replace it.
    }
    this.#forget();
  }
}

function openDatabase({ path, mode, lockTimeout, cache }: ConnectionOptions): Database.Database {
  const database = openFile(path, lockTimeout);
  try {
    database.exec(`${PRAGMAS[mode]}; pragma cache_size = -${cache}`);
    return database;
  } catch (error) {
    database.close();
    throw toDatabaseError(error);
  }
}

function openFile(path: string, timeout: number): Database.Database {
  try {
    return new Database(path, { timeout });
  } catch (error) {
    // The driver gives no code here.
    throw new DatabaseError("SQLITE_CANTOPEN", error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

function prepare(database: Database.Database, sql: string): Prepared {
  const native = database.prepare(sql);
  const columns = native.reader ? columnNames(native.raw(true)) : undefined;
  return { native, changesRows: changesRows(sql), columns };
}

const columnNames = (native: Database.Statement): readonly string[] => native.columns().map(({ name }) => name);

function execute(statement: Prepared, values: readonly Value[]): ResultSet {
  if (!statement.columns) {
    const { changes } = statement.native.run(values);
    return { columns: [], rows: [], rowsAffected: statement.changesRows ? changes : 0 };
  }
  // Never get(): after all(), or after an error, libsql answers it with the arguments of the earlier call.
  const rows = statement.native.all(values) as unknown[][];
  // A migration may widen a table under a cached `select *`: SQLite prepares it again, our columns must follow.
  const width = rows[0]?.length ?? statement.columns.length;
  if (width !== statement.columns.length) statement.columns = columnNames(statement.native);
  return { columns: statement.columns, rows, rowsAffected: statement.changesRows ? rows.length : 0 };
}

/** The driver stores text with a NUL whole, but reads it back cut off at the NUL: better refused than shortened. */
function toBindable(value: unknown): Value {
  if (typeof value === "string" && value.includes("\0")) throw new TypeError("Cannot bind text that contains a NUL");
  return toValue(value);
}

function checkpoint(database: Database.Database | undefined): void {
  try {
    database?.exec("pragma wal_checkpoint(truncate)");
  } catch {
    // Another process is busy with the file, and will do it.
  }
}

function translated<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw toDatabaseError(error);
  }
}

const toDatabaseError = (error: unknown): unknown =>
  error instanceof Database.SqliteError ? databaseError(error.code, error.message, error) : error;

import Database from "libsql/promise";
import { DatabaseError, type Executor, type ResultSet, type Statement, toValue } from "./executor.ts";
import { databaseError, onlyReads } from "./sqlite.ts";

export interface ScanOptions {
  /** How many batches run at once; more wait. */
  readonly connections?: number;
  /** Milliseconds after which a batch is ended, counted from when it was asked for. */
  readonly deadline?: number;
}

/**
 * Reads of a libSQL file that may take seconds. They run in threads of the driver, so that nothing else waits for them, and
 * one that takes too long rejects with SQLITE_INTERRUPT. Each batch is one snapshot; writes reject with SQLITE_READONLY.
 */
export function scanExecutor(path: string, options: ScanOptions = {}): Executor & { close(): void } {
  const { connections = 2, deadline = 10_000 } = options;
  const idle = Array.from({ length: connections }, () => new Scanner(path));
  const waiting = new Set<(scanner: Scanner) => void>();
  let closed = false;

  function release(scanner: Scanner): void {
    const [next] = waiting;
    if (closed) scanner.close();
    else if (next) next(scanner);
    else idle.push(scanner);
  }

  return {
    async batch(statements, mode) {
      if (closed) throw new DatabaseError("SQLITE_MISUSE", "The database is closed");
      if (mode !== "read" || !statements.every(({ sql }) => onlyReads(sql)))
        throw new DatabaseError("SQLITE_READONLY", "attempt to write a readonly database");
      const until = performance.now() + deadline;
      const scanner = idle.pop() ?? (await freed(waiting, deadline));
      try {
        return await scanner.batch(statements, until - performance.now());
      } finally {
        release(scanner);
      }
    },
    close() {
      closed = true;
      for (const scanner of idle.splice(0)) scanner.close();
    },
  };
}

const tooLong = (cause?: unknown) => new DatabaseError("SQLITE_INTERRUPT", "interrupted", { cause });

function freed(waiting: Set<(scanner: Scanner) => void>, patience: number): Promise<Scanner> {
  return new Promise((resolve, reject) => {
    const take = (scanner: Scanner) => {
      clearTimeout(timer);
      waiting.delete(take);
      resolve(scanner);
    };
    const timer = setTimeout(() => {
      waiting.delete(take);
      reject(tooLong());
    }, patience);
    waiting.add(take);
  });
}

/**
 * Groups and sorts spill to files rather than to memory, which also takes half the time here (600 ms instead of 1,560 for a
 * group-by over a million records); little is kept of what is read once.
 */
const PRAGMAS =
  "pragma busy_timeout = 1000; pragma query_only = on; pragma temp_store = 1; pragma cache_size = -2000; pragma threads = 1";

/**
 * The driver steps a statement once in a thread of its own, and on from there, a hundred rows at a time, in this one. So all
 * of it has to be done in the first step: what is materialized is worked out before its first row is read.
 */
const inOneStep = (sql: string) => `with scanned as materialized (${sql.replace(/;\s*$/, "")}) select * from scanned`;

/** How many statements a connection runs before it is opened anew. */
const mostHeld = 200;

/**
 * One connection with an asynchronous face. After an error it is opened anew, for the statement may be left in progress.
 *
 * What has run is held until then: collected, it would be finalized in this thread, which waits for the connection's mutex
 * for as long as the next scan steps (1,400 ms were seen).
 */
class Scanner {
  readonly #path: string;
  #database: Database | undefined;
  #held: unknown[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  async batch(statements: readonly Statement[], patience: number): Promise<ResultSet[]> {
    const bound = statements.map(({ args }) => args.map(toValue));
    let database: Database | undefined;
    let interrupted = false;
    const timer = setTimeout(() => {
      interrupted = true;
      database?.interrupt();
    }, patience);
    try {
      database = await this.#ready();
      await database.exec("begin");
      const results: ResultSet[] = [];
      for (const [index, { sql }] of statements.entries()) {
        // An interrupt that falls between two statements ends none of them.
        if (interrupted) throw tooLong();
        results.push(await run(database, sql, bound[index] ?? [], this.#held));
      }
      await database.exec("commit");
      if (this.#held.length > mostHeld) this.close();
      return results;
    } catch (error) {
      // Otherwise the snapshot is kept until the connection's last statement is collected.
      await database?.exec("rollback").catch(() => undefined);
      this.close();
      throw interrupted ? tooLong(error) : translated(error);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#database?.close();
    this.#database = undefined;
    this.#held = [];
  }

  async #ready(): Promise<Database> {
    if (this.#database) return this.#database;
    const database = new Database(this.#path, {});
    await database.exec(PRAGMAS);
    this.#database = database;
    return database;
  }
}

/** What the driver's types leave out. */
interface Native {
  columns(): readonly { readonly name: string }[];
  raw(raw: true): { iterate(values: readonly unknown[]): Promise<Iterable<unknown[]>> };
}

async function run(database: Database, sql: string, values: readonly unknown[], held: unknown[]): Promise<ResultSet> {
  const statement: Native = await database.prepare(inOneStep(sql));
  const columns = statement.columns().map(({ name }) => name);
  const stepped = await statement.raw(true).iterate(values);
  held.push(statement, stepped);
  return { columns, rows: [...stepped], rowsAffected: 0 };
}

const isNative = (error: unknown): error is Error & { readonly code: string } => error instanceof Database.SqliteError;
const translated = (error: unknown): unknown =>
  isNative(error) ? databaseError(error.code, error.message, error) : error;

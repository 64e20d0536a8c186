import Database from "libsql/promise";
import { collectSoon } from "./collect.ts";
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
 * one that takes too long rejects with SQLITE_INTERRUPT, or with SCANS_BUSY where most of that time went by while others were
 * served. Each batch is one snapshot; writes reject with SQLITE_READONLY.
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
      const asked = performance.now();
      const scanner = idle.pop() ?? (await freed(waiting, deadline));
      const waited = performance.now() - asked;
      try {
        return await scanner.batch(statements, deadline - waited);
      } catch (error) {
        throw waited > deadline / 2 && isTooLong(error) ? tooBusy(error) : error;
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
const isTooLong = (error: unknown) => error instanceof DatabaseError && error.code === "SQLITE_INTERRUPT";
/** No code of SQLite's, for those that are busy there are so with writes. */
const tooBusy = (cause?: unknown) => new DatabaseError("SCANS_BUSY", "all connections are in use", { cause });

function freed(waiting: Set<(scanner: Scanner) => void>, patience: number): Promise<Scanner> {
  return new Promise((resolve, reject) => {
    const take = (scanner: Scanner) => {
      clearTimeout(timer);
      waiting.delete(take);
      resolve(scanner);
    };
    const timer = setTimeout(() => {
      waiting.delete(take);
      reject(tooBusy());
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

/** How many statements a connection keeps prepared, and how many times it runs one, before it is opened anew. */
const mostPrepared = 200;
const mostHeld = 1500;

/**
 * One connection with an asynchronous face. After an error it is opened anew, for the statement may be left in progress.
 *
 * Statements and what has run are held until then: collected, they would be finalized in this thread, which waits for the
 * connection's mutex for as long as the next scan steps (1,400 ms were seen).
 */
class Scanner {
  readonly #path: string;
  #database: Database | undefined;
  #prepared = new Map<string, Prepared>();
  #held: unknown[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  async batch(statements: readonly Statement[], patience: number): Promise<ResultSet[]> {
    const bound = statements.map(({ args }) => args.map(toValue));
    let database: Database | undefined;
    let interrupted = false;
    // Again and again, for one that falls just before a statement begins ends nothing.
    let interrupting: ReturnType<typeof setInterval> | undefined;
    const timer = setTimeout(() => {
      interrupted = true;
      database?.interrupt();
      interrupting = setInterval(() => database?.interrupt(), 10);
    }, patience);
    try {
      database = await this.#ready();
      await database.exec("begin");
      const results: ResultSet[] = [];
      for (const [index, { sql }] of statements.entries()) {
        if (interrupted) throw tooLong();
        results.push(await this.#run(database, sql, bound[index] ?? []));
      }
      await database.exec("commit");
      if (this.#prepared.size > mostPrepared || this.#held.length > mostHeld) {
        this.close();
        collectSoon();
      }
      return results;
    } catch (error) {
      // Otherwise the snapshot is kept until the connection's last statement is collected.
      await database?.exec("rollback").catch(() => undefined);
      this.close();
      throw interrupted ? tooLong(error) : translated(error);
    } finally {
      clearTimeout(timer);
      clearInterval(interrupting);
    }
  }

  close(): void {
    this.#database?.close();
    this.#database = undefined;
    this.#prepared = new Map();
    this.#held = [];
  }

  async #run(database: Database, sql: string, values: readonly unknown[]): Promise<ResultSet> {
    const { native, columns } = this.#prepared.get(sql) ?? (await this.#prepare(database, sql));
    const stepped = await native.iterate(values);
    const rows = [...stepped];
    // The driver's room for the next hundred rows is most of it, and has nothing to be held for.
    this.#held.push(Object.assign(stepped, { nextRows: null }));
    return { columns, rows, rowsAffected: 0 };
  }

  async #prepare(database: Database, sql: string): Promise<Prepared> {
    const statement: Native = await database.prepare(inOneStep(sql));
    const prepared = { native: statement.raw(true), columns: statement.columns().map(({ name }) => name) };
    this.#prepared.set(sql, prepared);
    return prepared;
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
  raw(raw: true): Prepared["native"];
}

interface Prepared {
  readonly native: { iterate(values: readonly unknown[]): Promise<Iterable<unknown[]>> };
  readonly columns: readonly string[];
}

const isNative = (error: unknown): error is Error & { readonly code: string } => error instanceof Database.SqliteError;
const translated = (error: unknown): unknown =>
  isNative(error) ? databaseError(error.code, error.message, error) : error;

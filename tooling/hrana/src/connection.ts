import Database from "libsql";
import { type Column, fromWire, type Statement, type StatementResult, toWire, type WireError } from "./protocol.ts";

const TRANSACTION_CONTROL = /^\s*(?:begin|commit|end|rollback)\b/i;
const LEAVES_SCHEMA = /^\s*(?:select|with|values|insert|replace|update|delete|explain)\b/i;
const CHANGES_ROWS = /^\s*(?:with\b[\s\S]*\)\s*)?(?:insert|replace|update|delete)\b/i;
const STATEMENTS_KEPT = 500;

interface Prepared {
  readonly native: Database.Statement;
  readonly columns: readonly Column[] | undefined;
  readonly changesRows: boolean;
}

/** Counts changes of the schema made through this server, after which no connection trusts what it has prepared. */
export interface SchemaVersion {
  current: number;
}

/** A synchronous connection with cached statements. Every method may throw SQLITE_BUSY at once; see {@link isBusy}. */
export class Connection {
  /** Set when a statement was abandoned while in progress: later writes on this connection would be lost. */
  broken = false;
  readonly #database: Database.Database;
  readonly #schema: SchemaVersion;
  readonly #lacks: readonly string[];
  #prepared = new Map<string, Prepared>();
  #preparedFor = 0;
  #lastInsertRowid = 0n;

  constructor(path: string, schema: SchemaVersion, lacks: readonly string[]) {
    this.#schema = schema;
    this.#lacks = lacks;
    this.#database = new Database(path);
    this.#database.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on");
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  /** Runs one statement. After SQLITE_BUSY the same text may be run again: it meets the same prepared statement. */
  execute(sql: string, statement: Statement): StatementResult {
    if (TRANSACTION_CONTROL.test(sql)) {
      // Prepared, a BEGIN that meets a lock would stay in progress.
      this.#database.exec(sql);
      return this.#result([], [], 0);
    }
    const prepared = this.#prepare(sql);
    const values = bindings(statement);
    if (!LEAVES_SCHEMA.test(sql)) this.#schema.current++;
    if (!prepared.columns) {
      const { changes, lastInsertRowid } = prepared.native.run(values);
      this.#lastInsertRowid = BigInt(lastInsertRowid);
      return this.#result([], [], prepared.changesRows ? changes : 0);
    }
    const rows = prepared.native.all(values) as unknown[][];
    if (prepared.changesRows) this.#lastInsertRowid = this.#readLastInsertRowid();
    const wanted = statement.want_rows === false ? [] : rows.map((row) => row.map(toWire));
    return this.#result(prepared.columns, wanted, prepared.changesRows ? rows.length : 0);
  }

  /** Runs a script. */
  run(script: string): void {
    this.#schema.current++;
    this.#database.exec(script);
  }

  /** The columns of a statement, none when it returns no rows. */
  describe(sql: string): readonly Column[] | undefined {
    return this.#prepare(sql).columns;
  }

  rollback(): void {
    if (this.#database.inTransaction) this.#database.exec("rollback");
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #prepare(sql: string): Prepared {
    if (this.#preparedFor !== this.#schema.current || this.#prepared.size >= STATEMENTS_KEPT) {
      this.#prepared = new Map();
      this.#preparedFor = this.#schema.current;
    }
    const known = this.#prepared.get(sql);
    if (known) return known;
    const missing = this.#lacks.find((name) => sql.includes(`${name}(`));
    if (missing !== undefined) throw new Database.SqliteError(`no such function: ${missing}`, "SQLITE_ERROR", 1);
    const native = this.#database.prepare(sql).safeIntegers(true);
    const columns = native.reader ? columnsOf(native.raw(true)) : undefined;
    const fresh = { native, columns, changesRows: CHANGES_ROWS.test(sql) };
    this.#prepared.set(sql, fresh);
    return fresh;
  }

  #readLastInsertRowid(): bigint {
    const [row] = this.#prepare("select last_insert_rowid()").native.all() as bigint[][];
    return row?.[0] ?? 0n;
  }

  #result(cols: StatementResult["cols"], rows: StatementResult["rows"], affected: number): StatementResult {
    return { cols, rows, affected_row_count: affected, last_insert_rowid: String(this.#lastInsertRowid) };
  }
}

const columnsOf = (native: Database.Statement): readonly Column[] =>
  native.columns().map(({ name, type }) => ({ name, decltype: type }));

function bindings({ args = [], named_args: named = [] }: Statement): unknown {
  if (named.length === 0) return args.map(fromWire);
  return Object.fromEntries(named.map(({ name, value }) => [name.replace(/^[:@$]/, ""), fromWire(value)]));
}

/** Whether to try again later. An outdated snapshot stays outdated, so that one is final. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Database.SqliteError &&
  error.code !== "SQLITE_BUSY_SNAPSHOT" &&
  /^SQLITE_(?:BUSY|LOCKED)/.test(error.code);

/** The error as a libSQL server words it: the primary code only, SQLITE_ERROR under the name of unknown. */
export function toWireError(error: unknown): WireError {
  if (error instanceof Database.SqliteError) {
    const primary = PRIMARY_CODES.get((error.rawCode ?? 1) & 0xff) ?? "SQLITE_UNKNOWN";
    return { message: `SQLite error: ${error.message}`, code: primary };
  }
  if (!(error instanceof Error)) return { message: String(error), code: "UNKNOWN" };
  return { message: error.message, code: "code" in error ? String(error.code) : "UNKNOWN" };
}

const PRIMARY_CODES: ReadonlyMap<number, string> = new Map([
  [5, "SQLITE_BUSY"],
  [6, "SQLITE_LOCKED"],
  [8, "SQLITE_READONLY"],
  [9, "SQLITE_INTERRUPT"],
  [10, "SQLITE_IOERR"],
  [11, "SQLITE_CORRUPT"],
  [13, "SQLITE_FULL"],
  [14, "SQLITE_CANTOPEN"],
  [17, "SQLITE_SCHEMA"],
  [18, "SQLITE_TOOBIG"],
  [19, "SQLITE_CONSTRAINT"],
  [20, "SQLITE_MISMATCH"],
  [21, "SQLITE_MISUSE"],
  [23, "SQLITE_AUTH"],
  [25, "SQLITE_RANGE"],
  [26, "SQLITE_NOTADB"],
]);

/**
 * The only thing a request may know about its database. One call is one round trip and one transaction:
 * all statements take effect, or none; a `read` batch sees one snapshot.
 * Rejects with {@link DatabaseError} when the database refuses a statement.
 */
export interface Executor {
  batch(statements: readonly Statement[], mode: Mode): Promise<ResultSet[]>;
}

export type Mode = "read" | "write";

/** What SQLite stores. Integers are bound as bigint, see {@link toValue}. */
export type Value = null | string | number | bigint | Uint8Array;

/** SQL text with `?` or `?n` places, and the arguments for them. */
export interface Statement {
  readonly sql: string;
  readonly args: readonly unknown[];
}

/** Rows as arrays, in the order of `columns`. Integers come back as number. */
export interface ResultSet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly rowsAffected: number;
}

/** `code` is SQLite's extended code in words, for example SQLITE_CONSTRAINT_UNIQUE, whichever executor raised it. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Both drivers store a JavaScript number as REAL (`1` becomes '1.0' in a text column), and the native one aborts the
 * process on a boolean; so integers leave as bigint and booleans as 0 or 1.
 */
export function toValue(value: unknown): Value {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (value === null || typeof value === "string" || typeof value === "bigint" || value instanceof Uint8Array) {
    return value;
  }
  throw new TypeError(
    `Cannot bind ${value === undefined ? "undefined" : Object.prototype.toString.call(value)} to a statement`,
  );
}

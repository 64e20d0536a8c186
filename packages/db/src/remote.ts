import { createClient, LibsqlError, type ResultSet as RemoteResultSet } from "@libsql/client/http";
import { DatabaseError, type Executor, type ResultSet, toValue } from "./executor.ts";
import { databaseError, onlyReads } from "./sqlite.ts";

export interface RemoteOptions {
  /** `libsql:`, `https:` or `http:` */
  readonly url: string;
  readonly authToken?: string | undefined;
  /** Stands in for the global fetch, for example to count round trips. */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * A libSQL server over HTTP: one batch is one request. Needs nothing but `fetch`. A request that fails to reach the
 * server rejects with fetch's own error. Integers beyond 2^53 reject with a RangeError, on the way back too.
 */
export function remoteExecutor({ url, authToken, fetch }: RemoteOptions): Executor {
  const client = createClient({ url, intMode: "number", ...(authToken && { authToken }), ...(fetch && { fetch }) });
  return {
    async batch(statements, mode) {
      if (statements.length === 0) return [];
      // The server does not hold a READONLY transaction to its name.
      if (mode === "read" && !statements.every(({ sql }) => onlyReads(sql))) {
        throw new DatabaseError("SQLITE_READONLY", "attempt to write a readonly database");
      }
      const bound = statements.map(({ sql, args }) => ({ sql, args: args.map(toValue) }));
      try {
        return (await client.batch(bound, mode)).map(toResultSet);
      } catch (error) {
        throw toDatabaseError(error);
      }
    },
  };
}

const toResultSet = ({ columns, rows, rowsAffected }: RemoteResultSet): ResultSet => ({
  columns,
  rows: rows.map((row) => Array.from(row, fromRemote)),
  rowsAffected,
});

const fromRemote = (value: unknown): unknown => (value instanceof ArrayBuffer ? new Uint8Array(value) : value);

function toDatabaseError(error: unknown): unknown {
  if (!(error instanceof LibsqlError)) return error;
  // The client puts the code in front of the message, twice in a batch; the cause has what the server said.
  const { message } = error.cause instanceof Error ? error.cause : error;
  return databaseError(error.extendedCode ?? error.code, message, error);
}

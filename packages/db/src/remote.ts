import {
  DatabaseError,
  type Executor,
  type Mode,
  type ResultSet,
  type Statement,
  toValue,
  type Value,
} from "./executor.ts";
import { databaseError, onlyReads } from "./sqlite.ts";

export interface RemoteOptions {
  /** `libsql:`, `https:` or `http:` */
  readonly url: string;
  readonly authToken?: string | undefined;
  /** Stands in for the global fetch, for example to count round trips. */
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds after which a batch rejects with SQLITE_INTERRUPT: for reads, whose end nobody needs to know. */
  readonly deadline?: number;
}

/**
 * A libSQL server over HTTP: one batch is one request (Hrana 2, `POST /v2/pipeline` with JSON, as `@libsql/client` speaks
 * it; see docs/adr). Needs nothing but `fetch`. A request that fails to reach the server rejects with fetch's own error.
 * Integers beyond 2^53 reject with a RangeError, on the way back too.
 */
export function remoteExecutor({ url, authToken, fetch = globalThis.fetch, deadline }: RemoteOptions): Executor {
  const address = pipelineOf(url);
  const headers = { "content-type": "application/json", ...(authToken && { authorization: `Bearer ${authToken}` }) };
  return {
    async batch(statements, mode) {
      if (statements.length === 0) return [];
      // The server does not hold a READONLY transaction to its name.
      if (mode === "read" && !statements.every(({ sql }) => onlyReads(sql))) {
        throw new DatabaseError("SQLITE_READONLY", "attempt to write a readonly database");
      }
      const body = JSON.stringify({ baton: null, requests: [batchOf(statements, mode), { type: "close" }] });
      const signal = AbortSignal.timeout(deadline ?? longestAnswer);
      try {
        return resultsOf(
          await answerOf(await fetch(address, { method: "POST", headers, body, signal })),
          statements.length,
        );
      } catch (error) {
        if (deadline === undefined || !signal.aborted) throw error;
        throw new DatabaseError("SQLITE_INTERRUPT", "interrupted", { cause: error });
      }
    },
  };
}

/** Milliseconds until a server that says nothing is given up. What it was asked may then have happened or not. */
const longestAnswer = 60_000;

/** `libsql:` means https, unless the address says `tls=0`. */
function pipelineOf(url: string): string {
  const address = new URL(url.replace(/^libsql:/, /[?&]tls=0\b/.test(url) ? "http:" : "https:"));
  return new URL("v2/pipeline", `${address.origin}${address.pathname.replace(/\/*$/, "/")}`).href;
}

type WireValue =
  | { readonly type: "null" }
  | { readonly type: "integer"; readonly value: string }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "blob"; readonly base64: string };

interface WireError {
  readonly message: string;
  readonly code?: string | null;
}

interface WireResult {
  readonly cols: readonly { readonly name: string }[];
  readonly rows: readonly (readonly WireValue[])[];
  readonly affected_row_count: number;
}

interface BatchResult {
  readonly step_results: readonly (WireResult | null)[];
  readonly step_errors: readonly (WireError | null)[];
}

const step = (sql: string, args: readonly WireValue[], condition?: object) => ({
  stmt: { sql, args, want_rows: true },
  ...(condition && { condition }),
});

/** All statements between a beginning and an end; each only if the one before went well, and undone unless all did. */
function batchOf(statements: readonly Statement[], mode: Mode): object {
  const ok = (index: number) => ({ type: "ok", step: index });
  const end = statements.length + 1;
  const steps = [
    step(mode === "read" ? "BEGIN TRANSACTION READONLY" : "BEGIN IMMEDIATE", []),
    ...statements.map(({ sql, args }, index) => step(sql, args.map(toValue).map(toWire), ok(index))),
    step("COMMIT", [], ok(end - 1)),
    step("ROLLBACK", [], { type: "not", cond: ok(end) }),
  ];
  return { type: "batch", batch: { steps } };
}

interface Pipeline {
  readonly results?: readonly {
    readonly response?: { readonly result?: BatchResult };
    readonly error?: WireError;
  }[];
}

async function answerOf(response: Response): Promise<BatchResult> {
  if (!response.ok) throw await refusalOf(response);
  const { results } = await pipelineIn(response);
  const first = Array.isArray(results) ? results[0] : undefined;
  if (first?.error) throw failure(first.error);
  if (!Array.isArray(first?.response?.result?.step_results) || !Array.isArray(first.response.result.step_errors))
    throw new DatabaseError("HRANA_PROTO_ERROR", "The server's answer is no result of a batch");
  return first.response.result;
}

async function pipelineIn(response: Response): Promise<Pipeline> {
  const text = await response.text();
  try {
    return (JSON.parse(text) ?? {}) as Pipeline;
  } catch (error) {
    throw new DatabaseError("HRANA_PROTO_ERROR", "The server's answer is not JSON", { cause: error });
  }
}

/** A server that refuses the whole request says why in JSON, in text, or not at all. */
async function refusalOf(response: Response): Promise<DatabaseError> {
  const text = await response.text();
  let said: Partial<WireError> = {};
  try {
    said = (JSON.parse(text) ?? {}) as Partial<WireError>;
  } catch {
    said = { message: text.slice(0, 300) };
  }
  return new DatabaseError(said.code ?? "SERVER_ERROR", `${said.message || "No answer"} (HTTP ${response.status})`);
}

const failure = (error: WireError) => databaseError(error.code ?? "SERVER_ERROR", error.message, error);

/** The last step undoes what has failed, so that it has an error of its own says nothing. */
function resultsOf({ step_results: results, step_errors: errors }: BatchResult, count: number): ResultSet[] {
  const failed = errors.slice(0, count + 2).find((error) => error);
  if (failed) throw failure(failed);
  if (!results[count + 1])
    throw new DatabaseError("HRANA_PROTO_ERROR", "The server does not say that it has committed");
  return results.slice(1, count + 1).map((result) => {
    if (!result) throw new DatabaseError("HRANA_PROTO_ERROR", "The server has left out a statement");
    return {
      columns: result.cols.map(({ name }) => name),
      rows: result.rows.map((row) => row.map(fromWire)),
      rowsAffected: result.affected_row_count,
    };
  });
}

function toWire(value: Value): WireValue {
  if (value === null) return { type: "null" };
  if (typeof value === "bigint") return { type: "integer", value: String(value) };
  if (typeof value === "number") return { type: "float", value };
  if (typeof value === "string") return { type: "text", value };
  return { type: "blob", base64: btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join("")) };
}

function fromWire(value: WireValue): unknown {
  if (value.type === "null") return null;
  if (value.type === "blob") return Uint8Array.from(atob(value.base64), (character) => character.charCodeAt(0));
  if (value.type !== "integer") return value.value;
  const number = Number(value.value);
  if (!Number.isSafeInteger(number)) throw new RangeError("An integer of the database is beyond 2^53");
  return number;
}

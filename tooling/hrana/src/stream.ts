import { type Connection, isBusy, toWireError } from "./connection.ts";
import {
  type BatchStep,
  type Condition,
  ProtocolError,
  type SqlText,
  type Statement,
  type StatementResult,
  type StreamRequest,
  type WireError,
} from "./protocol.ts";

const GIVE_UP_AFTER_MS = 5_000;
const RETRY_AFTER_MS = 2;

export type StreamResult = { type: "ok"; response: object } | { type: "error"; error: WireError };

interface Outcomes {
  readonly step_results: (StatementResult | null)[];
  readonly step_errors: (WireError | null)[];
}

/** One client's conversation with one connection, over one or several HTTP requests. */
export class Stream {
  readonly connection: Connection;
  closed = false;
  readonly #sqls = new Map<number, string>();

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Answers a request. Never rejects: what goes wrong is part of the answer. */
  async handle(request: StreamRequest): Promise<StreamResult> {
    try {
      return { type: "ok", response: await this.#respond(request) };
    } catch (error) {
      return { type: "error", error: toWireError(error) };
    }
  }

  async #respond(request: StreamRequest): Promise<object> {
    const { type } = request;
    switch (type) {
      case "execute":
        return { type, result: await this.#execute(request.stmt) };
      case "batch":
        return { type, result: await this.#batch(request.batch.steps) };
      case "sequence":
        await this.#persist(() => this.connection.run(this.#textOf(request)));
        return { type };
      case "describe":
        return { type, result: this.#describe(request) };
      case "store_sql":
        this.#sqls.set(request.sql_id, request.sql);
        return { type };
      case "close_sql":
        this.#sqls.delete(request.sql_id);
        return { type };
      case "get_autocommit":
        return { type, is_autocommit: !this.connection.inTransaction };
      case "close":
        this.closed = true;
        return { type };
      default:
        throw new ProtocolError("HRANA_PROTO_ERROR", `Unsupported request ${String(type)}`);
    }
  }

  async #batch(steps: readonly BatchStep[]): Promise<Outcomes> {
    const outcomes: Outcomes = { step_results: [], step_errors: [] };
    for (const { stmt, condition } of steps) {
      let result: StatementResult | null = null;
      let failure: WireError | null = null;
      if (!condition || this.#holds(condition, outcomes)) {
        try {
          const outcome = this.#execute(stmt);
          // An await here would let other pipelines meet this one's lock, though nothing has to be waited for.
          result = outcome instanceof Promise ? await outcome : outcome;
        } catch (error) {
          failure = toWireError(error);
        }
      }
      outcomes.step_results.push(result);
      outcomes.step_errors.push(failure);
    }
    return outcomes;
  }

  #execute(statement: Statement): StatementResult | Promise<StatementResult> {
    const sql = this.#textOf(statement);
    return this.#persist(() => this.connection.execute(sql, statement));
  }

  #describe(text: SqlText): object {
    const columns = this.connection.describe(this.#textOf(text));
    return { params: [], cols: columns ?? [], is_explain: false, is_readonly: columns !== undefined };
  }

  #holds(condition: Condition, { step_results: results, step_errors: errors }: Outcomes): boolean {
    const holds = (inner: Condition) => this.#holds(inner, { step_results: results, step_errors: errors });
    switch (condition.type) {
      case "ok":
        return results[condition.step] != null;
      case "error":
        return errors[condition.step] != null;
      case "not":
        return !holds(condition.cond);
      case "and":
        return condition.conds.every(holds);
      case "or":
        return condition.conds.some(holds);
      case "is_autocommit":
        return !this.connection.inTransaction;
      default:
        throw new ProtocolError("HRANA_PROTO_ERROR", "Unknown condition");
    }
  }

  #textOf({ sql, sql_id: id }: SqlText): string {
    const text = sql ?? (id == null ? undefined : this.#sqls.get(id));
    if (text === undefined) throw new ProtocolError("SQL_STORE_NOT_FOUND", "No such stored SQL text");
    return text;
  }

  /** Runs now when the lock is free, else again and again, without blocking the others who must release it. */
  #persist<Result>(run: () => Result): Result | Promise<Result> {
    try {
      return run();
    } catch (error) {
      if (!isBusy(error)) throw error;
      return this.#retry(run);
    }
  }

  async #retry<Result>(run: () => Result): Promise<Result> {
    const deadline = performance.now() + GIVE_UP_AFTER_MS;
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS * (0.5 + Math.random())));
      try {
        return run();
      } catch (error) {
        if (isBusy(error) && performance.now() < deadline) continue;
        this.connection.broken = true;
        throw error;
      }
    }
  }
}

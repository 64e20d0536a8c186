import type { ResultSet, Statement } from "@steward/db";
import { assistants, type Needs } from "./access.ts";
import type { Context, Step, Trail } from "./context.ts";
import { StewardError } from "./errors.ts";
import { type Facts, factsOf, gateFor } from "./gate.ts";
import type { Caller, Services } from "./ports.ts";
import { StepFailed } from "./refusal.ts";
import { mustHit, type Query, type Read, rawQuery, type Values } from "./statement.ts";
import type { Flight, Trips } from "./trips.ts";

export interface RequestOptions {
  readonly operation: string;
  readonly needs: Needs;
  /** The text by which the request names its row. */
  readonly subject?: string | undefined;
  readonly expectedVersion?: number | undefined;
  /** Called with what the gate found, once it has admitted. */
  readonly onAdmitted?: (facts: Facts) => void;
}

/** A new one each time: what waits for it can then be collected. */
const never = () => new Promise<never>(() => undefined);

const auditTrails = new WeakMap<Needs, Query<never>>();

/** Stands before the writes, for after them the row may be gone or bear another name. */
function auditTrail(needs: Needs): Query<never> {
  let query = auditTrails.get(needs);
  if (!query) {
    query = rawQuery(`insert into audit (at, user_id, token_id, operation, subject)
      select :now, coalesce(c.user_id, :actor), c.token_id, :operation, coalesce(:made, ${needs.on?.resource.id ?? "null"})
      from (select 1) left join credentials c on c.hash = :credential`);
    auditTrails.set(needs, query);
  }
  return query;
}

/**
 * One operation's conversation with the database. What fails ends the request at once and for good: nothing that the
 * handler waits for settles any more, so it can neither swallow a refusal nor go on after it.
 */
export function openRequest(services: Services, caller: Caller, trips: Trips, options: RequestOptions) {
  const { operation, needs, subject } = options;
  const now = services.clock.now();
  const open = caller.credential === null;
  const [subject1, subject2, subject3] =
    subject === undefined ? nobody : (needs.on?.resource ?? assistants).reference(subject);
  const given: Values = {
    credential: caller.credential?.hash ?? null,
    now: now.getTime(),
    subject1,
    subject2,
    subject3,
  };
  const gate = open ? null : gateFor(needs);
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  const landings = new Set<Promise<void>>();
  let expected = options.expectedVersion ?? null;
  let admitted: Facts | null | undefined;
  let over = false;

  const end = (error: unknown) => {
    over = true;
    ended.reject(error);
    return never();
  };
  const statement = (query: Query<unknown>, values: Values = {}): Statement => ({
    sql: query.sql,
    args: query.args({ ...values, ...given }),
  });
  const admit = (row: ResultSet | undefined) => {
    const facts = row?.rows[0] ? factsOf(row.rows[0]) : null;
    if (admitted === undefined && facts) options.onAdmitted?.(facts);
    admitted = facts;
  };

  let joining: { flight: Flight; settle: ((result: ResultSet) => void)[] } | undefined;

  function join(): NonNullable<typeof joining> {
    if (joining) return joining;
    const landed = Promise.withResolvers<void>();
    landings.add(landed.promise);
    const settle: ((result: ResultSet) => void)[] = [];
    const left = () => {
      joining = undefined;
      landings.delete(landed.promise);
      landed.resolve();
    };
    const flight: Flight = {
      gate: gate && statement(gate.admit, { version: null }),
      verdict: gate && statement(gate.verdict, { version: null }),
      statements: [],
      land(row, results) {
        left();
        admit(row);
        results.forEach((result, index) => {
          settle[index]?.(result);
        });
      },
      fail(error) {
        left();
        void end(error);
      },
    };
    joining = { flight, settle };
    trips.board(flight);
    return joining;
  }

  async function whoever(): Promise<Facts | null> {
    if (over) return never();
    if (admitted === undefined) {
      join();
      await Promise.race([...landings]);
      if (admitted === undefined) return never();
    }
    return admitted;
  }

  function readRows<Row>({ query, values }: Read<Row>): Promise<Row[]> {
    if (over) return never();
    return new Promise((resolve, reject) => {
      const { flight, settle } = join();
      flight.statements.push(statement(query, values));
      settle.push(({ rows }) => {
        try {
          resolve(query.map(rows));
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  async function write(steps: readonly Step[], trail: Trail): Promise<unknown[]> {
    if (over) return never();
    const { statements, places } = layOut(steps, statement);
    const audit = statement(auditTrail(needs), { actor: trail.userId ?? null, made: trail.subject ?? null, operation });
    const version = { version: expected };
    let results: ResultSet[];
    try {
      results = await trips.write(gate && statement(gate.admit, version), gate && statement(gate.verdict, version), [
        audit,
        ...statements,
      ]);
    } catch (error) {
      if (error instanceof StepFailed) throw failureOf(steps[error.step]);
      if (error instanceof StewardError) return end(error);
      throw error;
    }
    if (gate) admit(results.shift());
    else admitted = null;
    results.shift();
    expected = null; // The version has moved on, by this request's own hand.
    return steps.map((step, index) =>
      step.mode === "write" ? step.query.map(results[places[index] as number]?.rows ?? []) : undefined,
    );
  }

  const context: Context = Object.freeze({
    now,
    address: caller.address,
    passwords: services.passwords,
    sessions: services.sessions,
    tokens: services.tokens,
    newId: () => services.ids.next(),
    whoever,
    facts: async () => (await whoever()) ?? end(new StewardError("unauthenticated")),
    read: readRows,
    commit: ((steps: readonly Step[], trail: Trail = {}) => {
      const outcome = write(steps, trail);
      const settled = outcome.then(
        () => undefined,
        () => undefined,
      );
      const landing = Promise.race([settled, ended.promise.catch(() => undefined)]);
      landings.add(landing);
      void landing.finally(() => landings.delete(landing));
      return outcome;
    }) as Context["commit"],
    defer: (task: () => Promise<unknown>) => caller.defer(task),
  });

  return {
    /** Answers with what the handler gives, once the gate has admitted, or with the request's first failure. */
    run<T>(handler: (context: Context) => Promise<T>): Promise<T> {
      const answer = async () => {
        try {
          return await handler(context);
        } finally {
          await Promise.all(landings);
          if (admitted === undefined && !over && gate) await whoever();
          over = true;
        }
      };
      return Promise.race([answer(), ended.promise]);
    },
  };
}

const nobody = [null, null, null] as const;

/** Each write is followed by a check that it hit; `places` says where each step's own result stands. */
function layOut(steps: readonly Step[], statement: (query: Query<unknown>, values: Values) => Statement) {
  const statements: Statement[] = [];
  const places = steps.map((step, index) => {
    const place = statements.push(statement(step.query, { ...step.values, step: String(index) })) - 1;
    if (step.mode === "write" && step.miss !== "ignore") statements.push(statement(mustHit, { step: String(index) }));
    return place;
  });
  return { statements, places };
}

function failureOf(step: Step | undefined): StewardError {
  if (step?.mode === "guard") return step.otherwise;
  const miss = step?.mode === "write" ? step.miss : undefined;
  return miss instanceof StewardError ? miss : new StewardError("not_found");
}

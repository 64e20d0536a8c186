import { DatabaseError, type Executor, type ResultSet, type Statement } from "@steward/db";
import { batchWithTrail } from "./audit/chain.ts";
import { toRefusal } from "./refusal.ts";

/** What one operation reads in one trip, behind its own gate. */
export interface Flight {
  /** Null where an operation is open to anybody. */
  readonly gate: Statement | null;
  /** The verdict as a row; asked only when the database hides why the gate raised. */
  readonly verdict: Statement | null;
  readonly statements: Statement[];
  /** It leaves now: what is added from here on would not come along. */
  depart(): void;
  land(gate: ResultSet | undefined, results: ResultSet[]): void;
  fail(error: unknown): void;
}

/** The trips of one HTTP request: what its operations read in the same tick leaves together. */
export interface Trips {
  /** Joins the next trip. More statements may be added to the flight until it leaves. */
  board(flight: Flight): void;
  /** `statements` are told whether the database seals the audit row among them. */
  write(
    gate: Statement | null,
    verdict: Statement | null,
    statements: (sealing: boolean) => readonly Statement[],
  ): Promise<ResultSet[]>;
}

/** A round of microtasks: enough for a handler, or the procedures of a tRPC batch, to ask for all they need at once. */
const hops = 12;

export function openTrips(executor: Executor): Trips {
  let boarding: Flight[] = [];

  async function send(flights: readonly Flight[]) {
    const gates = flights.length === 1 ? flights.flatMap(({ gate }) => gate ?? []) : distinct(flights);
    const results = await executor.batch([...gates, ...flights.flatMap(({ statements }) => statements)], "read");
    let next = gates.length;
    for (const { gate, statements, land } of flights) {
      const mine = results.slice(next, next + statements.length);
      next += mine.length;
      land(gate ? results[gates.findIndex((sent) => sent === gate || sameStatement(sent, gate))] : undefined, mine);
    }
  }

  /** One that is refused ends the whole trip; so that it does not end its neighbours, each then goes alone. */
  async function depart(flights: readonly Flight[]): Promise<void> {
    try {
      await send(flights);
    } catch (error) {
      const [only] = flights;
      if (flights.length === 1 && only) only.fail(await explain(executor, error, only.verdict));
      else await Promise.all(flights.map((flight) => depart([flight])));
    }
  }

  async function leave() {
    for (let seen = -1; seen !== weight(boarding); ) {
      seen = weight(boarding);
      for (let hop = 0; hop < hops; hop++) await null;
    }
    const flights = boarding;
    boarding = [];
    for (const flight of flights) flight.depart();
    await depart(flights);
  }

  return {
    board(flight) {
      if (boarding.push(flight) === 1) void leave();
    },
    async write(gate, verdict, statements) {
      try {
        return await batchWithTrail(executor, (sealing) => [...(gate ? [gate] : []), ...statements(sealing)]);
      } catch (error) {
        throw await explain(executor, error, verdict);
      }
    },
  };
}

const weight = (flights: readonly Flight[]) => flights.reduce((sum, { statements }) => sum + 1 + statements.length, 0);

const sameStatement = (one: Statement, other: Statement) =>
  one.sql === other.sql && one.args.every((arg, index) => arg === other.args[index]);

/** Operations that need the same of the same row are judged once. */
const distinct = (flights: readonly Flight[]): Statement[] => {
  const gates: Statement[] = [];
  for (const { gate } of flights) if (gate && !gates.some((known) => sameStatement(known, gate))) gates.push(gate);
  return gates;
};

/** The refusal behind an error of the database, or the error itself. */
async function explain(executor: Executor, error: unknown, verdict: Statement | null): Promise<unknown> {
  if (!(error instanceof DatabaseError)) return error;
  const refusal = toRefusal(error.message);
  if (refusal !== undefined) return refusal;
  if (!verdict || error.code.startsWith("SQLITE_CONSTRAINT")) return error;
  try {
    const [asked] = await executor.batch([verdict], "read");
    return toRefusal(`'refused:${asked?.rows[0]?.[0]}'`) ?? error;
  } catch {
    return error; // The database is out of reach altogether: that is what is to be told.
  }
}

import type { ResultSet, Statement } from "@steward/db";
import { assistants, type Needs } from "./access.ts";
import { auditTrail } from "./audit/trail.ts";
import { failureOf, layOut } from "./commit.ts";
import type { Step, Trail } from "./context.ts";
import { isStewardError, StewardError } from "./errors.ts";
import { type Facts, factsOf, gateFor } from "./gate.ts";
import { claims, givenAgain, keptRows, type Once, otherRequest, recalled } from "./idempotency.ts";
import type { Caller } from "./ports.ts";
import { AnsweredBefore, StepFailed } from "./refusal.ts";
import { clientDigits } from "./session/network.ts";
import type { Query, Read, Values } from "./statement.ts";
import type { Flight, Trips } from "./trips.ts";

export interface RequestOptions {
  readonly operation: string;
  readonly needs: Needs;
  /** The text by which the request names its row. */
  readonly subject?: string | undefined;
  readonly expectedVersion?: number | undefined;
  /** Whether it may take so long that each of its commits is asked for at the moment at which it comes. */
  readonly lasts?: boolean;
  /** Where the request is to be done once, however often it is sent. */
  readonly once?: Once | undefined;
  /** Called after a commit: whether its audit row is sealed. */
  readonly onCommitted?: (sealed: boolean) => void;
  /** Called when the handler says that it has made its object. */
  readonly onMade?: () => void;
  /** Called with what the gate found, once it has admitted. */
  readonly onAdmitted?: (facts: Facts) => void;
}

/** A new one each time: what waits for it can then be collected. */
const never = () => new Promise<never>(() => undefined);

const nobody = [null, null, null] as const;

/** What is being read, until it has left. */
interface Joining {
  readonly statements: Statement[];
  readonly settle: ((result: ResultSet) => void)[];
  readonly landed: Promise<void>;
}

/**
 * One operation's conversation with the database. What fails ends the request at once and for good: nothing that the
 * handler waits for settles any more, so it can neither swallow a refusal nor go on after it.
 */
export class Request {
  readonly #clock: () => Date;
  readonly #trips: Trips;
  readonly #options: RequestOptions;
  readonly #given: Values;
  readonly #gate: ReturnType<typeof gateFor> | null;
  readonly #ended = Promise.withResolvers<never>();
  readonly #landings = new Set<Promise<unknown>>();
  #joining: Joining | undefined;
  /** One that has left and is awaited. */
  #flying: Joining | undefined;
  #facts: Facts | null = null;
  #admitted: boolean;
  #over = false;
  #expected: number | null;
  #committed = false;

  /** `clock`: the moment for which the gate is asked, each time that it is. */
  constructor(caller: Caller, clock: () => Date, trips: Trips, options: RequestOptions) {
    const { needs, subject, expectedVersion = null } = options;
    const reference = subject === undefined ? nobody : (needs.on?.resource ?? assistants).reference(subject);
    const [subject1, subject2, subject3] = reference;
    this.#clock = clock;
    this.#trips = trips;
    this.#options = options;
    this.#given = {
      credential: caller.credential?.hash ?? null,
      clientAddress: caller.credential?.kind === "token" ? clientDigits(caller.address) : null,
      operation: options.operation,
      subject1,
      subject2,
      subject3,
    };
    this.#gate = caller.credential === null ? null : gateFor(needs);
    this.#admitted = this.#gate === null;
    this.#expected = expectedVersion;
    this.#ended.promise.catch(() => undefined);
  }

  /** Answers with what the handler gives, once the gate has admitted, or with the request's first failure. */
  run<T>(handler: () => Promise<T>): Promise<T> {
    return Promise.race([this.#answer(handler), this.#ended.promise]);
  }

  async #answer<T>(handler: () => Promise<T>): Promise<T> {
    try {
      return await this.behindGate(handler);
    } finally {
      this.close();
    }
  }

  /** What settles when the request has failed as a whole, and never otherwise. */
  get ended(): Promise<never> {
    return this.#ended.promise;
  }

  /** Nothing that the handler still waits for settles from here on. */
  close(): void {
    this.#over = true;
  }

  /** What the handler gives, once the gate has admitted and all that it has asked for is there. */
  async behindGate<T>(handler: () => Promise<T>): Promise<T> {
    try {
      const answer = await handler();
      await this.#settled();
      return answer;
    } catch (error) {
      // What is wrong with the input is told before who asks is looked at.
      if (!isStewardError(error) || error.code !== "validation_failed") await this.#settled();
      throw error;
    }
  }

  async #settled(): Promise<void> {
    await Promise.all(this.#landings);
    if (!this.#admitted) await this.whoever();
  }

  #end(error: unknown): Promise<never> {
    this.#over = true;
    this.#ended.reject(error);
    return never();
  }

  #statement(query: Query<unknown>, values: Values = {}): Statement {
    return { sql: query.sql, args: query.args({ ...values, ...this.#given, now: this.#clock().getTime() }) };
  }

  #gateAt(version: number | null) {
    if (!this.#gate) return { gate: null, verdict: null };
    const { admit, verdict } = this.#gate;
    return { gate: this.#statement(admit, { version }), verdict: this.#statement(verdict, { version }) };
  }

  #admit(result: ResultSet | undefined): void {
    const row = result?.rows[0];
    if (!row) return;
    const first = !this.#facts;
    this.#facts = factsOf(row);
    this.#admitted = true;
    if (first) this.#options.onAdmitted?.(this.#facts);
  }

  /** The trip that everything read in this tick leaves with. */
  #join(): Joining {
    if (this.#joining) return this.#joining;
    const landing = Promise.withResolvers<void>();
    this.#landings.add(landing.promise);
    const joining: Joining = { statements: [], settle: [], landed: landing.promise };
    const landed = () => {
      if (this.#flying === joining) this.#flying = undefined;
      this.#landings.delete(landing.promise);
      landing.resolve();
    };
    const flight: Flight = {
      ...this.#gateAt(null),
      statements: joining.statements,
      depart: () => {
        this.#joining = undefined;
        this.#flying = joining;
      },
      land: (gate, results) => {
        landed();
        this.#admit(gate);
        for (const [index, result] of results.entries()) joining.settle[index]?.(result);
      },
      fail: (error) => {
        landed();
        void this.#end(error);
      },
    };
    this.#joining = joining;
    this.#trips.board(flight);
    return joining;
  }

  async whoever(): Promise<Facts | null> {
    if (this.#over) return never();
    if (this.#gate && !this.#facts) {
      await (this.#flying ?? this.#join()).landed;
      if (!this.#facts) return never();
    }
    return this.#facts;
  }

  async facts(): Promise<Facts> {
    return (await this.whoever()) ?? this.#end(new StewardError("unauthenticated"));
  }

  read<Row>({ query, values }: Read<Row>): Promise<Row[]> {
    if (this.#over) return never();
    return new Promise((resolve, reject) => {
      const { statements, settle } = this.#join();
      statements.push(this.#statement(query, values));
      settle.push(({ rows }) => {
        try {
          resolve(query.map(rows));
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  commit(steps: readonly Step[], trail: Trail = {}): Promise<unknown[]> {
    const outcome = this.#write(steps, trail);
    const quiet = Promise.race([outcome, this.#ended.promise]).catch(() => undefined);
    this.#landings.add(quiet);
    void quiet.then(() => this.#landings.delete(quiet));
    return outcome;
  }

  #audit({ userId, subject, assistant, details, found }: Trail) {
    const { needs } = this.#options;
    const values = {
      ...found?.values,
      actor: userId ?? null,
      made: subject ?? null,
      ofAssistant: assistant === null ? "" : (assistant ?? null),
      details: details ? JSON.stringify(details) : null,
    };
    return (sealing: boolean) => this.#statement(auditTrail(needs, sealing, found?.object), values);
  }

  async #write(steps: readonly Step[], trail: Trail): Promise<unknown[]> {
    if (this.#over) return never();
    const { once } = this.#options;
    const { statements, places } = layOut(
      steps,
      (query, values) => this.#statement(query, { ...values, ...once }),
      once !== undefined,
    );
    const claimed = once ? this.#claim(once) : [];
    const audit = this.#audit(trail);
    const { gate, verdict } = this.#gateAt(this.#expected);
    let results: ResultSet[];
    try {
      results = await this.#trips.write(gate, verdict, (sealing) => [...claimed, audit(sealing), ...statements]);
    } catch (error) {
      if (isStewardError(error)) return this.#end(error);
      if (error instanceof AnsweredBefore && once) return this.#recall(steps, trail, once);
      this.#admitted = true; // What failed stands behind the gate.
      throw error instanceof StepFailed ? failureOf(steps[error.step]) : error;
    }
    if (gate) this.#admit(results.shift());
    const [appended] = results.splice(0, claimed.length + 1).slice(-1);
    this.#options.onCommitted?.(appended?.rows[0]?.[0] === 1);
    this.#expected = null; // The version has moved on, by this request's own hand.
    return steps.map((step, index) => {
      if (step.mode === "guard") return undefined;
      const result = results[places[index] as number];
      return step.query.map(once && step.query.width > 0 ? keptRows(result) : (result?.rows ?? []));
    });
  }

  #claim(once: Once): Statement[] {
    if (this.#committed) throw new Error("An operation that takes an idempotencyKey commits once");
    this.#committed = true;
    return claims.map((query) => this.#statement(query, { ...once }));
  }

  async #recall(steps: readonly Step[], trail: Trail, once: Once): Promise<unknown[]> {
    const [found] = await this.read({ mode: "read", query: recalled, values: { ...once } });
    if (!found) {
      // Forgotten meanwhile, by a server whose clock is ahead.
      this.#committed = false;
      return this.#write(steps, trail);
    }
    if (found.fingerprint !== once.fingerprint) throw otherRequest();
    return givenAgain(steps, found.rows);
  }
}

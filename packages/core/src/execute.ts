import { DatabaseError } from "@steward/db";
import type * as z from "zod";
import type { Needs } from "./access.ts";
import { sealTrail } from "./audit/seal.ts";
import { contentsOf } from "./contents/contents.ts";
import { type ErrorDetail, StewardError } from "./errors.ts";
import type { Facts } from "./gate.ts";
import { findHostile } from "./hostile.ts";
import { fingerprintOf, forgetExpired } from "./idempotency.ts";
import type { AnyOperation } from "./operation.ts";
import type { Caller, Services } from "./ports.ts";
import type { RequestOptions } from "./request.ts";
import { runRequest, streamRequest } from "./run.ts";
import { renewSession } from "./session/renew.ts";
import { noteTokenUse } from "./tokens/last-used.ts";
import { openTrips, type Trips } from "./trips.ts";

type TripsOf = WeakMap<Caller, Trips>;
const tripsOf: TripsOf = new WeakMap();
const scansOf: TripsOf = new WeakMap();

/** Everything that one HTTP request asks shares its trips, but for what may take long. */
function tripsFor({ executor, scans }: Services, caller: Caller, scanning: boolean): Trips {
  const known = scanning ? scansOf : tripsOf;
  let trips = known.get(caller);
  if (!trips) {
    trips = openTrips(scanning ? scans : executor);
    known.set(caller, trips);
  }
  return trips;
}

/** What an operation answers, and what the gate found out about who asked; null where nobody was looked for. */
export interface Executed {
  readonly output: unknown;
  readonly facts: Facts | null;
  /** Whether it has made what it answers, where it might have found it there. */
  readonly made: boolean;
}

/**
 * The only way in, for both doors, jobs and tests: is anybody there, does the input fit, may they, do it, does the
 * answer fit. Rejects with a StewardError, whatever happens; the cause of an `internal` one is for the log alone.
 */
export async function execute(
  services: Services,
  caller: Caller,
  name: string,
  operation: AnyOperation,
  raw: unknown,
): Promise<unknown> {
  const { output } = await executeWithFacts(services, caller, name, operation, raw);
  return output;
}

/** Refuses a request that presents nothing where something is needed: the first check of all, before any input is read. */
export function requireCredential({ credential }: Needs, caller: Caller): void {
  if (!caller.credential && (credential === "any" || credential === "session"))
    throw new StewardError("unauthenticated");
}

/** {@link execute}, for a door that also tells its caller what else it may do. */
export async function executeWithFacts(
  services: Services,
  caller: Caller,
  name: string,
  operation: AnyOperation,
  raw: unknown,
): Promise<Executed> {
  const { who, given, options, outcome } = await prepare(services, caller, name, operation, raw);
  const trips = tripsFor(services, caller, operation.scans === true);
  try {
    const output = await runRequest(services, who, trips, options, (context) => {
      const answer = operation.run(context, given);
      if (Symbol.asyncIterator in answer) throw new TypeError(`${name} streams: it runs through executeStream`);
      return answer;
    });
    return { output: operation.contents ? contentsOf(operation, output) : operation.output.parse(output), ...outcome };
  } catch (error) {
    throw translate(error);
  }
}

/** What an operation streams, from its first item on, and what the gate found out about who asked. */
export interface Streamed {
  readonly facts: Facts | null;
  /** Rejects with a StewardError, once; {@link AsyncIterator.return} ends it at once, also while an item is awaited. */
  readonly items: AsyncIterableIterator<unknown, undefined>;
}

/**
 * {@link execute}, for an operation that streams. Resolves when its first item is there, or its end: what is refused
 * before that is refused as a whole.
 */
export async function executeStream(
  services: Services,
  caller: Caller,
  name: string,
  operation: AnyOperation,
  raw: unknown,
): Promise<Streamed> {
  const { who, given, options, outcome } = await prepare(services, caller, name, operation, raw);
  const trips = tripsFor(services, caller, operation.scans === true);
  const source = streamRequest(services, who, trips, options, (context) => {
    const items = operation.run(context, given);
    if (!(Symbol.asyncIterator in items)) throw new TypeError(`${name} answers at once: it runs through execute`);
    return items;
  });
  const next = async (): Promise<IteratorResult<unknown, undefined>> => {
    try {
      const item = await source.next();
      return item.done ? item : { done: false, value: operation.output.parse(item.value) };
    } catch (error) {
      source.close();
      throw translate(error);
    }
  };
  return { items: startingWith(await next(), next, () => source.close()), facts: outcome.facts };
}

type Item = IteratorResult<unknown, undefined>;

function startingWith(first: Item, next: () => Promise<Item>, close: () => void): Streamed["items"] {
  let ahead: Item | undefined = first;
  return {
    async next() {
      const item = ahead ?? (await next());
      ahead = undefined;
      return item;
    },
    async return() {
      ahead = undefined;
      close();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** A request that fits, up to what its handler makes of it. */
interface Prepared {
  readonly who: Caller;
  /** What the operation's own schema has let through. */
  readonly given: never;
  readonly options: RequestOptions;
  /** Filled in as the request goes on. */
  readonly outcome: { facts: Facts | null; made: boolean };
}

async function prepare(
  services: Services,
  caller: Caller,
  name: string,
  operation: AnyOperation,
  raw: unknown,
): Promise<Prepared> {
  const { needs } = operation;
  const who = needs.credential === "none" ? { ...caller, credential: null } : caller;
  requireCredential(needs, who);
  const input = parseInput(operation, raw);
  if (who.credential && who.credential.hash === null) throw new StewardError("unauthenticated");
  const { idempotencyKey, ...given } = input as { readonly expectedVersion?: number; readonly idempotencyKey?: string };
  const { expectedVersion } = given;
  const once =
    idempotencyKey === undefined
      ? undefined
      : { idempotencyKey, fingerprint: await fingerprintOf(operation.input.shape, given) };
  const subject = needs.on && (given as Record<string, string | undefined>)[needs.on.resource.key];
  const outcome: Prepared["outcome"] = { facts: null, made: false };
  const options = {
    operation: name,
    needs,
    subject,
    expectedVersion: operation.ownVersion ? undefined : expectedVersion,
    once,
    lasts: operation.bytes !== undefined,
    onCommitted: (sealed: boolean) => {
      if (!sealed) caller.defer(() => sealTrail(services));
      if (once) caller.defer(() => forgetExpired(services));
    },
    onMade: () => {
      outcome.made = true;
    },
    onAdmitted: (found: Facts) => {
      outcome.facts = found;
      renewSession(services, caller, found);
      noteTokenUse(services, caller, found);
    },
  };
  return { who, given: given as never, options, outcome };
}

/**
 * What a PUT may carry without meaning it: the documented keys of the object it changes, so that the body of a GET,
 * changed, may be put back.
 */
const ignoredKeys = new WeakMap<AnyOperation, ReadonlySet<string>>();

function ignoredBy(operation: AnyOperation): ReadonlySet<string> {
  let keys = ignoredKeys.get(operation);
  if (!keys) {
    const documented = operation.http.startsWith("PUT ")
      ? Object.keys((operation.output as z.ZodObject).shape ?? {})
      : [];
    keys = new Set(
      documented.length
        ? [...documented, ...(operation.ignores ?? []), "_links", "_embedded"].filter(
            (key) => !(key in operation.input.shape),
          )
        : [],
    );
    ignoredKeys.set(operation, keys);
  }
  return keys;
}

function parseInput(operation: AnyOperation, raw: unknown): unknown {
  const hostile = findHostile(raw);
  if (hostile) throw new StewardError("validation_failed", { details: [hostile] });
  const ignored = ignoredBy(operation);
  const given =
    ignored.size > 0 && typeof raw === "object" && raw !== null
      ? Object.fromEntries(Object.entries(raw).filter(([key]) => !ignored.has(key)))
      : (raw ?? {});
  const parsed = operation.input.safeParse(given);
  if (!parsed.success) {
    throw new StewardError("validation_failed", { details: parsed.error.issues.slice(0, mostDetails).map(toDetail) });
  }
  return parsed.data;
}

const mostDetails = 20;
const longestMessage = 300;

/** A message may quote the input: never at length. */
const toDetail = ({ path, message }: z.core.$ZodIssue): ErrorDetail => ({
  path: path.join(".").slice(0, longestMessage),
  message: message.length > longestMessage ? `${message.slice(0, longestMessage)}...` : message,
});

function translate(error: unknown): StewardError {
  if (error instanceof StewardError) return error;
  if (error instanceof DatabaseError && /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|FOREIGNKEY)$/.test(error.code)) {
    return new StewardError("conflict", { cause: error });
  }
  if (error instanceof DatabaseError && error.code === "SQLITE_INTERRUPT") {
    const message = "This takes longer than 10 seconds: narrow the filter, or group by fewer fields";
    return new StewardError("validation_failed", { message, cause: error });
  }
  if (error instanceof DatabaseError && error.code === "SCANS_BUSY") {
    const message = "Others are asking long questions: ask again shortly";
    return new StewardError("rate_limited", { message, retryAfter: 5, cause: error });
  }
  return new StewardError("internal", { cause: error });
}

import type { Context } from "./context.ts";
import { logCause } from "./log-cause.ts";
import type { Caller, Services } from "./ports.ts";
import { Request, type RequestOptions } from "./request.ts";
import type { Read } from "./statement.ts";
import { tenantOf } from "./tenant.ts";
import type { Trips } from "./trips.ts";

/** Runs one operation's handler with all that it may have. */
export function runRequest<T>(
  services: Services,
  caller: Caller,
  trips: Trips,
  options: RequestOptions,
  handler: (context: Context) => Promise<T>,
): Promise<T> {
  const began = services.clock.now();
  const now = options.lasts ? () => services.clock.now() : () => began;
  const request = new Request(caller, now, trips, options);
  const context = contextOf(request, services, caller, options, {
    now,
    signal: () => new AbortController().signal,
  });
  return request.run(() => handler(context));
}

/**
 * Runs a handler that answers item by item. The gate is asked anew with all that it reads, for the moment at which it does;
 * the first failure ends it. When nobody takes its items any more, it is over for the handler too: what it still asks of the
 * database never settles, its signal is aborted, and it is told to return.
 */
export function streamRequest(
  services: Services,
  caller: Caller,
  trips: Trips,
  options: RequestOptions,
  handler: (context: Context) => AsyncIterable<unknown>,
): Items {
  const leaving = new AbortController();
  const clock = () => services.clock.now();
  const request = new Request(caller, clock, trips, options);
  const context = contextOf(request, services, caller, options, { now: clock, signal: () => leaving.signal });
  const failed = (error: unknown) => logCause(services.log, error, { operation: options.operation });
  return new Items(request, handler(context)[Symbol.asyncIterator](), leaving, failed);
}

interface Live {
  now(): Date;
  signal(): AbortSignal;
}

/**
 * What of a context changes while it lives. No accessors of an object literal: those would be part of a hidden class that V8
 * makes for each request anew, and through which all that the request has read outlives it, up to the next large collection.
 */
class Present implements Pick<Context, "now" | "signal"> {
  readonly #live: Live;

  constructor(live: Live) {
    this.#live = live;
  }

  get now(): Date {
    return this.#live.now();
  }

  get signal(): AbortSignal {
    return this.#live.signal();
  }
}

function contextOf(request: Request, services: Services, caller: Caller, options: RequestOptions, live: Live): Context {
  const own = {
    address: caller.address,
    passwords: services.passwords,
    sessions: services.sessions,
    tokens: services.tokens,
    vault: services.vault,
    heavyWork: services.heavyWork,
    blobs: services.blobs,
    sha256: services.sha256,
    pictures: services.pictures,
    imageModel: services.imageModel,
    tenant: () => tenantOf(services.executor, (statement) => request.read(statement)),
    newId: () => services.ids.next(),
    facts: () => request.facts(),
    whoever: () => request.whoever(),
    read: <Row>(statement: Read<Row>) => request.read(statement),
    commit: ((steps, trail) => request.commit(steps, trail)) as Context["commit"],
    made: () => options.onMade?.(),
    defer: (task: () => Promise<unknown>) => caller.defer(task),
  };
  return Object.freeze(Object.assign(new Present(live), own));
}

type Item = IteratorResult<unknown, undefined>;
const end: Item = { done: true, value: undefined };

/** The items of a request, one at a time: `next` is not called again before the one before has settled. */
export class Items {
  readonly #request: Request;
  readonly #source: AsyncIterator<unknown>;
  readonly #leaving: AbortController;
  readonly #failed: (error: unknown) => void;
  #waiting: PromiseWithResolvers<Item> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #over = false;

  constructor(
    request: Request,
    source: AsyncIterator<unknown>,
    leaving: AbortController,
    failed: (error: unknown) => void,
  ) {
    this.#request = request;
    this.#source = source;
    this.#leaving = leaving;
    this.#failed = failed;
    // Once, and not in a race for each item: what waits for a promise that may never settle is kept as long as it.
    request.ended.catch((error) => this.#fail(error));
  }

  next(): Promise<Item> {
    if (this.#over) return this.#last();
    const waiting = Promise.withResolvers<Item>();
    this.#waiting = waiting;
    this.#request
      .behindGate(() => this.#source.next())
      .then(
        ({ done, value }) => {
          if (done) return this.close();
          this.#waiting = undefined;
          waiting.resolve({ done: false, value });
        },
        (error) => this.#fail(error),
      );
    return waiting.promise;
  }

  /** Nobody takes any more of them. */
  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#request.close();
    this.#leaving.abort();
    this.#source.return?.().catch(this.#failed);
    this.#waiting?.resolve(end);
  }

  /** A failure between two items is told to who asks for the next one. */
  async #last(): Promise<Item> {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure.error;
    return end;
  }

  #fail(error: unknown): void {
    if (this.#over) return;
    if (this.#waiting) this.#waiting.reject(error);
    else this.#failure = { error };
    this.close();
  }
}

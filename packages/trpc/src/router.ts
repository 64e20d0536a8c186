import {
  type AnyOperation,
  type Caller,
  contentsOf,
  errors,
  executeStream,
  executeWithFacts,
  type KindOf,
  linkTo,
  type Operation,
  type Operations,
  operations,
  requireCredential,
  type Services,
  StewardError,
  type Streamed,
  toStewardError,
} from "@steward/core";
import {
  type AnyTRPCRouter,
  initTRPC,
  TRPCError,
  type TRPCMutationProcedure,
  type TRPCQueryProcedure,
  type TRPCSubscriptionProcedure,
} from "@trpc/server";
import { formatError } from "./errors.ts";
import { transformer } from "./wire.ts";

/** The input of an operation that takes bytes, and how to let go of those that it has not read. */
export interface Upload {
  readonly input: unknown;
  release(): void;
}

/** What one HTTP request brings: all calls of a batch share it, and by its `caller` their database trips. */
export interface TrpcContext {
  readonly services: Services;
  readonly caller: Caller;
  readonly requestId: string;
  /** Told who asks, once the core knows. */
  onUser?(userId: string): void;
  /** The input of an operation that takes bytes, from the form that this request carries; without it there is none. */
  readUpload?(operation: AnyOperation): Promise<Upload>;
  /** Told when an operation that sets or clears the session's cookie has succeeded, and with what. */
  onCookie?(kind: "set" | "clear", output: unknown): void;
}

/** Often enough that nothing between takes the connection of a subscription for dead; a client waits for three of them. */
const heartbeat = 15_000;

const trpc = initTRPC.context<TrpcContext>().create({
  transformer,
  isDev: false,
  errorFormatter: formatError,
  sse: { ping: { enabled: true, intervalMs: heartbeat }, client: { reconnectAfterInactivityMs: 3 * heartbeat } },
});

/** Where every key may be left out, so may the whole input. */
type InputOf<I> = Record<never, never> extends I ? I | undefined : I;

export type ProcedureOf<T> =
  T extends Operation<infer H, infer I, infer O, infer B, infer S>
    ? S extends true
      ? TRPCSubscriptionProcedure<{ input: InputOf<I>; output: AsyncIterable<O>; meta: unknown }>
      : KindOf<H> extends "query"
        ? TRPCQueryProcedure<{ input: InputOf<I>; output: O; meta: unknown }>
        : TRPCMutationProcedure<{ input: B extends string ? FormData : InputOf<I>; output: O; meta: unknown }>
    : never;

type RecordOf<R> = { [G in keyof R]: { [N in keyof R[G]]: ProcedureOf<R[G][N]> } };

interface Call {
  readonly ctx: TrpcContext;
  readonly input: unknown;
}

function toTrpcError(error: unknown): TRPCError {
  const cause = toStewardError(error);
  return new TRPCError({ code: errors[cause.code].trpc, message: cause.message, cause });
}

function procedureOf(name: string, operation: AnyOperation) {
  if (operation.stream) return subscriptionOf(name, operation);
  if (operation.bytes !== undefined) return uploadOf(name, operation);
  const base = trpc.procedure.input((raw: unknown) => raw); // Parsed once, by `execute`.
  const call = async ({ ctx, input }: Call) => {
    if (input instanceof FormData || input instanceof ReadableStream)
      throw toTrpcError(new StewardError("unsupported_media_type"));
    return perform(name, operation, ctx, input);
  };
  return operation.http.startsWith("GET ") ? base.query(call) : base.mutation(call);
}

async function perform(name: string, operation: AnyOperation, ctx: TrpcContext, input: unknown): Promise<unknown> {
  try {
    const { output, facts } = await executeWithFacts(ctx.services, ctx.caller, name, operation, input);
    if (facts) ctx.onUser?.(facts.userId);
    if (operation.cookie) ctx.onCookie?.(operation.cookie, output);
    return operation.contents ? await linkTo(ctx.services, contentsOf(operation, output)) : output;
  } catch (error) {
    throw toTrpcError(error);
  }
}

/** Without an input of its own: tRPC would hold the whole form in memory. The request is read here, as its bytes come. */
const uploadOf = (name: string, operation: AnyOperation) =>
  trpc.procedure.mutation(async ({ ctx }: { ctx: TrpcContext }) => {
    const { input, release } = await openUpload(operation, ctx);
    return perform(name, operation, ctx, input).finally(release);
  });

async function openUpload(operation: AnyOperation, ctx: TrpcContext): Promise<Upload> {
  try {
    requireCredential(operation.needs, ctx.caller);
    if (!ctx.readUpload)
      throw new StewardError("unsupported_media_type", { message: "Send a form: multipart/form-data, in no batch" });
    return await ctx.readUpload(operation);
  } catch (error) {
    throw toTrpcError(error);
  }
}

const subscriptionOf = (name: string, operation: AnyOperation) =>
  trpc.procedure
    .input((raw: unknown) => raw)
    .subscription(async ({ ctx, input, signal }: Call & { readonly signal: AbortSignal | undefined }) => {
      try {
        const { items, facts } = await executeStream(ctx.services, ctx.caller, name, operation, input);
        if (facts) ctx.onUser?.(facts.userId);
        return untilLeft(items, signal);
      } catch (error) {
        throw toTrpcError(error);
      }
    });

/** tRPC tells an iterator only between two items that nobody listens any more, but the signal at once. */
function untilLeft(items: Streamed["items"], signal: AbortSignal | undefined): AsyncIterableIterator<unknown> {
  const leave = () => void items.return?.();
  signal?.addEventListener("abort", leave, { once: true });
  if (signal?.aborted) leave();
  return {
    async next() {
      try {
        return await items.next();
      } catch (error) {
        throw toTrpcError(error);
      }
    },
    async return() {
      signal?.removeEventListener("abort", leave);
      await items.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

type Registry = Readonly<Record<string, Readonly<Record<string, AnyOperation>>>>;

const recordOf = (registry: Registry): object =>
  Object.fromEntries(
    Object.entries(registry).map(([group, members]) => [
      group,
      Object.fromEntries(
        Object.entries(members).map(([name, operation]) => [name, procedureOf(`${group}.${name}`, operation)]),
      ),
    ]),
  );

/** A router, and the operations behind its procedures by their names. */
export interface Door {
  readonly router: AnyTRPCRouter;
  readonly operations: ReadonlyMap<string, AnyOperation>;
}

/** The door to any registry. */
export const doorTo = (registry: Registry): Door => doorAt(registry, trpc.router(recordOf(registry) as never));

function doorAt(registry: Registry, router: AnyTRPCRouter): Door {
  const named = Object.entries(registry).flatMap(([group, members]) =>
    Object.entries(members).map(([name, operation]) => [`${group}.${name}`, operation] as const),
  );
  return { router, operations: new Map(named) };
}

/** Every operation of the registry as a procedure under its own name. */
export const appRouter = trpc.router(recordOf(operations) as RecordOf<Operations>);
export type AppRouter = typeof appRouter;

export const appDoor: Door = doorAt(operations, appRouter);

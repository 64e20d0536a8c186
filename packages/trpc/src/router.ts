import {
  type AnyOperation,
  type Caller,
  errors,
  executeWithFacts,
  type KindOf,
  type Operation,
  type Operations,
  operations,
  type Services,
  StewardError,
  toStewardError,
} from "@steward/core";
import { initTRPC, TRPCError, type TRPCMutationProcedure, type TRPCQueryProcedure } from "@trpc/server";
import { formatError } from "./errors.ts";
import { transformer } from "./wire.ts";

/** What one HTTP request brings: all calls of a batch share it, and by its `caller` their database trips. */
export interface TrpcContext {
  readonly services: Services;
  readonly caller: Caller;
  readonly requestId: string;
  /** Told who asks, once the core knows. */
  onUser?(userId: string): void;
  /** Told when an operation that sets or clears the session's cookie has succeeded, and with what. */
  onCookie?(kind: "set" | "clear", output: unknown): void;
}

const trpc = initTRPC.context<TrpcContext>().create({ transformer, isDev: false, errorFormatter: formatError });

/** Where every key may be left out, so may the whole input. */
type InputOf<I> = Record<never, never> extends I ? I | undefined : I;

export type ProcedureOf<T> =
  T extends Operation<infer H, infer I, infer O>
    ? KindOf<H> extends "query"
      ? TRPCQueryProcedure<{ input: InputOf<I>; output: O; meta: unknown }>
      : TRPCMutationProcedure<{ input: InputOf<I>; output: O; meta: unknown }>
    : never;

type RecordOf<R> = { [G in keyof R]: { [N in keyof R[G]]: ProcedureOf<R[G][N]> } };

function procedureOf(name: string, operation: AnyOperation) {
  const base = trpc.procedure.input((raw: unknown) => raw); // Parsed once, by `execute`.
  const call = async ({ ctx, input }: { ctx: TrpcContext; input: unknown }) => {
    try {
      if (input instanceof FormData || input instanceof ReadableStream)
        throw new StewardError("unsupported_media_type");
      const { output, facts } = await executeWithFacts(ctx.services, ctx.caller, name, operation, input);
      if (facts) ctx.onUser?.(facts.userId);
      if (operation.cookie) ctx.onCookie?.(operation.cookie, output);
      return output;
    } catch (error) {
      const cause = toStewardError(error);
      throw new TRPCError({ code: errors[cause.code].trpc, message: cause.message, cause });
    }
  };
  return operation.http.startsWith("GET ") ? base.query(call) : base.mutation(call);
}

const record: object = Object.fromEntries(
  Object.entries<Record<string, AnyOperation>>(operations).map(([group, members]) => [
    group,
    Object.fromEntries(
      Object.entries(members).map(([name, operation]) => [name, procedureOf(`${group}.${name}`, operation)]),
    ),
  ]),
);

/** Every operation of the registry as a procedure under its own name. */
export const appRouter = trpc.router(record as RecordOf<Operations>);
export type AppRouter = typeof appRouter;

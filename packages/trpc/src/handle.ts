import { isStewardError } from "@steward/core";
import type { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { noteError } from "./errors.ts";
import { appRouter, type TrpcContext } from "./router.ts";

/** How many calls one HTTP request may carry; more are refused with 400. */
export const maxBatchSize = 50;

const endpoint = "/trpc";

export interface TrpcRequestContext extends Omit<TrpcContext, "onCookie"> {
  /**
   * The `Set-Cookie` header after an operation that declares `cookie` has succeeded: `output` is what it answered, for
   * `session.login` `{user, sid}`. Without it no cookie is set, and a program uses the `sid` of the answer.
   */
  cookie?(kind: "set" | "clear", output: unknown): string;
}

/** Seconds until another attempt makes sense, where an error says so: the longest of a batch. */
const retryAfter = (errors: readonly TRPCError[]): number | undefined => {
  const seconds = errors.flatMap(({ cause }) => (isStewardError(cause) ? (cause.retryAfter ?? []) : []));
  return seconds.length > 0 ? Math.max(...seconds) : undefined;
};

/** Answers one request under `/trpc`. Always resolves; what breaks is logged and answered as `internal`. */
export function handleTrpc(request: Request, { cookie, ...context }: TrpcRequestContext): Promise<Response> {
  return fetchRequestHandler({
    endpoint,
    req: request,
    router: appRouter,
    allowMethodOverride: true,
    maxBatchSize,
    createContext: ({ resHeaders }): TrpcContext => ({
      ...context,
      ...(cookie && {
        onCookie: (kind, output) => resHeaders.append("set-cookie", cookie(kind, output)),
      }),
    }),
    onError: ({ error, path }) => noteError(error, path, { requestId: context.requestId, log: context.services.log }),
    responseMeta: ({ errors }) => {
      const seconds = retryAfter(errors);
      return { headers: new Headers(seconds === undefined ? [] : [["retry-after", String(seconds)]]) };
    },
  });
}

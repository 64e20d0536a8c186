import { type AnyOperation, errors, isStewardError, toStewardError } from "@steward/core";
import { getTRPCErrorShape, TRPCError, transformTRPCResponse } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { noteError } from "./errors.ts";
import { appDoor, appRouter, type Door, type TrpcContext, type Upload } from "./router.ts";

/** How many calls one HTTP request may carry; more are refused with 400. */
export const maxBatchSize = 20;

const endpoint = "/trpc";

export interface TrpcRequestContext extends Omit<TrpcContext, "onCookie" | "readUpload"> {
  /** Reads the form of a request to an operation that takes bytes: its file, and texts for other keys of the input. */
  readUpload?(operation: AnyOperation, request: Request): Promise<Upload>;
  /**
   * The `Set-Cookie` header after an operation that declares `cookie` has succeeded: `output` is what it answered, for
   * `session.login` `{user, sid}`. Without it no cookie is set, and a program uses the `sid` of the answer.
   */
  cookie?(kind: "set" | "clear", output: unknown): string;
}

/** Whether a request carries a form to an operation that takes bytes: its body is read as it comes, and not before. */
export function isUpload({ url, method, headers }: Request, { operations }: Door = appDoor): boolean {
  const [type = ""] = (headers.get("content-type") ?? "").toLowerCase().split(";", 1);
  if (method !== "POST" || type.trim() !== "multipart/form-data") return false;
  const { pathname } = new URL(url);
  return operations.get(pathname.slice(endpoint.length + 1))?.bytes !== undefined;
}

/** Seconds until another attempt makes sense, where an error says so: the longest of a batch. */
const retryAfter = (raised: readonly TRPCError[]): number | undefined => {
  const seconds = raised.flatMap(({ cause }) => (isStewardError(cause) ? (cause.retryAfter ?? []) : []));
  return seconds.length > 0 ? Math.ceil(Math.max(...seconds)) : undefined;
};

/**
 * The answer to a request that is refused before it comes here (too large, from a foreign page), in tRPC's form, so that
 * its clients read the error as any other. Whoever refuses logs what there is to log.
 */
export function refuseTrpc(thrown: unknown, requestId: string): Response {
  const cause = toStewardError(thrown);
  const { status, trpc } = errors[cause.code];
  const error = new TRPCError({ code: trpc, message: cause.message, cause });
  const { _config: config } = appRouter._def;
  const context = { requestId } as TrpcContext;
  const shape = getTRPCErrorShape({ config, error, type: "unknown", path: undefined, input: undefined, ctx: context });
  const seconds = retryAfter([error]);
  return Response.json(transformTRPCResponse(config, { error: shape }), {
    status,
    ...(seconds !== undefined && { headers: { "retry-after": String(seconds) } }),
  });
}

/** An answer that is streamed has sent its headers before an operation could set a cookie: each leaves as a whole. */
function wholeAnswer(request: Request): Request {
  if (!request.headers.has("trpc-accept")) return request;
  const headers = new Headers(request.headers);
  headers.delete("trpc-accept");
  return new Request(request, { headers });
}

/** Answers one request under `/trpc`. Always resolves; what breaks is logged and answered as `internal`. */
export function handleTrpc(
  request: Request,
  { cookie, readUpload, ...context }: TrpcRequestContext,
  door: Door = appDoor,
): Promise<Response> {
  const carriesForm = readUpload !== undefined && isUpload(request, door);
  return fetchRequestHandler({
    endpoint,
    req: wholeAnswer(request),
    router: door.router,
    allowMethodOverride: true,
    maxBatchSize,
    createContext: ({ resHeaders }): TrpcContext => ({
      ...context,
      ...(carriesForm && { readUpload: (operation) => readUpload(operation, request) }),
      ...(cookie && {
        onCookie: (kind, output) => resHeaders.append("set-cookie", cookie(kind, output)),
      }),
    }),
    onError: ({ error, path }) => noteError(error, path, { requestId: context.requestId, log: context.services.log }),
    responseMeta: ({ errors: raised }) => {
      const seconds = retryAfter(raised);
      return { headers: new Headers(seconds === undefined ? [] : [["retry-after", String(seconds)]]) };
    },
  });
}

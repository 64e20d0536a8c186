import {
  type ErrorCode,
  type ErrorDetail,
  errors,
  isStewardError,
  type Log,
  logCause,
  type StewardError,
} from "@steward/core";
import type { TRPCDefaultErrorShape, TRPCError } from "@trpc/server";

/** What an error tells: `data.code` is tRPC's own, `data.cause.code` is ours. */
export interface TrpcErrorShape extends TRPCDefaultErrorShape {
  readonly data: TRPCDefaultErrorShape["data"] & {
    readonly cause: {
      readonly code: ErrorCode;
      readonly details?: readonly ErrorDetail[];
      readonly diff?: object;
      readonly requestId: string;
    };
  };
}

/** Errors that tRPC raises before a request has a context, with the request that they belong to. */
const requestIds = new WeakMap<TRPCError, string>();

const stewardErrorOf = (error: TRPCError): StewardError | undefined =>
  isStewardError(error.cause) ? error.cause : undefined;

/** Our code for what tRPC itself refuses: a path that is not there, a method, a batch that is too large. */
const codeOfStatus = (status: number): ErrorCode =>
  (Object.keys(errors) as ErrorCode[]).find((code) => errors[code].status === status) ?? "internal";

/** What JavaScript says of text that is no JSON quotes it. */
const unreadable = "The request cannot be read: it is no JSON in superjson's form";

function messageOf(code: ErrorCode, error: TRPCError): string {
  if (code === "internal") return errors.internal.title;
  return error.cause === undefined || isStewardError(error.cause) ? error.message : unreadable;
}

/** The shape of an error on the wire. Never a stack, and of an internal error nothing but the id of its request. */
export function formatError({
  shape,
  error,
  ctx,
}: {
  shape: TRPCDefaultErrorShape;
  error: TRPCError;
  ctx?: { readonly requestId: string } | undefined;
}): TrpcErrorShape {
  const own = stewardErrorOf(error);
  const code = own?.code ?? codeOfStatus(shape.data.httpStatus);
  const { path } = shape.data;
  return {
    message: messageOf(code, error),
    code: shape.code,
    data: {
      code: code === "internal" ? errors.internal.trpc : shape.data.code,
      httpStatus: errors[code].status,
      ...(path !== undefined && { path }),
      cause: {
        code,
        ...(own?.details && { details: own.details }),
        ...(own?.diff && { diff: own.diff }),
        requestId: ctx?.requestId ?? requestIds.get(error) ?? "",
      },
    },
  };
}

/** Called by tRPC for every error, before its shape is made. */
export function noteError(
  error: TRPCError,
  path: string | undefined,
  context: { readonly requestId: string; readonly log: Log },
): void {
  const { requestId, log } = context;
  requestIds.set(error, requestId);
  if (error.code !== "INTERNAL_SERVER_ERROR") return;
  logCause(log, error.cause ?? error, { door: "trpc", requestId, operation: path });
}

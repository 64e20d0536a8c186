import { type ErrorCode, errors, type StewardError, toStewardError } from "@steward/core";

const phrases: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  416: "Range Not Satisfiable",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
};

/** The HTTP phrase of a status. */
export const phraseOf = (status: number): string => phrases[status] ?? "Error";

/** What an error looks like over REST. */
export interface ErrorBody {
  readonly statusCode: number;
  readonly error: string;
  readonly message: string;
  readonly code: ErrorCode;
  readonly details?: StewardError["details"];
  readonly diff?: object;
  readonly requestId: string;
}

/** What a request that failed is told. Nothing that the error does not mean to tell. */
export function errorBody(thrown: unknown, requestId: string): ErrorBody {
  const { code, message, details, diff } = toStewardError(thrown);
  const { status } = errors[code];
  return {
    statusCode: status,
    error: phraseOf(status),
    message,
    code,
    ...(details && { details }),
    ...(diff && { diff }),
    requestId,
  };
}

/** The answer to a request that failed. */
export function problem(thrown: unknown, requestId: string, headers: Readonly<Record<string, string>> = {}): Response {
  const { code, retryAfter } = toStewardError(thrown);
  const { status } = errors[code];
  return new Response(JSON.stringify(errorBody(thrown, requestId)), {
    status,
    headers: {
      "content-type": "application/json",
      "cache-control": "no-store",
      ...(status === 401 && { "www-authenticate": "Bearer" }),
      ...(retryAfter !== undefined && { "retry-after": String(Math.ceil(retryAfter)) }),
      ...headers,
    },
  });
}

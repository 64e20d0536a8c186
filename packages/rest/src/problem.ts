import { type ErrorCode, errors, type Log, type StewardError, toStewardError } from "@steward/core";

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
  readonly requestId: string;
}

/** The answer to a request that failed. Tells nothing that the error does not mean to tell. */
export function problem(thrown: unknown, requestId: string, headers: Readonly<Record<string, string>> = {}): Response {
  const { code, message, details, retryAfter } = toStewardError(thrown);
  const { status } = errors[code];
  const body: ErrorBody = {
    statusCode: status,
    error: phraseOf(status),
    message,
    code,
    ...(details && { details }),
    requestId,
  };
  return new Response(JSON.stringify(body), {
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

/** Logs what nobody outside may know: the cause of an `internal`. Other errors are the caller's own affair. */
export function logCause(log: Log, thrown: unknown, fields: Readonly<Record<string, unknown>>): void {
  const error = toStewardError(thrown);
  if (error.code === "internal") log.error("internal error", { ...fields, cause: describe(error.cause ?? error) });
}

/** The messages of these hold code and names. Others may quote the input, or the parameters of a statement. */
const tellingNames = new Set(["StewardError", "DatabaseError", "TypeError", "RangeError", "ReferenceError"]);
const deepestCause = 5;

/** What may be logged of an error: never the input, and never what a statement was given. */
function describe(thrown: unknown, depth = 0): unknown {
  if (!(thrown instanceof Error)) return { name: typeof thrown };
  const { name, message, cause } = thrown;
  const code = "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined;
  return {
    name,
    ...(code !== undefined && { code }),
    ...(tellingNames.has(name) && { message }),
    ...("issues" in thrown && Array.isArray(thrown.issues) && { issues: thrown.issues.map(placeOf) }),
    stack: thrown.stack
      ?.split("\n")
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .join("\n"),
    ...(cause !== undefined && depth < deepestCause && { cause: describe(cause, depth + 1) }),
  };
}

/** Where an answer does not fit its schema, without what stood there. */
const placeOf = (issue: unknown): unknown => {
  const { code, path } = issue as { readonly code?: unknown; readonly path?: unknown };
  return { code, path };
};

/** The one table that both doors, OpenAPI and docs/errors.md are made from. A code never changes its meaning. */
export const errors = {
  validation_failed: { status: 400, trpc: "BAD_REQUEST", title: "The input does not fit; `details` says where" },
  unauthenticated: { status: 401, trpc: "UNAUTHORIZED", title: "Sign in, or present a valid token" },
  ai_entitlement_required: {
    status: 403,
    trpc: "FORBIDDEN",
    title: "This needs AI to be switched on, and an active AI seat: ask an administrator",
  },
  forbidden: { status: 403, trpc: "FORBIDDEN", title: "You may see this, but not do that" },
  token_scope: { status: 403, trpc: "FORBIDDEN", title: "The token does not reach that far" },
  foreign_origin: {
    status: 403,
    trpc: "FORBIDDEN",
    title: "A cookie counts only on requests from Steward's own pages",
  },
  not_found: { status: 404, trpc: "NOT_FOUND", title: "There is no such thing, or it is not yours to see" },
  method_not_allowed: { status: 405, trpc: "METHOD_NOT_SUPPORTED", title: "This address does not take that method" },
  conflict: { status: 409, trpc: "CONFLICT", title: "That does not go with what is there already" },
  version_mismatch: {
    status: 412,
    trpc: "PRECONDITION_FAILED",
    title: "It has changed since you read it: read it again",
  },
  too_large: { status: 413, trpc: "PAYLOAD_TOO_LARGE", title: "The request is larger than allowed" },
  unsupported_media_type: { status: 415, trpc: "UNSUPPORTED_MEDIA_TYPE", title: "Send application/json" },
  range_not_satisfiable: { status: 416, trpc: "BAD_REQUEST", title: "There are no bytes in that range" },
  rate_limited: { status: 429, trpc: "TOO_MANY_REQUESTS", title: "Too many attempts: wait, then try again" },
  internal: {
    status: 500,
    trpc: "INTERNAL_SERVER_ERROR",
    title: "Something broke on our side; the request id leads to it",
  },
  upstream_failed: { status: 502, trpc: "BAD_GATEWAY", title: "A service that this needs has failed: try again later" },
  model_not_configured: {
    status: 503,
    trpc: "SERVICE_UNAVAILABLE",
    title: "No model is configured for that: ask whoever runs the server",
  },
} as const;

export type ErrorCode = keyof typeof errors;

/** Where in the input something is wrong: `path` in dots (`shares.0.level`), empty for the whole. */
export interface ErrorDetail {
  readonly path: string;
  readonly message: string;
}

export interface StewardErrorOptions extends ErrorOptions {
  readonly message?: string;
  readonly details?: readonly ErrorDetail[];
  /** Seconds until another attempt makes sense. */
  readonly retryAfter?: number;
  /** With a conflict: what stands against what. */
  readonly diff?: object;
}

/** The only error that reaches a caller. Whatever else is thrown becomes `internal` and tells nothing. */
export class StewardError extends Error {
  override readonly name = "StewardError";
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[] | undefined;
  readonly retryAfter: number | undefined;
  readonly diff: object | undefined;

  constructor(code: ErrorCode, { message, details, retryAfter, diff, ...options }: StewardErrorOptions = {}) {
    super(message ?? errors[code].title, options);
    this.code = code;
    this.details = details;
    this.retryAfter = retryAfter;
    this.diff = diff;
  }
}

/** `validation_failed` at one place of the input. */
export const invalid = (path: string, message: string) =>
  new StewardError("validation_failed", { details: [{ path, message }] });

/** By name and not `instanceof`: two bundles may each hold a copy of the class. */
export const isStewardError = (error: unknown): error is StewardError =>
  error instanceof Error && error.name === "StewardError";

/** What a caller may be told of anything that was thrown. */
export const toStewardError = (error: unknown): StewardError =>
  isStewardError(error) ? error : new StewardError("internal", { cause: error });

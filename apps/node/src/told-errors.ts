import { type ErrorCode, type ErrorDetail, StewardError, toStewardError } from "@steward/core/errors";

/** An error as a message between threads carries it: its class would be lost. */
export interface Told {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: readonly ErrorDetail[] | undefined;
  readonly retryAfter: number | undefined;
  /** For the log alone. */
  readonly cause: ToldCause | undefined;
}

/** What the log may make use of: it says nothing of what is no error. */
interface ToldCause {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly stack: string | undefined;
}

function tellCause(cause: unknown): ToldCause | undefined {
  if (cause === undefined) return undefined;
  if (!(cause instanceof Error)) return { name: typeof cause, message: "", code: undefined, stack: undefined };
  const { name, message, stack } = cause;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  return { name, message, code, stack };
}

/** The error again that {@link tellCause} was told of. */
function heardCause(told: ToldCause | undefined): Error | undefined {
  if (!told) return undefined;
  const { name, message, code, stack } = told;
  const properties = { name, ...(code !== undefined && { code }), ...(stack !== undefined && { stack }) };
  return Object.assign(new Error(message), properties);
}

/** An error, for another thread. */
export function tellError(error: unknown): Told {
  const { code, message, details, retryAfter, cause } = toStewardError(error);
  return { code, message, details, retryAfter, cause: tellCause(cause) };
}

/** The error again that {@link tellError} has told of. */
export function heardError({ code, message, details, retryAfter, cause }: Told): StewardError {
  return new StewardError(code, {
    message,
    cause: heardCause(cause),
    ...(details && { details }),
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

import type { ErrorCode, ErrorDetail, Loaded, LoadOrder } from "@steward/core";

/** What the thread is asked. `call` numbers what is answered. */
export type Asked =
  | {
      readonly kind: "load";
      readonly call: number;
      readonly order: LoadOrder;
      readonly body: ReadableStream<Uint8Array>;
    }
  | { readonly kind: "tend"; readonly call: number }
  | { readonly kind: "close" };

/** An error as a message carries it: its class would be lost. */
export interface Told {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: readonly ErrorDetail[] | undefined;
  readonly retryAfter: number | undefined;
  /** For the log alone. */
  readonly cause: ToldCause | undefined;
}

/** What the log may make use of: it says nothing of what is no error. */
export interface ToldCause {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly stack: string | undefined;
}

export function tellCause(cause: unknown): ToldCause | undefined {
  if (cause === undefined) return undefined;
  if (!(cause instanceof Error)) return { name: typeof cause, message: "", code: undefined, stack: undefined };
  const { name, message, stack } = cause;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  return { name, message, code, stack };
}

/** The error again that {@link tellCause} was told of. */
export function heardCause(told: ToldCause | undefined): Error | undefined {
  if (!told) return undefined;
  const { name, message, code, stack } = told;
  const properties = { name, ...(code !== undefined && { code }), ...(stack !== undefined && { stack }) };
  return Object.assign(new Error(message), properties);
}

export type Answered =
  | { readonly call: number; readonly loaded: Loaded | null }
  | { readonly call: number; readonly error: Told };

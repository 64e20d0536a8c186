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
  readonly cause: unknown;
}

export type Answered =
  | { readonly call: number; readonly loaded: Loaded | null }
  | { readonly call: number; readonly error: Told };

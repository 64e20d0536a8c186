import type { Loaded, LoadOrder } from "@steward/core";
import type { Told } from "./told-errors.ts";

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

export type Answered =
  | { readonly call: number; readonly loaded: Loaded | null }
  | { readonly call: number; readonly error: Told };

import type { TRPCClientError } from "@trpc/client";
import type { StewardErrorCause, StewardErrorShape, StewardRouter } from "./contract.ts";

/** An error that Steward itself has answered, with all that it says. */
export type StewardClientError = TRPCClientError<StewardRouter> & {
  readonly shape: StewardErrorShape;
  readonly data: StewardErrorShape["data"];
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/**
 * Whether this is Steward's answer, and not a failure on the way to it (no network, a proxy's page, a call that was
 * aborted). By its shape and not `instanceof`, since an app may hold two copies of tRPC's client.
 */
export function isStewardError(error: unknown): error is StewardClientError {
  if (!(error instanceof Error) || error.name !== "TRPCClientError" || !("data" in error) || !isRecord(error.data))
    return false;
  const { cause } = error.data;
  return isRecord(cause) && typeof cause.code === "string" && typeof cause.requestId === "string";
}

/**
 * What Steward says of an error, or undefined when it is not Steward's.
 *
 * @example
 * try {
 *   await client.assistants.update.mutate({ id, expectedVersion, name });
 * } catch (error) {
 *   switch (errorOf(error)?.code) {
 *     case "version_mismatch":
 *       return readAgain();
 *     case "not_found":
 *       return goBack();
 *     default:
 *       throw error;
 *   }
 * }
 */
export const errorOf = (error: unknown): StewardErrorCause | undefined =>
  isStewardError(error) ? error.data.cause : undefined;

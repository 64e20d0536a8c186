import { errorOf, type StewardErrorCode } from "@steward/client";
import { Failure, sayings } from "../failure.ts";
import type { Misfit } from "./check.ts";
import { type Connection, ForeignAnswer } from "./connection.ts";

/** What the server says against one assistant; the others may go well. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: StewardErrorCode;
  readonly misfits: readonly Misfit[];

  constructor(code: StewardErrorCode, message: string, misfits: readonly Misfit[] = []) {
    super(message);
    this.code = code;
    this.misfits = misfits;
  }
}

/** The answer behind an error, where one has come at all. */
function responseOf(error: unknown): Response | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof ForeignAnswer) return error.response;
  const { meta } = error as { readonly meta?: { readonly response?: unknown } };
  return meta?.response instanceof Response ? meta.response : responseOf(error.cause);
}

/** Whether the server wants to be asked later, and in how many seconds where it says so. */
export function waitOf(error: unknown): { readonly seconds: number | undefined } | undefined {
  const response = responseOf(error);
  if (errorOf(error)?.code !== "rate_limited" && response?.status !== 429) return undefined;
  const given = response?.headers.get("retry-after") ?? "";
  const seconds = /^\d+$/.test(given) ? Number(given) : (Date.parse(given) - Date.now()) / 1000;
  return { seconds: Number.isNaN(seconds) ? undefined : Math.max(1, Math.ceil(seconds)) };
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (error.name === "TimeoutError" || isTimeout(error.cause));

/**
 * What a call to the server has failed with, for people: a {@link Refused} when it is about what was asked for, a
 * {@link Failure} when nothing else would go better.
 */
export function explain(error: unknown, { url, timeout }: Connection): Refused | Failure {
  const wait = waitOf(error);
  if (wait)
    return new Failure(
      `${url} has been asked too often: ${wait.seconds ? `try again in ${wait.seconds} s` : "wait, then try again"}`,
    );
  const own = errorOf(error);
  if (own) return explainOwn(own, (error as Error).message, url);
  if (isTimeout(error)) return new Failure(`${url} has not answered within ${timeout} s (--timeout)`);
  const response = responseOf(error);
  return new Failure(response ? foreign(response, url) : `${url} cannot be reached: ${sayings(error)}`);
}

function explainOwn(
  { code, details, requestId }: NonNullable<ReturnType<typeof errorOf>>,
  message: string,
  url: string,
) {
  switch (code) {
    case "unauthenticated":
      return new Failure(`${url} does not take the token in STEWARD_TOKEN: it is wrong, has ended, or was revoked`);
    case "token_scope":
      return new Failure(
        `The token in STEWARD_TOKEN does not reach that far: it is read-only, or bound to one assistant or address`,
      );
    case "ai_entitlement_required":
      return new Failure(`${url}: ${message}`);
    case "internal":
      return new Refused(code, `${message} (${requestId})`);
    default:
      return new Refused(code, message, details);
  }
}

/** An answer that no Steward gives: a proxy's, or that of another program. */
function foreign({ status, headers }: Response, url: string): string {
  const [to, type] = [headers.get("location"), headers.get("content-type") ?? "no content type"];
  if (status >= 300 && status < 400 && to) return `${url} leads on to ${to}: name that address, if you trust it`;
  if (status === 401 || status === 403)
    return `Something in front of ${url} answers ${status}: it may want another credential`;
  return `${url} answers ${status} with ${type}, as no Steward does: is the address right?`;
}

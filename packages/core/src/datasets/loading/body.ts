import { isStewardError, StewardError } from "../../errors.ts";
import { sniffed } from "./format.ts";
import type { Format } from "./order.ts";

/** How long a sender may say nothing, in milliseconds: others wait for the place. */
export const longestSilence = 60_000;

/** So many bytes are looked at for the first character: they are held until it is found. */
const mostBlanks = 64 * 1024;

/** The bytes of a load, and what becomes known of them as they come. */
export interface Body {
  readonly stream: ReadableStream<Uint8Array>;
  /** Reads on until the first character tells the format; where none comes for long, it is CSV. */
  format(): Promise<Format>;
  /** How many have come. */
  readonly count: number;
  /** Whether nothing has come for too long, though it was asked for. */
  silent(): boolean;
  /** Aborted with the error that has ended it. */
  readonly stopped: AbortSignal;
  /** Ends it: whoever reads gets this error, and the sender is told to stop. */
  stop(error: StewardError): void;
}

const brokenOff = (cause: unknown) =>
  new StewardError("validation_failed", {
    message: "The bytes broke off before their end: send them again",
    details: [{ path: "content", message: "Broken off before its end" }],
    cause,
  });

/** Takes a stream over: it is read nowhere else. */
export function openBody(source: ReadableStream<Uint8Array>): Body {
  const reader = source.getReader();
  const ahead: Uint8Array[] = [];
  const stopping = new AbortController();
  let waitingSince: number | null = null;
  let count = 0;
  let over = false;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  async function next(): Promise<Uint8Array | undefined> {
    waitingSince = performance.now();
    try {
      const { value, done } = await reader.read();
      if (done) return undefined;
      count += value.length;
      return value;
    } catch (error) {
      throw isStewardError(error) ? error : brokenOff(error);
    } finally {
      waitingSince = null;
    }
  }

  const stream = new ReadableStream<Uint8Array>(
    {
      start(given) {
        controller = given;
      },
      async pull(given) {
        const chunk = ahead.shift() ?? (await next());
        if (over) return;
        if (chunk) return given.enqueue(chunk);
        over = true;
        given.close();
      },
      async cancel(reason) {
        over = true;
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );

  return {
    stream,
    get count() {
      return count;
    },
    async format() {
      for (let blanks = 0; blanks < mostBlanks; ) {
        const chunk = await next();
        if (!chunk) break;
        // An empty one has nothing to be held for.
        if (chunk.length > 0) ahead.push(chunk);
        const format = sniffed(chunk);
        if (format) return format;
        blanks += chunk.length;
      }
      return "csv";
    },
    stopped: stopping.signal,
    silent: () => waitingSince !== null && performance.now() - waitingSince > longestSilence,
    stop(error) {
      if (over) return;
      over = true;
      controller?.error(error);
      stopping.abort(error);
      // What the sender makes of it is its own matter: the load has ended already.
      reader.cancel(error).catch(() => undefined);
    },
  };
}

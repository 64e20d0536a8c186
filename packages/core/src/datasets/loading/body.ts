import { isStewardError, StewardError } from "../../errors.ts";
import { sniffed } from "./format.ts";
import type { Format } from "./order.ts";

/** How long a sender may say nothing, in milliseconds: others wait for the place. */
const longestSilence = 60_000;
/** And so many bytes must have come whenever it has been waited for that long, for a byte a minute would keep the place too. */
const leastInThat = 64 * 1024;

/** So many bytes are looked at for the first character: they are held until it is found. */
const mostBlanks = 64 * 1024;

/** The bytes of a load, and what becomes known of them as they come. */
export interface Body {
  readonly stream: ReadableStream<Uint8Array>;
  /** Reads on until the first character tells the format; where none comes for long, it is CSV. */
  format(): Promise<Format>;
  /** How many have come. */
  readonly count: number;
  /**
   * What is wrong with how its bytes come, in words; null for nothing. To be asked again and again: only while somebody reads,
   * time counts.
   */
  lateness(): string | null;
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

const failureOf = (error: unknown) => (isStewardError(error) ? error : brokenOff(error));

/** Takes a stream over: it is read nowhere else. */
export function openBody(source: ReadableStream<Uint8Array>): Body {
  const reader = source.getReader();
  const ahead: Uint8Array[] = [];
  const stopping = new AbortController();
  const pace = keepPace();
  let count = 0;
  let over = false;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  async function next(): Promise<Uint8Array | undefined> {
    pace.wait();
    let came = 0;
    try {
      const { value, done } = await reader.read();
      if (done) return undefined;
      came = value.length;
      count += came;
      return value;
    } catch (error) {
      throw failureOf(error);
    } finally {
      pace.end(came);
    }
  }

  function stop(error: StewardError): void {
    if (over) return;
    over = true;
    controller?.error(error);
    stopping.abort(error);
    // What the sender makes of it is its own matter: the load has ended already.
    reader.cancel(error).catch(() => undefined);
  }
  // Also where nobody reads, because others have their turn.
  reader.closed.catch((error: unknown) => stop(failureOf(error)));

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
    lateness: pace.lateness,
    stop,
  };
}

/** How fast bytes come, in the time that is spent waiting for them: what is done with them meanwhile is not the sender's fault. */
function keepPace() {
  let since: number | null = null;
  let waited = 0;
  let came = 0;
  return {
    wait(): void {
      since = performance.now();
    },
    end(bytes: number): void {
      if (since !== null) waited += performance.now() - since;
      since = null;
      came += bytes;
    },
    lateness(): string | null {
      const silence = since === null ? 0 : performance.now() - since;
      if (silence > longestSilence) return "Nothing has come for a minute";
      if (waited + silence <= longestSilence) return null;
      if (came < leastInThat) return `Less than ${leastInThat / 1024} KiB have come in a minute`;
      // The next minute begins, with the rest of this wait.
      waited = -silence;
      came = 0;
      return null;
    },
  };
}

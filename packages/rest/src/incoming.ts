import { invalid } from "@steward/core";

/** The client's fault, wherever it shows. */
export const brokenOff = () => invalid("", "The body ended before it was whole");
const answered = () => invalid("", "The request has been answered before its body was read");

/** Seconds until all of a body that is held must have come: only what is read as a stream may take longer. */
const mostSeconds = 60;
const tooSlow = () => invalid("", `The body took longer than ${mostSeconds} seconds to come`);

/**
 * Reads what is held until it is whole, for somebody who may not be known yet: whoever sends it byte by byte is refused
 * (`validation_failed`), and the signal says that nobody waits for the rest.
 */
export async function inTime<T>(read: (late: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(tooSlow());
    late.abort();
  }, mostSeconds * 1000);
  try {
    return await Promise.race([read(late.signal), promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** The bytes of a request's body, for one reader; what nobody reads is let go of when the request is answered. */
export class IncomingBody {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #released = false;
  #over = false;

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
  }

  /** The next bytes, or null at the end. One that breaks off is the client's fault (`validation_failed`). */
  async read(): Promise<Uint8Array | null> {
    if (this.#released) throw answered();
    try {
      const { done, value } = await this.#reader.read();
      this.#over = done;
      if (!this.#released) return value ?? null;
    } catch {
      throw brokenOff();
    }
    throw answered();
  }

  /** Tells it as soon as it breaks off, also while nobody reads. */
  onBroken(tell: (error: Error) => void): void {
    this.#reader.closed.catch(() => tell(this.#released ? answered() : brokenOff()));
  }

  /** Not awaited: whoever sends it may never take notice. What is still read of it fails. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    if (!this.#over) void this.#reader.cancel().catch(() => undefined);
  }
}

/** Bytes of a body that are fetched only when they are asked for. `next` gives null at their end. */
export const streamOf = (body: IncomingBody, next: () => Promise<Uint8Array | null>): ReadableStream<Uint8Array> =>
  new ReadableStream(
    {
      start: (controller) => body.onBroken((error) => controller.error(error)),
      async pull(controller) {
        const chunk = await next();
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
      cancel: () => body.release(),
    },
    { highWaterMark: 0 },
  );

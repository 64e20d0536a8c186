import { tooLarge } from "./refusals.ts";

/**
 * No piece of work is larger, however much a stream hands over at once. As text, two together take less than the 128 KiB from
 * which on V8 asks the system for the memory of each object: that takes thirty times as long as to decode it.
 */
const mostAtOnce = 32 * 1024;

/** The bytes of a stream in pieces of a bounded size, counted. One that is left early is cancelled. */
export class CountedBytes {
  /** Of the pieces handed out. */
  count = 0;
  readonly #stream: ReadableStream<Uint8Array>;
  readonly #most: number;

  /** `most` bytes are read, and then it is `too_large`. */
  constructor(stream: ReadableStream<Uint8Array>, most: number) {
    this.#stream = stream;
    this.#most = most;
  }

  async *pieces(): AsyncGenerator<Uint8Array, void> {
    const reader = this.#stream.getReader();
    let ended = false;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        ended = done;
        if (done) return;
        for (let at = 0; at < value.length; at += mostAtOnce) yield this.#counted(value.subarray(at, at + mostAtOnce));
      }
    } finally {
      // What made it end early is what is told, and not that a stream that failed, or whose source does, cannot be cancelled.
      if (!ended) await reader.cancel().catch(() => undefined);
      reader.releaseLock();
    }
  }

  #counted(piece: Uint8Array): Uint8Array {
    this.count += piece.length;
    if (this.count > this.#most) throw tooLarge("bytes", this.#most);
    return piece;
  }
}

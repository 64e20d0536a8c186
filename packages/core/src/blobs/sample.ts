/** The beginning and the end of bytes, by which their type is told; both are all of them where they are few. */
export interface Sample {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

/** How many bytes each of both holds at most. A ZIP archive tells at its end what is in it. */
const most = 64 * 1024;

/** Keeps a sample of bytes that come in pieces, which it copies: nobody else's memory is held. */
export class Sampler {
  #head = new Uint8Array(4096);
  #headLength = 0;
  readonly #ring = new Uint8Array(most);
  #seen = 0;

  add(bytes: Uint8Array): void {
    if (this.#headLength < most) this.#addToHead(bytes.subarray(0, most - this.#headLength));
    const last = bytes.subarray(Math.max(0, bytes.length - most));
    const at = (this.#seen + bytes.length - last.length) % most;
    const untilEnd = last.subarray(0, most - at);
    this.#ring.set(untilEnd, at);
    this.#ring.set(last.subarray(untilEnd.length));
    this.#seen += bytes.length;
  }

  #addToHead(bytes: Uint8Array): void {
    const length = this.#headLength + bytes.length;
    if (length > this.#head.length) {
      const larger = new Uint8Array(Math.min(most, Math.max(length, 2 * this.#head.length)));
      larger.set(this.#head.subarray(0, this.#headLength));
      this.#head = larger;
    }
    this.#head.set(bytes, this.#headLength);
    this.#headLength = length;
  }

  get sample(): Sample {
    const head = this.#head.subarray(0, this.#headLength);
    if (this.#seen <= most) return { head, tail: head };
    const tail = new Uint8Array(most);
    const at = this.#seen % most;
    tail.set(this.#ring.subarray(at));
    tail.set(this.#ring.subarray(0, at), most - at);
    return { head, tail };
  }
}

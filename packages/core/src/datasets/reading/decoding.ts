import type { CountedBytes } from "./bytes.ts";
import { decoded, decoderOf, markedEncoding, markLength, probableEncoding } from "./encodings.ts";
import { unreadable } from "./refusals.ts";

const sampleSize = 64 * 1024;
const lastOfAscii = 0x7f;

/** Bytes as text: in the encoding that is given, or that a byte order mark tells, else in UTF-8, or in what was found out. */
export class Decoding {
  readonly #bytes: CountedBytes;
  #decoder: TextDecoder;
  /** Whether another encoding than UTF-8 may still be found out: nobody has named one, and all was ASCII. */
  #isOpen: boolean;
  #before = 0;
  /** The beginning of a character, when a piece ended within it. */
  #held = new Uint8Array();

  constructor(bytes: CountedBytes, given: string | undefined) {
    this.#bytes = bytes;
    this.#isOpen = given === undefined;
    this.#decoder = decoderOf(given ?? "utf-8");
  }

  /** Its name in the Encoding Standard; certain when all has been read. */
  get encoding(): string {
    return this.#decoder.encoding;
  }

  async *text(): AsyncGenerator<string, void> {
    const pieces = this.#bytes.pieces();
    try {
      const beginning = await gathered(pieces, markLength);
      this.#mind(beginning);
      yield await this.#next(beginning, pieces);
      for await (const piece of pieces) yield await this.#next(piece, pieces);
      yield await this.#last(pieces);
    } finally {
      // The loop does it too, but what is read before it may be all that is wanted.
      await pieces.return();
    }
  }

  #mind(beginning: Uint8Array): void {
    const marked = this.#isOpen ? markedEncoding(beginning) : undefined;
    if (marked === undefined) return;
    this.#decoder = decoderOf(marked);
    this.#isOpen = false;
  }

  async #next(piece: Uint8Array, following: AsyncGenerator<Uint8Array, void>): Promise<string> {
    const all = this.#held.length === 0 ? piece : joined([this.#held, piece]);
    const whole = this.encoding === "utf-8" ? all.subarray(0, all.length - pendingLength(all)) : all;
    const text = decoded(this.#decoder, whole);
    if (text === undefined) return this.#otherwise(all, following);
    this.#held = all.slice(whole.length);
    // Only ASCII has as many characters as bytes.
    this.#isOpen &&= text.length === whole.length;
    this.#before += whole.length;
    return text;
  }

  async #last(following: AsyncGenerator<Uint8Array, void>): Promise<string> {
    if (this.#held.length > 0) return this.#otherwise(this.#held, following);
    const text = decoded(this.#decoder);
    if (text === undefined) throw this.#refusal(`its last byte`);
    return text;
  }

  /** For bytes that do not fit. */
  async #otherwise(bytes: Uint8Array, following: AsyncGenerator<Uint8Array, void>): Promise<string> {
    if (this.encoding !== "utf-8")
      throw this.#refusal(`one of the bytes ${this.#before + 1} to ${this.#before + bytes.length}`);
    const at = firstUnfit(bytes);
    if (!this.#isOpen || bytes.findIndex((byte) => byte > lastOfAscii) < at) {
      throw this.#refusal(`byte ${this.#before + at + 1}`);
    }
    const sample = joined([bytes, await gathered(following, sampleSize - bytes.length)]);
    this.#decoder = decoderOf(probableEncoding(sample));
    this.#isOpen = false;
    this.#held = new Uint8Array();
    return this.#next(sample, following);
  }

  #refusal(where: string) {
    return unreadable(
      `It is not in the encoding ${this.encoding}, as ${where} shows: name the right one as \`encoding\``,
    );
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** At least so many of the next bytes, or what there is. */
async function gathered(pieces: AsyncGenerator<Uint8Array, void>, least: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let length = 0; length < least; ) {
    const { done, value } = await pieces.next();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  return joined(parts);
}

/** How many bytes at the end begin a character of UTF-8 that is longer. */
function pendingLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3; back++) {
    const byte = bytes.at(-back) ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

/** Where the first character begins that is not of UTF-8. */
function firstUnfit(bytes: Uint8Array): number {
  const decoder = decoderOf("utf-8");
  let begin = 0;
  for (let at = 0; at < bytes.length; at++) {
    const text = decoded(decoder, bytes.subarray(at, at + 1));
    if (text === undefined) break;
    if (text !== "") begin = at + 1;
  }
  return begin;
}

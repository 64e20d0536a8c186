import type { DocumentFormat } from "@steward/core";
import { Inflate } from "fflate/browser";
import { joinedBytes } from "./bytes.ts";
import type { DocumentLimits } from "./limits.ts";
import { failed, isDamaged, isProtected, megabytes, readable } from "./refusals.ts";

/** An entry as the directory of the archive lists it: what it says of sizes is not believed. */
interface Listed {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packed: number;
  /** Where its local header begins. */
  readonly at: number;
}

const signature = { end: 0x06054b50, listed: 0x02014b50, local: 0x04034b50 } as const;
const size = { end: 22, listed: 46, local: 30, longestComment: 65_535 } as const;
/** Stands where the true number is that of a larger archive than is read here. */
const elsewhere = 0xffffffff;

/** So many packed bytes are unpacked at once, which are at most a thousand times as many: then they are counted. */
const step = 8192;

/**
 * An archive of which the wanted entries are unpacked one by one. Nothing is unpacked before it is asked for, archives within it
 * never are, and what comes out is counted while it does.
 */
export class Archive {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #format: DocumentFormat;
  readonly #limits: DocumentLimits;
  readonly #listed = new Map<string, Listed>();
  #unpacked = 0;

  constructor(format: DocumentFormat, bytes: Uint8Array, limits: DocumentLimits) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#format = format;
    this.#limits = limits;
    this.#list();
  }

  get names(): readonly string[] {
    return [...this.#listed.keys()];
  }

  has(name: string): boolean {
    return this.#listed.has(name);
  }

  /** The bytes of an entry; undefined where there is none. */
  entry(name: string): Uint8Array | undefined {
    const listed = this.#listed.get(name);
    if (!listed) return undefined;
    if (listed.isEncrypted) throw isProtected(this.#format);
    const packed = this.#packed(listed);
    if (listed.method === 0) return this.#counted([packed]);
    if (listed.method !== 8) throw this.#damaged();
    return this.#inflated(packed);
  }

  #list(): void {
    let at = this.#endAt();
    const entries = this.#view.getUint16(at + 10, true);
    if (entries > this.#limits.entries) {
      throw failed(
        `The ${this.#format.toUpperCase()} has ${readable(entries)} files within, and at most ${readable(this.#limits.entries)} are read`,
      );
    }
    at = this.#view.getUint32(at + 16, true);
    if (at === elsewhere) throw this.#damaged();
    for (let index = 0; index < entries; index++) at = this.#listOne(at);
  }

  /** Where the end of the directory begins: an archive that was cut off has none. */
  #endAt(): number {
    const last = this.#bytes.length - size.end;
    for (let at = last; at >= 0 && at >= last - size.longestComment; at--) {
      if (this.#view.getUint32(at, true) === signature.end) return at;
    }
    throw this.#damaged();
  }

  /** Answers with where the next one begins. */
  #listOne(at: number): number {
    if (at + size.listed > this.#bytes.length || this.#view.getUint32(at, true) !== signature.listed)
      throw this.#damaged();
    const short = (offset: number) => this.#view.getUint16(at + offset, true);
    const long = (offset: number) => this.#view.getUint32(at + offset, true);
    const name = new TextDecoder().decode(this.#bytes.subarray(at + size.listed, at + size.listed + short(28)));
    if (this.#listed.has(name)) throw this.#damaged();
    this.#listed.set(name, {
      name,
      isEncrypted: (short(8) & 1) === 1,
      method: short(10),
      packed: long(20),
      at: long(42),
    });
    return at + size.listed + short(28) + short(30) + short(32);
  }

  #packed({ at, packed }: Listed): Uint8Array {
    if (at + size.local > this.#bytes.length || this.#view.getUint32(at, true) !== signature.local)
      throw this.#damaged();
    const from = at + size.local + this.#view.getUint16(at + 26, true) + this.#view.getUint16(at + 28, true);
    if (from + packed > this.#bytes.length) throw this.#damaged();
    return this.#bytes.subarray(from, from + packed);
  }

  #inflated(packed: Uint8Array): Uint8Array {
    const parts: Uint8Array[] = [];
    let length = 0;
    let isWhole = false;
    const inflate = new Inflate((part, isLast) => {
      length += part.length;
      if (this.#unpacked + length > this.#limits.unpackedBytes || length > this.#limits.entryBytes)
        throw this.#tooLarge();
      parts.push(part);
      isWhole = isLast;
    });
    for (let from = 0; from < packed.length; from += step) {
      inflate.push(packed.subarray(from, from + step), from + step >= packed.length);
    }
    if (!isWhole) throw this.#damaged();
    return this.#counted(parts);
  }

  #counted(parts: readonly Uint8Array[]): Uint8Array {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    this.#unpacked += length;
    if (this.#unpacked > this.#limits.unpackedBytes || length > this.#limits.entryBytes) throw this.#tooLarge();
    const [only] = parts;
    if (only && parts.length === 1) return only;
    return joinedBytes(parts);
  }

  #damaged() {
    return isDamaged(this.#format);
  }

  #tooLarge() {
    const { unpackedBytes, entryBytes } = this.#limits;
    return failed(
      `The ${this.#format.toUpperCase()} is too large when it is unpacked: at most ${megabytes(unpackedBytes)} are read, and ${megabytes(entryBytes)} of one part`,
    );
  }
}

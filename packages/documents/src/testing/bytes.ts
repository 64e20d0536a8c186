import { constants, crc32, deflateRawSync } from "node:zlib";

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
/** One byte a character. */
export const latin = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));
export const wide = (text: string, isLittle: boolean): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).flatMap((code) =>
      isLittle ? [code & 255, code >> 8] : [code >> 8, code & 255],
    ),
  );
export const cutTo = (bytes: Uint8Array, share: number) =>
  Uint8Array.from(bytes.subarray(0, Math.floor(bytes.length * share)));
export const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

/** So many spaces, in millions, packed piece by piece. */
export function packedSpaces(count: number): Uint8Array {
  const million = deflateRawSync(Buffer.alloc(1_000_000, " "), { finishFlush: constants.Z_FULL_FLUSH });
  return joined(...Array.from({ length: count / 1_000_000 }, () => million), deflateRawSync(""));
}

export interface ZipEntry {
  readonly name: string;
  readonly data?: string | Uint8Array;
  /** Instead of `data`. */
  readonly packed?: Uint8Array;
  /** What is said of its size when it is unpacked. */
  readonly size?: number;
  readonly isEncrypted?: boolean;
  readonly method?: number;
  /** Whether it is said to be where the first entry is. */
  readonly isFirst?: boolean;
}

/** An archive that says what it is told to say. */
export function zipOf(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const { name, data = "", packed = deflateRawSync(data), size, isEncrypted, method = 8 } = entry;
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(isEncrypted ? 1 : 0, 2);
    header.writeUInt16LE(method, 4);
    header.writeUInt32LE(crc32(data), 10);
    header.writeUInt32LE(packed.length, 14);
    header.writeUInt32LE(size ?? Buffer.byteLength(data), 18);
    header.writeUInt16LE(Buffer.byteLength(name), 22);
    const isWritten = !entry.isFirst;
    const listed = Buffer.alloc(14);
    listed.writeUInt32LE(isWritten ? at : 0, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\0", "latin1"), header, listed, Buffer.from(name));
    if (!isWritten) continue;
    const parts = [Buffer.from("PK\x03\x04", "latin1"), header, Buffer.from(name), Buffer.from(packed)];
    local.push(...parts);
    at += parts.reduce((length, part) => length + part.length, 0);
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Uint8Array.from(Buffer.concat([...local, list, end]));
}

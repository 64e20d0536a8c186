import { analyse } from "chardet";
import { unreadable } from "./refusals.ts";

/** Below these, a guess is worth less than the most usual case. */
const leastBytes = 8;
const leastConfidence = 30;
const mostUsual = "windows-1252";

const marks = [
  { encoding: "utf-8", bytes: [0xef, 0xbb, 0xbf] },
  { encoding: "utf-16le", bytes: [0xff, 0xfe] },
  { encoding: "utf-16be", bytes: [0xfe, 0xff] },
] as const;

/** The longest mark has as many bytes. */
export const markLength = 3;

/** The encoding of which the byte order mark stands at the beginning. */
export const markedEncoding = (beginning: Uint8Array): string | undefined =>
  marks.find(({ bytes }) => bytes.every((byte, at) => beginning[at] === byte))?.encoding;

/** Refuses labels that the Encoding Standard, or this platform, does not know. Leaves out a byte order mark. */
export function decoderOf(label: string): TextDecoder {
  const decoder = newDecoder(label);
  if (decoder === undefined) {
    throw unreadable(
      `There is no encoding "${label}": give a label of the Encoding Standard, windows-1252 for instance`,
    );
  }
  return decoder;
}

function newDecoder(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * In which encoding these bytes, which are no UTF-8, most probably are. What has too few letters beyond ASCII to tell, is
 * taken for windows-1252, which every byte fits.
 */
export function probableEncoding(sample: Uint8Array): string {
  const telling = sample.reduce((count, byte) => (byte > 0x7f ? count + 1 : count), 0);
  if (telling < leastBytes) return mostUsual;
  for (const { name, confidence } of analyse(sample)) {
    if (confidence < leastConfidence) break;
    const decoder = newDecoder(name);
    if (decoder !== undefined && !decoder.encoding.startsWith("utf-") && decoded(decoder, sample) !== undefined) {
      return decoder.encoding;
    }
  }
  return mostUsual;
}

/** The text of the next bytes, or undefined where they do not fit the encoding. */
export function decoded(decoder: TextDecoder, bytes?: Uint8Array): string | undefined {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

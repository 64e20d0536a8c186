import type { DocumentFormat } from "@steward/core";
import { analyse } from "chardet";
import { failed, nameOf } from "./refusals.ts";

/** A guess is made of so many bytes, and worth nothing below so much confidence or so few bytes beyond ASCII. */
const sampleSize = 64 * 1024;
const leastConfidence = 30;
const leastBytes = 8;
const mostUsual = "windows-1252";

/** Where more than one of so many characters is a control, it is no text. */
const controlsAmong = 100;

const marks = [
  { encoding: "utf-8", bytes: [0xef, 0xbb, 0xbf] },
  { encoding: "utf-16le", bytes: [0xff, 0xfe] },
  { encoding: "utf-16be", bytes: [0xfe, 0xff] },
] as const;

/**
 * Bytes as text: in the encoding of their byte order mark, else in UTF-8, else in what is most probable. What is broken within
 * is replaced, for a text is read to be found. Fails with a `DocumentError` for what is no text.
 */
export function decodedText(format: DocumentFormat, bytes: Uint8Array): string {
  const text = decode(bytes);
  const sample = text.slice(0, sampleSize);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  const controls = sample.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\ufffd]/g)?.length ?? 0;
  if (controls * controlsAmong > sample.length) throw failed(`The file is no ${nameOf(format)}: its bytes are no text`);
  return text;
}

function decode(bytes: Uint8Array): string {
  const marked = marks.find((mark) => mark.bytes.every((byte, at) => bytes[at] === byte))?.encoding;
  if (marked !== undefined) return new TextDecoder(marked).decode(bytes);
  return strictly("utf-8", bytes) ?? new TextDecoder(probableEncoding(bytes)).decode(bytes);
}

/** Undefined where bytes do not fit the encoding, or nobody knows it. */
function strictly(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Of what is no UTF-8 throughout. Where only some of it is broken, it is UTF-8 all the same. */
function probableEncoding(bytes: Uint8Array): string {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  const sample = bytes.subarray(Math.max(0, first - 1024), first + sampleSize);
  if (mostlyUtf8(sample)) return "utf-8";
  const telling = sample.reduce((count, byte) => (byte > 0x7f ? count + 1 : count), 0);
  if (telling < leastBytes) return mostUsual;
  for (const { name, confidence } of analyse(sample)) {
    if (confidence < leastConfidence) break;
    if (!name.toLowerCase().startsWith("utf-") && strictly(name, sample) !== undefined) return name;
  }
  return mostUsual;
}

function mostlyUtf8(sample: Uint8Array): boolean {
  let broken = 0;
  let whole = 0;
  for (const character of new TextDecoder().decode(sample)) {
    if (character === "\ufffd") broken++;
    else if (character > "\x7f") whole++;
  }
  return whole > 10 * broken;
}

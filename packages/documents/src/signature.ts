import type { DocumentFormat } from "@steward/core";
import { failed, isProtected, nameOf, unsupported } from "./refusals.ts";

const signatures = [
  { kind: "PDF", bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { kind: "ZIP archive", bytes: [0x50, 0x4b, 0x03, 0x04] },
  { kind: "compound file", bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  { kind: "PNG image", bytes: [0x89, 0x50, 0x4e, 0x47] },
  { kind: "JPEG image", bytes: [0xff, 0xd8, 0xff] },
  { kind: "GIF image", bytes: [0x47, 0x49, 0x46, 0x38] },
  { kind: "GZIP archive", bytes: [0x1f, 0x8b, 0x08] },
  { kind: "program", bytes: [0x7f, 0x45, 0x4c, 0x46] },
] as const;

type Kind = (typeof signatures)[number]["kind"];

/** What the first bytes of a file say that it is; undefined where they do not. */
export const kindOf = (bytes: Uint8Array): Kind | undefined =>
  signatures.find((signature) => signature.bytes.every((byte, at) => bytes[at] === byte))?.kind;

/** A PDF may have some bytes before its beginning. */
const longestPreface = 1024;

/** Refuses a file of another kind than one of this format is. */
export function checkKind(format: DocumentFormat, bytes: Uint8Array): void {
  const kind = kindOf(bytes);
  if (format === "pdf") {
    if (kind === "PDF" || indexOfText(bytes.subarray(0, longestPreface), "%PDF-") !== -1) return;
    throw otherKind(format, kind);
  }
  if (format === "docx" || format === "xlsx") {
    if (kind === "ZIP archive") return;
    if (kind === "compound file") throw compoundFile(format, bytes);
    throw otherKind(format, kind);
  }
  if (kind !== undefined) throw otherKind(format, kind);
}

function otherKind(format: DocumentFormat, kind: Kind | undefined) {
  const found = kind === undefined ? "" : `, but a ${kind}`;
  return failed(`The file is no ${nameOf(format)}${found}: give it the name and type that it should have`);
}

/** Office encrypts into a compound file, in which it also wrote before 2007. */
function compoundFile(format: DocumentFormat, bytes: Uint8Array) {
  if (indexOfText(bytes, "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0") !== -1) return isProtected(format);
  const extension = format === "docx" ? "DOCX" : "XLSX";
  return unsupported(`The file is of an Office before 2007: save it as ${extension} and upload it again`);
}

/** Where this text of ASCII begins, or -1. */
function indexOfText(bytes: Uint8Array, text: string): number {
  const codes = Array.from(text, (character) => character.charCodeAt(0));
  const [first = 0] = codes;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (codes.every((code, index) => bytes[at + index] === code)) return at;
  }
  return -1;
}

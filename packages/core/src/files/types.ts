import type { Sample } from "../blobs/sample.ts";
import type { DocumentFormat } from "../ports.ts";
import { extensionOf } from "./names.ts";

/** What bytes are, as far as they tell. */
export interface FileType {
  readonly contentType: string;
  /** How their text is read; null where it is not. */
  readonly format: DocumentFormat | null;
}

const unknown: FileType = { contentType: "application/octet-stream", format: null };
const plain: FileType = { contentType: "text/plain", format: "text" };
/** Also what a browser would run, were it not called plain. */
const code: FileType = { contentType: "text/plain", format: "code" };

const office = "application/vnd.openxmlformats-officedocument";
const readable = new Map<string, DocumentFormat>([
  ["application/pdf", "pdf"],
  [`${office}.wordprocessingml.document`, "docx"],
  [`${office}.spreadsheetml.sheet`, "xlsx"],
]);

const named = (type: FileType, extensions: string) => extensions.split(" ").map((one) => [one, type] as const);
const byExtension = new Map<string, FileType>([
  ...named({ contentType: "text/csv", format: "csv" }, "csv tsv tab"),
  ...named({ contentType: "text/html", format: "html" }, "html htm xhtml"),
  ...named({ contentType: "text/markdown", format: "markdown" }, "md markdown mdown mkd mdx"),
  ...named(
    code,
    "js mjs cjs jsx ts mts cts tsx json jsonc json5 ndjson jsonl yaml yml toml ini conf cfg env xml xsd xsl svg",
  ),
  ...named(
    code,
    "py pyi rb php pl pm lua r jl sh bash zsh fish ps1 bat cmd sql graphql gql proto css scss sass less vue svelte",
  ),
  ...named(
    code,
    "c h cc cpp cxx hpp hh cs java kt kts scala groovy go rs swift m mm dart ex exs erl hrl hs ml mli clj fs vb",
  ),
  ...named(code, "asm s tf hcl nix dockerfile makefile cmake gradle diff patch tex bib"),
]);

/** What a name makes of text. */
export const textType = (filename: string): FileType => byExtension.get(extensionOf(filename)) ?? plain;

/** The types that {@link textType} gives. */
export const textTypes: readonly string[] = ["text/plain", "text/csv", "text/html", "text/markdown"];

/** Of these alone the first characters are believed where all is text: others (`BM`, `GIF8`) may begin any sentence. */
const spelt = new Set(["application/pdf", "application/rtf", "application/postscript", "application/eps"]);
/** What a browser would run, or what is no type of bytes that are no text. */
const implausible = /^text\/|[/+]xml$|script|html/;

/**
 * What the bytes themselves say. Of text, which says nothing, the name tells what it is; of anything else the name is not
 * asked. What a browser would run is never called so, but for HTML, which is served for the disk alone.
 */
export async function typeOf({ head, tail }: Sample, filename: string): Promise<FileType> {
  const found = await sniffed(head);
  if (isText(head, tail)) return found && spelt.has(found) ? known(found) : textType(filename);
  if (isArchive(head)) return inArchive(found, [head, tail].map(latin));
  if (found) return implausible.test(found) ? unknown : known(found);
  return latin(head.subarray(0, 1024)).includes("%PDF-") ? known("application/pdf") : unknown;
}

const known = (contentType: string): FileType => ({ contentType, format: readable.get(contentType) ?? null });

/** The library is loaded when the first file comes. */
async function sniffed(head: Uint8Array): Promise<string | undefined> {
  const { fileTypeFromBuffer } = await import("file-type");
  return (await fileTypeFromBuffer(head))?.mime;
}

const latin = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes);

const isArchive = (head: Uint8Array): boolean => latin(head.subarray(0, 4)) === "PK\u0003\u0004";

/** The names of the parts of a document stand at the end of the archive, and perhaps at its beginning. */
function inArchive(found: string | undefined, texts: readonly string[]): FileType {
  const holds = (part: string) => texts.some((text) => text.includes(part));
  if (found !== undefined && !["application/zip", ...readable.keys()].includes(found)) return known(found);
  // A macro makes another type of it, whatever it says of itself.
  if (holds("vbaProject.bin")) return known("application/zip");
  if (found !== undefined && readable.has(found)) return known(found);
  if (holds("[Content_Types].xml") && holds("word/document")) return known(`${office}.wordprocessingml.document`);
  if (holds("[Content_Types].xml") && holds("xl/workbook")) return known(`${office}.spreadsheetml.sheet`);
  return known("application/zip");
}

/** Controls that no text has; a bell, an escape and the like stand in logs of terminals. */
const isControl = (byte: number) => byte < 7 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32);

/** Text is what has no controls in it; what has two bytes a character says so by its first two. */
function isText(head: Uint8Array, tail: Uint8Array): boolean {
  const mark = (head[0] ?? 0) * 256 + (head[1] ?? 0);
  if (mark === 0xfffe || mark === 0xfeff) return isWide(head, mark === 0xfffe);
  return !head.some(isControl) && !tail.some(isControl);
}

function isWide(bytes: Uint8Array, isLittle: boolean): boolean {
  for (let at = 2; at + 1 < bytes.length; at += 2) {
    const [high = 0, low = 0] = isLittle ? [bytes[at + 1], bytes[at]] : [bytes[at], bytes[at + 1]];
    if (high === 0 && isControl(low)) return false;
  }
  return true;
}

/** Why nothing is read from a file of this type. */
export function whyUnread(contentType: string): string {
  if (contentType === "application/x-cfb")
    return "Old Office documents, and encrypted ones, are not read: save it as DOCX, XLSX or PDF without a password";
  if (contentType.startsWith("image/")) return "No text is read from pictures";
  return `No text is read from ${contentType}`;
}

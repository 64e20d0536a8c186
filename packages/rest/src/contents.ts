import { type Contents, type Log, type Services, StewardError } from "@steward/core";
import { matches } from "./etag.ts";
import { problem } from "./problem.ts";

/** What a browser shows and never runs. Everything else is for the disk alone. */
const shown: ReadonlySet<string> = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/x-icon",
  "application/pdf",
  "text/plain",
]);

/** A document of ours that holds pictures: it runs nothing, loads nothing, and is of no origin. */
const sandboxed =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";
const drawn = "image/svg+xml";

/** RFC 6266: a name in ASCII for old clients, and as it is for the others. */
function disposition(kind: "inline" | "attachment", filename: string): string {
  const plain = filename.replaceAll(/[^\x20-\x7e]|["\\%]/g, "_");
  const whole = encodeURIComponent(filename).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return `${kind}; filename="${plain}"; filename*=UTF-8''${whole}`;
}

interface Range {
  readonly offset: number;
  readonly length: number;
}

/** RFC 9110, 14.1: one range of bytes; null to answer with all of them, undefined where it cannot be satisfied. */
function rangeOf(header: string | null, size: number): Range | null | undefined {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? [];
  if (first === "" && last === "") return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length > 0 ? { offset: size - length, length } : undefined;
  }
  const offset = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < offset) return null;
  return offset < size ? { offset, length: end - offset + 1 } : undefined;
}

/** Of a GET, and only of the bytes that its asker has begun with (`If-Range`); a date never names them. */
function wantedRange({ headers, method }: Request, tag: string, size: number): Range | null | undefined {
  if (method !== "GET") return null;
  const only = headers.get("if-range");
  return only === null || only.trim() === tag ? rangeOf(headers.get("range"), size) : null;
}

function headersOf({ contentType, filename }: Contents, tag: string): Record<string, string> {
  const isShown = shown.has(contentType) || contentType === drawn;
  return {
    etag: tag,
    "accept-ranges": "bytes",
    "cache-control": "private, no-cache",
    "content-type": /^text\//.test(contentType) ? `${contentType}; charset=utf-8` : contentType,
    "content-disposition": disposition(isShown ? "inline" : "attachment", filename),
    ...((contentType === drawn || !isShown) && { "content-security-policy": sandboxed }),
  };
}

/** Null for bytes that the store does not have. */
async function bytesOf({ source }: Contents, range: Range | undefined, blobs: Services["blobs"]) {
  if ("key" in source) return blobs.get(source.key, range);
  return range ? source.bytes.subarray(range.offset, range.offset + range.length) : source.bytes;
}

/**
 * Where bytes are not, others may just have taken their place: then those are what is asked for. Throws `not_found` where the
 * same are named still; the store has lost them, and the log says so.
 */
async function othersThan(contents: Contents, again: () => Promise<Contents>, log: Log): Promise<Contents> {
  const { source } = contents;
  const now = await again();
  if (!("key" in source && "key" in now.source && now.source.key === source.key)) return now;
  log.error("a blob is missing: `steward blobs check` tells what else is", { key: source.key });
  throw new StewardError("not_found");
}

/** So that what was read is what a change may ask for (`If-Match`). */
const tagOf = ({ hash, version }: Contents) => (version === undefined ? `"${hash}"` : `"${version}-${hash}"`);

/** There are no such bytes, but there are so many. */
function outOfRange(size: number, requestId: string): Response {
  const error = new StewardError("range_not_satisfiable", { message: `There are ${size} bytes` });
  return problem(error, requestId, { "content-range": `bytes */${size}` });
}

/**
 * Answers a GET or a HEAD with bytes: whole, in part (206), or not again (304). `again` reads once more what they are, after
 * others have taken their place.
 */
export async function contentsResponse(
  request: Request,
  contents: Contents,
  again: () => Promise<Contents>,
  services: Pick<Services, "blobs" | "log">,
  requestId: string,
): Promise<Response> {
  const { size } = contents;
  const tag = tagOf(contents);
  const headers = headersOf(contents, tag);
  const known = request.headers.get("if-none-match");
  if (known !== null && matches(known, tag)) return new Response(null, { status: 304, headers });
  const range = wantedRange(request, tag, size);
  if (range === undefined) return outOfRange(size, requestId);
  const { offset = 0, length = size } = range ?? {};
  headers["content-length"] = String(length);
  if (range) headers["content-range"] = `bytes ${offset}-${offset + length - 1}/${size}`;
  const status = range ? 206 : 200;
  if (request.method === "HEAD") return new Response(null, { status, headers });
  const bytes = await bytesOf(contents, range ?? undefined, services.blobs);
  if (bytes) return new Response(bytes, { status, headers });
  const others = await othersThan(contents, again, services.log);
  return contentsResponse(request, others, again, services, requestId);
}

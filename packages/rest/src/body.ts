import { invalid, isStewardError, type StewardError } from "@steward/core";
import { brokenOff, inTime } from "./incoming.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * At most `limit` bytes of a request's body. What is longer is refused as soon as that is known, and not read; one that
 * breaks off, or takes its time, is the client's fault (`validation_failed`).
 */
export async function readAtMost(
  request: Request,
  limit: number,
  refusal: () => StewardError,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await inTime((late) => readBody(request, limit, refusal, late));
  } catch (error) {
    throw isStewardError(error) ? error : brokenOff();
  }
}

async function readBody(
  request: Request,
  limit: number,
  refusal: () => StewardError,
  late: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = request.headers.get("content-length");
  const known = announced !== null && /^\d+$/.test(announced);
  if (known && Number(announced) > limit) throw refusal();
  if (request.body === null) return new Uint8Array();
  if (!known) return collect(request.body, limit, refusal, late);
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > limit) throw refusal();
  return bytes;
}

async function collect(
  body: ReadableStream<Uint8Array>,
  limit: number,
  refusal: () => StewardError,
  late: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  // Not awaited: whoever sends it may never take notice.
  const cancel = () => void reader.cancel().catch(() => undefined);
  late.addEventListener("abort", cancel);
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    length += chunk.value.length;
    if (length > limit) {
      cancel();
      throw refusal();
    }
    chunks.push(chunk.value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

const jsonType = /^application\/(?:[\w.!#$&^-]+\+)?json$/i;

/** Whether a `Content-Type` promises JSON in UTF-8. */
export function isJson(contentType: string | null): boolean {
  const [type = "", ...parameters] = (contentType ?? "").split(";").map((part) => part.trim());
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter));
  return jsonType.test(type) && (charset === undefined || /^charset="?utf-?8"?$/i.test(charset));
}

/** The object that the bytes of a body spell. No bytes are an object without keys. */
export function parseObject(bytes: Uint8Array): Record<string, unknown> {
  if (bytes.length === 0) return {};
  const value = parse(bytes);
  if (!isObject(value)) throw invalid("", "The body is no JSON object");
  return value;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    throw invalid("", "The body is no JSON in UTF-8");
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

import type { Contents, IncomingBytes } from "@steward/core";
import type { World } from "./world.ts";

interface Sent {
  /** Without parameters, in lower case. */
  readonly type?: string;
  /** Sent in a form where it is said, and as the body itself over REST where it is null. */
  readonly name?: string | null;
}

/** Bytes for an input, to be read once in each world: whoever asks for the stream gets a new one. */
export function bytesOf(
  content: string | Uint8Array<ArrayBuffer>,
  { type = "text/csv", name = "data.csv" }: Sent = {},
) {
  const blob = new Blob([content], { type });
  const bytes: IncomingBytes = {
    get stream() {
      return blob.stream();
    },
    length: blob.size,
    type,
    name,
  };
  return bytes;
}

const isBytes = (value: unknown): value is IncomingBytes =>
  typeof value === "object" && value !== null && "stream" in value && value.stream instanceof ReadableStream;

/** What stands under the key that takes bytes, as a request carries it; what is none is sent as its text. */
export async function blobOf(value: unknown): Promise<{ readonly blob: Blob; readonly name: string | null } | null> {
  if (value === undefined) return null;
  if (!isBytes(value)) return { blob: new Blob([String(value)]), name: null };
  const { type, name } = value;
  return { blob: new Blob([await new Response(value.stream).arrayBuffer()], { type: type ?? "" }), name };
}

/**
 * A form with texts, then the file, as the body of a request and its headers. As bytes, for Node's own FormData complains
 * when nobody reads it to its end.
 */
export async function formOf(
  texts: Readonly<Record<string, string>>,
  file: Blob,
  name: string | null,
  headers: HeadersInit,
) {
  const form = new FormData();
  for (const [key, text] of Object.entries(texts)) form.append(key, text);
  form.append("file", file, name ?? "blob");
  const encoded = new Response(form);
  const all = new Headers(headers);
  all.set("content-type", encoded.headers.get("content-type") ?? "");
  return { headers: all, body: await encoded.arrayBuffer() };
}

/** Bytes that an operation has answered with, whichever way they came. */
export interface Fetched {
  readonly contentType: string;
  readonly filename: string;
  readonly size: number;
  /** A character for each byte. */
  readonly content: string;
}

const asFetched = (contentType: string, filename: string, bytes: ArrayBuffer): Fetched => {
  const content = Buffer.from(bytes).toString("latin1");
  return { contentType, filename, size: content.length, content };
};

/** What the core answers, with the bytes that the store has of it. */
export async function fetchedFrom({ services }: World, { source, contentType, filename }: Contents): Promise<Fetched> {
  const body = "bytes" in source ? source.bytes : await services.blobs.get(source.key);
  return asFetched(contentType, filename, await new Response(body).arrayBuffer());
}

/** What HTTP answers: the name as RFC 6266 spells it, the type without its encoding. */
export async function fetchedOver(response: Response): Promise<Fetched> {
  const [, spelt = ""] = /filename\*=UTF-8''(\S+)$/.exec(response.headers.get("content-disposition") ?? "") ?? [];
  const [type = ""] = (response.headers.get("content-type") ?? "").split(";");
  return asFetched(type, decodeURIComponent(spelt), await response.arrayBuffer());
}

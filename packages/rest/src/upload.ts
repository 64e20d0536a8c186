import { type AnyOperation, type IncomingBytes, invalid } from "@steward/core";
import { fileKey, readForm } from "./form.ts";
import { IncomingBody, streamOf } from "./incoming.ts";
import { inputPlan } from "./inputs.ts";

/** The input of an operation that takes bytes, and how to let go of those that it has not read. */
export interface Upload {
  readonly input: Record<string, unknown>;
  release(): void;
}

/** The media type that a header names, in lower case and without parameters. */
export const mediaTypeOf = (contentType: string | null): string | null =>
  contentType?.split(";", 1)[0]?.trim().toLowerCase() || null;

export const isForm = (request: Request): boolean =>
  mediaTypeOf(request.headers.get("content-type")) === "multipart/form-data";

/**
 * What a request brings to an operation that takes bytes: its body as it stands, or the file of a form, whose other parts
 * are texts for keys of the input. The bytes come as they are asked for; a body has no bound here, the operation sets one.
 */
export async function readUpload(operation: AnyOperation, request: Request): Promise<Upload> {
  const { bytes: key = "", input } = operation;
  const { body, headers } = request;
  const missing = () => invalid(key, "Send the bytes as the body, or as the part `file` of multipart/form-data");
  if (body === null || headers.get("content-length") === "0") throw missing();
  const incoming = new IncomingBody(body);
  const release = () => incoming.release();
  const type = mediaTypeOf(headers.get("content-type"));
  if (!isForm(request)) {
    const announced = headers.get("content-length") ?? "";
    const length = /^\d+$/.test(announced) ? Number(announced) : null;
    const content: IncomingBytes = { stream: whole(incoming, missing), length, type, name: null };
    return { input: { [key]: content }, release };
  }
  try {
    const { fields, file } = await readForm(incoming, headers.get("content-type") ?? "");
    if (fields.has(key)) throw invalid(key, `Send it as the part \`${fileKey}\``);
    const { fromText } = inputPlan(input);
    // By entries, for a name may be `__proto__`, which the core is to find and refuse.
    const given = Array.from(fields, ([name, text]): [string, unknown] => [name, fromText(name, text)]);
    return { input: Object.fromEntries([...given, [key, file]]), release };
  } catch (error) {
    release();
    throw error;
  }
}

/** A body without a single byte is none. */
function whole(incoming: IncomingBody, missing: () => Error): ReadableStream<Uint8Array> {
  let empty = true;
  const next = async () => {
    const chunk = await incoming.read();
    if (chunk === null && empty) throw missing();
    empty = false;
    return chunk;
  };
  return streamOf(incoming, next);
}

import type { AnyOperation } from "@steward/core";
import * as z from "zod";
import { origin } from "./app.ts";
import { blobOf, formOf } from "./bytes.ts";
import { methodOf, pathOf } from "./operations.ts";

type Input = Readonly<Record<string, unknown>>;

const asText = (value: unknown): string =>
  value instanceof Date ? value.toISOString() : typeof value === "object" ? JSON.stringify(value) : String(value);

/** The request that asks an operation over REST: what the path names, `If-Match`, `Idempotency-Key`, and the rest as query or body. */
export async function requestFor(
  operation: AnyOperation,
  input: Input,
  headers: Record<string, string>,
): Promise<Request> {
  const method = methodOf(operation);
  const rest: Record<string, unknown> = { ...input };
  const path = pathOf(operation).replaceAll(/{(\w+)}/g, (_, key: string) => {
    const value = asText(rest[key]);
    delete rest[key];
    return encodeURIComponent(value);
  });
  const all = new Headers(headers);
  const { expectedVersion } = rest;
  if (Number.isInteger(expectedVersion) && Number(expectedVersion) >= 0) {
    all.set("if-match", `"${expectedVersion}-spec"`);
    delete rest.expectedVersion;
  }
  const { idempotencyKey } = rest;
  if (typeof idempotencyKey === "string" && /^[!-~]+$/.test(idempotencyKey)) {
    all.set("idempotency-key", idempotencyKey);
    delete rest.idempotencyKey;
  }
  const address = `${origin}/api${path === "/" ? "" : path}`;
  if (operation.bytes !== undefined) return carrying(operation.bytes, rest, address, { method, headers: all });
  if (method === "POST" || method === "PUT") {
    all.set("content-type", "application/json");
    return new Request(address, { method, headers: all, body: JSON.stringify(rest) });
  }
  return new Request(withQuery(address, textsOf(rest)), { method, headers: all });
}

const withQuery = (address: string, texts: Readonly<Record<string, string>>) => {
  const query = new URLSearchParams(texts);
  return query.size > 0 ? `${address}?${query}` : address;
};

/** What is given, but for one key, as the texts that stand in a query or a form. */
export const textsOf = (input: Input, without?: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(input).flatMap(([key, value]) =>
      value === undefined || key === without ? [] : [[key, asText(value)] as const],
    ),
  );

/** Bytes with a name are the file of a form, with all else before it; others are the body, and all else is the query. */
async function carrying(
  key: string,
  input: Input,
  address: string,
  { method, headers }: { readonly method: string; readonly headers: Headers },
): Promise<Request> {
  const texts = textsOf(input, key);
  const carried = await blobOf(input[key]);
  if (carried?.blob.type) headers.set("content-type", carried.blob.type);
  if (!carried || carried.name === null)
    return new Request(withQuery(address, texts), {
      method,
      headers,
      body: (await carried?.blob.arrayBuffer()) ?? null,
    });
  return new Request(address, { method, ...(await formOf(texts, carried.blob, carried.name, headers)) });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The answer without its HAL envelope: what the operation itself gives. */
export function outputOf(operation: AnyOperation, body: unknown, headers: Headers): unknown {
  if (operation.bare)
    return { items: withoutLinks(body), next: cursorIn(/<([^>]*)>/.exec(headers.get("link") ?? "")?.[1]) };
  const embeds = embedsOf(operation.output);
  if (!isObject(body) || !operation.items) return withoutLinks(unfolded(body, embeds));
  const { _links: links, _embedded: embedded, ...page } = body;
  const [items] = Object.values(embedded as object) as unknown[][];
  const next = isObject(links) && isObject(links.next) ? String(links.next.href) : undefined;
  return { ...page, items: withoutLinks(items?.map((item) => unfolded(item, embeds))), next: cursorIn(next) };
}

type Embeds = readonly (readonly [key: string, rel: string])[];

/** The keys of an object, or of a page's items, whose values REST embeds, and under which relations. */
function embedsOf(output: z.ZodType): Embeds {
  if (!(output instanceof z.ZodObject)) return [];
  const { items, ...shape } = output.shape as Record<string, z.ZodType>;
  if (items instanceof z.ZodArray) return embedsOf(items.element as z.ZodType);
  return Object.entries(shape).flatMap(([key, schema]) => {
    const rel = schema.meta()?.["x-rel"];
    return typeof rel === "string" ? [[key, rel] as const] : [];
  });
}

function unfolded(object: unknown, embeds: Embeds): unknown {
  if (!isObject(object)) return object;
  const { _embedded: embedded, ...own } = object;
  const held = isObject(embedded) ? embedded : {};
  return { ...own, ...Object.fromEntries(embeds.map(([key, rel]) => [key, held[rel] ?? null])) };
}

const cursorIn = (address: string | undefined): string | null =>
  address === undefined ? null : new URL(address, origin).searchParams.get("cursor");

function withoutLinks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLinks);
  if (!isObject(value)) return value;
  const { _links: _, ...own } = value;
  return own;
}

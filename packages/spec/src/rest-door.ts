import type { AnyOperation } from "@steward/core";
import { origin } from "./app.ts";
import { methodOf, pathOf } from "./operations.ts";

type Input = Readonly<Record<string, unknown>>;

const asText = (value: unknown): string =>
  value instanceof Date ? value.toISOString() : typeof value === "object" ? JSON.stringify(value) : String(value);

/** The request that asks an operation over REST: what the path names, `If-Match`, and the rest as query or body. */
export function requestFor(operation: AnyOperation, input: Input, headers: Record<string, string>): Request {
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
  const address = `${origin}/api${path === "/" ? "" : path}`;
  if (method === "POST" || method === "PUT") {
    all.set("content-type", "application/json");
    return new Request(address, { method, headers: all, body: JSON.stringify(rest) });
  }
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(rest)) if (value !== undefined) query.set(key, asText(value));
  return new Request(query.size > 0 ? `${address}?${query}` : address, { method, headers: all });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The answer without its HAL envelope: what the operation itself gives. */
export function outputOf(operation: AnyOperation, body: unknown, headers: Headers): unknown {
  if (operation.bare)
    return { items: withoutLinks(body), next: cursorIn(/<([^>]*)>/.exec(headers.get("link") ?? "")?.[1]) };
  if (!isObject(body) || !isObject(body._embedded)) return withoutLinks(body);
  const { _links: links, _embedded: embedded, ...page } = body;
  const next = isObject(links) && isObject(links.next) ? String(links.next.href) : undefined;
  return { ...page, items: withoutLinks(Object.values(embedded)[0]), next: cursorIn(next) };
}

const cursorIn = (address: string | undefined): string | null =>
  address === undefined ? null : new URL(address, origin).searchParams.get("cursor");

function withoutLinks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLinks);
  if (!isObject(value)) return value;
  const { _links: _, ...own } = value;
  return own;
}

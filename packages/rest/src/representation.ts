import type { Executed } from "@steward/core";
import { inputPlan } from "./inputs.ts";
import { type HalLink, type Links, linker, type Place } from "./links.ts";
import type { Places } from "./path.ts";
import type { Route } from "./routes.ts";

/** What an operation's answer looks like at its address. Everything that no request changes is settled beforehand. */
export interface Representation {
  readonly route: Route;
  /** Its own address. */
  readonly here: Place;
  /** Where what it answers stands; null where it stands nowhere. */
  readonly at: Place | null;
  /** Where its items stand, and under which relation. */
  readonly items: { readonly rel: string; readonly at: Place } | null;
  /** Whether a success has made what it answers. */
  readonly makes: boolean;
}

/** Finds out where the objects of every operation stand. */
export function representationsOf(
  routes: readonly Route[],
  placeAt: (path: string) => Place,
): (route: Route) => Representation {
  const collections = new Map(routes.filter(({ verb }) => verb === "GET").map((route) => [route.path, route]));
  const paths = new Set(routes.map(({ path }) => path));

  function memberOf(path: string): string | undefined {
    return collections.get(path)?.operation.items?.at ?? [...paths].find((other) => isChild(path, other));
  }

  /** An action answers with the object above it exactly when it has that object's schema. */
  function shownBy({ path, operation }: Route): string | undefined {
    const above = path.slice(0, path.lastIndexOf("/"));
    return collections.get(above)?.operation.output === operation.output ? above : undefined;
  }

  return (route) => {
    const { path, verb, operation } = route;
    const action = path.slice(path.lastIndexOf("/") + 1).startsWith("_");
    const member = verb === "POST" && !action ? memberOf(path) : undefined;
    const standing = verb === "POST" ? (member ?? shownBy(route)) : path;
    const { items } = operation;
    return {
      route,
      here: placeAt(path),
      at: standing === undefined ? null : placeAt(standing),
      items: items ? { rel: items.rel, at: placeAt(items.at) } : null,
      makes: member !== undefined,
    };
  };
}

const isChild = (path: string, other: string) =>
  other.startsWith(`${path}/{`) && !other.slice(path.length + 1).includes("/");

/** The request that is answered. */
export interface Asked {
  readonly places: Places;
  readonly query: string;
}

/** What every document of this door says beside what it shows. */
export interface Surroundings {
  readonly curies: readonly HalLink[];
  readonly root: Links;
}

/** A body, and what belongs into the headers about it. */
export interface Shown {
  readonly text: string;
  readonly version?: unknown;
  readonly location?: string;
  readonly next?: string;
}

type Output = Readonly<Record<string, unknown>>;
const isOutput = (value: unknown): value is Output =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isOutputs = (value: unknown): value is readonly Output[] => Array.isArray(value) && value.every(isOutput);

/** Shows what an operation has answered. */
export function show(
  representation: Representation,
  { output, facts }: Executed,
  asked: Asked,
  surroundings: Surroundings,
): Shown {
  const { route, here, at, items } = representation;
  const { needs, bare } = route.operation;
  const asker = { facts, needs };
  if (!isOutput(output)) return { text: JSON.stringify(output ?? null) };
  if (isOutputs(output.items) && (items || bare)) {
    const link = items && linker(items.at, asker, asked.places, "among others");
    const shown = link
      ? output.items.map((item) => printable({ _links: link(item), ...item }))
      : output.items.map((item) => printable({ ...item }));
    return bare
      ? showBare(shown, output, here, asked)
      : showCollection(shown, output, representation, asked, surroundings, asker);
  }
  const shown = route.verb === "POST" ? "made" : "alone";
  const links: Links = at
    ? linker(at, asker, asked.places, shown)(output)
    : { self: { href: here.self(asked.places) } };
  if (at?.path === "/") Object.assign(links, surroundings.root);
  const text = JSON.stringify(printable({ _links: { ...links, curies: surroundings.curies }, ...output }));
  const { href } = links.self as HalLink;
  return { text, version: output.version, ...(at && { location: href }) };
}

/** Moments as text. JSON would print the same of itself, but the engine then takes a path that is five times slower. */
function printable(fresh: Record<string, unknown>): Record<string, unknown> {
  for (const key of Object.keys(fresh)) {
    const value = fresh[key];
    if (value instanceof Date) fresh[key] = value.toISOString();
  }
  return fresh;
}

function showBare(shown: readonly Output[], { next }: Output, here: Place, { places, query }: Asked): Shown {
  const text = JSON.stringify(shown);
  return typeof next === "string" ? { text, next: withQuery(here.self(places), query, { cursor: next }) } : { text };
}

function showCollection(
  shown: readonly Output[],
  { items: _shown, next, ...rest }: Output,
  { route, here, items }: Representation,
  { places, query }: Asked,
  { curies }: Surroundings,
  asker: Parameters<typeof linker>[1],
): Shown {
  const own = linker(here, asker, places, "alone")(rest);
  const address = here.self(places);
  const page = pageOf(route, query, rest);
  const links: Links = {
    ...own,
    self: { href: query === "" ? address : `${address}?${query}` },
    ...(typeof next === "string" && { next: { href: withQuery(address, query, { ...page.next, cursor: next }) } }),
    ...(page.previous && { prev: { href: withQuery(address, query, page.previous) } }),
    curies,
  };
  return { text: JSON.stringify({ _links: links, _embedded: { [items?.rel ?? "item"]: shown }, ...rest }) };
}

type Page = Readonly<Record<string, string | number>>;

interface Neighbours {
  readonly next: Page;
  readonly previous?: Page;
}

/** Where the neighbours of a page begin, for a client that pages by `start` and `limit`. */
function pageOf({ operation }: Route, query: string, { start, count }: Output): Neighbours {
  const plan = inputPlan(operation.input);
  const limit = Number(new URLSearchParams(query).get("limit") ?? plan.defaultOf("limit"));
  if (typeof start !== "number" || typeof count !== "number" || Number.isNaN(limit)) return { next: {} };
  const next = { start: start + count, limit };
  return start > 0 ? { next, previous: { start: Math.max(0, start - limit), limit } } : { next };
}

const paging = ["start", "limit", "cursor"];

/** The same list, somewhere else in it. */
function withQuery(address: string, query: string, page: Page): string {
  const parameters = new URLSearchParams(query);
  for (const key of paging) parameters.delete(key);
  for (const [key, value] of Object.entries(page)) parameters.set(key, String(value));
  return `${address}?${parameters}`;
}

import type { Executed } from "@steward/core";
import * as z from "zod";
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
  /** Under which relation its items stand, and where each stands alone. */
  readonly items: { readonly rel: string; readonly at: Place | null } | null;
  /** Whether a success has made what it answers. */
  readonly makes: boolean;
  /** Which keys of an object hold another one, and under which relation that is embedded. */
  readonly embeds: readonly (readonly [key: string, rel: string])[];
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
    const standing = operation.at ?? (verb === "POST" ? (member ?? shownBy(route)) : path);
    const { items } = operation;
    return {
      route,
      here: placeAt(path),
      at: standing === undefined ? null : placeAt(standing),
      items: items ? { rel: items.rel, at: items.at === undefined ? null : placeAt(items.at) } : null,
      makes: member !== undefined,
      embeds: embedsOf(operation.output),
    };
  };
}

const isChild = (path: string, other: string) =>
  other.startsWith(`${path}/{`) && !other.slice(path.length + 1).includes("/");

/** What the schema of an object, or of the items of a page, says of its keys. */
function embedsOf(output: z.ZodType): Representation["embeds"] {
  if (!(output instanceof z.ZodObject)) return [];
  const { items } = output.shape;
  if (items instanceof z.ZodArray) return embedsOf(items.element as z.ZodType);
  return Object.entries(output.shape).flatMap(([key, schema]) => {
    const rel = (schema as z.ZodType).meta()?.["x-rel"];
    return typeof rel === "string" ? [[key, rel] as const] : [];
  });
}

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
  /** Of what kind the text is, where it is not JSON. */
  readonly media?: string;
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
  const { route, here, items, embeds } = representation;
  const { needs, bare, text: media } = route.operation;
  const asker = { facts, needs };
  if (typeof output === "string" && media !== undefined) return { text: output, media };
  if (!isOutput(output)) return { text: JSON.stringify(output ?? null) };
  if (isOutputs(output.items) && (items || bare)) {
    const link = items?.at && linker(items.at, asker, asked.places, "among others");
    const shown = link
      ? output.items.map((item) => printable({ _links: link(item), ...item }, embeds))
      : output.items.map((item) => printable({ ...item }, embeds));
    return bare
      ? showBare(shown, output, here, asked)
      : showCollection(shown, output, representation, asked, surroundings, asker);
  }
  const shown = route.verb === "POST" ? "made" : "alone";
  // What has no id yet (of a dry run) stands nowhere.
  const at = output.id === null ? null : representation.at;
  const links: Links = at
    ? linker(at, asker, asked.places, shown)(output)
    : { self: { href: here.self(asked.places) } };
  if (at?.path === "/") Object.assign(links, surroundings.root);
  const text = JSON.stringify(printable({ _links: { ...links, curies: surroundings.curies }, ...output }, embeds));
  const { href } = links.self as HalLink;
  return { text, version: output.version, ...(at && { location: href }) };
}

/**
 * Whole objects embedded, and moments as text. JSON would print these the same of itself, but the engine then takes a
 * path that is five times slower.
 */
function printable(fresh: Record<string, unknown>, embeds: Representation["embeds"]): Record<string, unknown> {
  for (const [key, rel] of embeds) {
    const { [key]: object } = fresh;
    delete fresh[key];
    if (object !== null) fresh._embedded = { ...(fresh._embedded as object | undefined), [rel]: object };
  }
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

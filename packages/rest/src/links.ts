import { type Facts, grantBits, type Needs, type Referral, scopeBits } from "@steward/core";
import { inputPlan } from "./inputs.ts";
import { ownParameter, type Places, pathTemplate } from "./path.ts";
import { parametersOf, type Route } from "./routes.ts";

/** A link of HAL. */
export interface HalLink {
  readonly href: string;
  readonly templated?: true;
  readonly name?: string;
  readonly title?: string;
  readonly type?: string;
}
export type Links = Record<string, HalLink | readonly HalLink[]>;

interface LinkPlan {
  readonly rel: string;
  readonly needs: Needs;
  /** The part of a permission's name that a row's `permissions` know it by. */
  readonly action: string;
  /** Which row the permission is about: the one that stands here, one above it, or one that the address does not name. */
  readonly about: "nothing" | "this" | "above" | "elsewhere";
  readonly href: (places: Places) => string;
  readonly query: string;
  readonly linked: Route["operation"]["linked"];
}

/** A link to what an object names. */
interface Referring {
  readonly rel: string;
  readonly key: string;
  readonly action: string | undefined;
  readonly href: (name: string) => string;
}

/** An address where an object or a collection stands, and where one can go from there. */
export interface Place {
  readonly path: string;
  /** The parameter that names the object. */
  readonly own: string | null;
  readonly self: (places: Places) => string;
  readonly links: readonly LinkPlan[];
  readonly referring: readonly Referring[];
}

/** All places of the registry, each made when it is first asked for. */
export function placesOf(routes: readonly Route[], prefix: string): (path: string) => Place {
  const resources = new Set(routes.filter(({ verb }) => verb === "GET").map(({ path }) => path));
  const linked = routes.filter(({ operation, alias }) => operation.rel !== undefined && !alias);
  const places = new Map<string, Place>();
  return (path) => {
    let place = places.get(path);
    if (!place) {
      const near = linked.filter((route) =>
        route.path === path ? route.verb !== "GET" : aboveOf(route.path, resources) === path,
      );
      place = {
        path,
        own: ownParameter(path),
        self: pathTemplate(join(prefix, path)),
        links: near.map((route) => plan(route, path, prefix)),
        referring: routes
          .filter((route) => route.path === path && route.verb === "GET")
          .flatMap(({ operation }) => referringOf(operation.refers ?? [], prefix)),
      };
      places.set(path, place);
    }
    return place;
  };
}

const join = (prefix: string, path: string) => (path === "/" ? prefix : prefix + path);

const referringOf = (referrals: readonly Referral[], prefix: string): Referring[] =>
  referrals.map(({ rel, key, at, action }) => {
    const [parameter = ""] = parametersOf(at);
    const href = pathTemplate(join(prefix, at));
    return { rel, key, action, href: (name) => href({ [parameter]: name }) };
  });

/** The resource that an address lies beneath by literal segments alone, or null where it is reached by a name. */
function aboveOf(path: string, resources: ReadonlySet<string>): string | null {
  for (let above = path; above !== "/"; ) {
    if (above.endsWith("}")) return above === path ? null : above;
    above = above.slice(0, above.lastIndexOf("/")) || "/";
    if (resources.has(above)) return above;
  }
  return path === "/" ? null : "/";
}

function plan({ operation, path, verb }: Route, at: string, prefix: string): LinkPlan {
  const { rel = "", needs, items } = operation;
  const parameters = parametersOf(path);
  const texts = inputPlanKeys(verb === "GET" && items !== undefined && at === "/", operation.input);
  const key = needs.on?.resource.key;
  const about =
    key === undefined
      ? "nothing"
      : key === ownParameter(at)
        ? "this"
        : parameters.includes(key)
          ? "above"
          : "elsewhere";
  return {
    rel,
    needs,
    about,
    action: needs.permission.split(":").at(-1) ?? "",
    href: pathTemplate(join(prefix, path)),
    query: texts,
    linked: operation.linked,
  };
}

const inputPlanKeys = (templated: boolean, input: Route["operation"]["input"]) =>
  templated ? `{?${inputPlan(input).keys.join(",")}}` : "";

/** Whether a caller of whom this is known may perform it, as far as no row comes into it. */
function mayGenerally({ credential, scope, assistantTokens, seat, grant, on }: Needs, facts: Facts | null): boolean {
  if (!facts) return credential === "none" || credential === "optional";
  return (
    (credential !== "session" || facts.sessionId !== null) &&
    (facts.scopes & scopeBits[scope]) !== 0 &&
    (assistantTokens || facts.onlyAssistantId === null) &&
    (!seat || facts.seat) &&
    (!grant || (facts.permissions & grantBits[grant]) !== 0) &&
    (!on || on.whole || facts.maxLevel >= on.level)
  );
}

/** Who asked for what, as far as it decides on links. */
export interface Asker {
  readonly facts: Facts | null;
  /** What the request's own operation needed: a level that its gate found is one on that row. */
  readonly needs: Needs;
}

export interface Linkable {
  readonly id?: unknown;
  readonly naturalId?: unknown;
  readonly permissions?: unknown;
}

/** Writes the `_links` of all objects that one answer shows at one place. */
export function linker(
  place: Place,
  { facts, needs }: Asker,
  places: Places,
  shown: "alone" | "among others" | "made",
) {
  const open = place.links.filter((link) => mayGenerally(link.needs, facts));
  const gateAsked = (link: LinkPlan) => needs.on !== undefined && needs.on.resource === link.needs.on?.resource;
  const atLevel = (link: LinkPlan) => gateAsked(link) && facts !== null && facts.level >= (link.needs.on?.level ?? 0);

  function may(link: LinkPlan, permissions: Readonly<Record<string, unknown>>): boolean {
    const said = permissions[link.action];
    if (link.about === "nothing") return typeof said === "boolean" && place.own === null ? said : true;
    if (link.about === "above") return link.needs.on?.level === 1 || atLevel(link);
    if (typeof said === "boolean") return said;
    if (link.about === "elsewhere") return true;
    return link.needs.on?.level === 1 || (shown === "alone" && atLevel(link));
  }

  return (object: Linkable): Links => {
    const { own } = place;
    const named = own === null ? places : { ...places, [own]: ownName(object, own) ?? places[own] ?? "" };
    const natural =
      own !== null && typeof object.naturalId === "string" ? { ...named, [own]: object.naturalId } : named;
    const links: Links = { self: { href: place.self(named) } };
    const permissions = isRecord(object.permissions) ? object.permissions : none;
    for (const link of open) {
      if (link.rel in links || !may(link, permissions)) continue;
      if (link.linked && !link.linked(object as Readonly<Record<string, unknown>>)) continue;
      const href = link.href(natural);
      links[link.rel] = link.query === "" ? { href } : { href: href + link.query, templated: true };
    }
    for (const { rel, key, action, href } of place.referring) {
      const name = (object as Readonly<Record<string, unknown>>)[key];
      if (typeof name === "string" && (action === undefined || permissions[action] === true))
        links[rel] = { href: href(name) };
    }
    return links;
  };
}

const none: Readonly<Record<string, unknown>> = {};
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** By what an object is named in its own address: what it calls like the parameter, or its id. */
function ownName(object: Linkable, own: string): string | undefined {
  const name = (isRecord(object) ? object[own] : undefined) ?? object.id;
  return typeof name === "string" || typeof name === "number" ? String(name) : undefined;
}

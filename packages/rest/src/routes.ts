import type { AnyOperation, Operations } from "@steward/core";

/** Operations by group and name, as the core's registry holds them. */
export type Registry = Readonly<Record<string, Readonly<Record<string, AnyOperation>>>>;

export type AnyRegistry = Registry | Operations;

export type Verb = "GET" | "POST" | "PUT" | "DELETE";

/** An operation at an address of its own. */
export interface Route {
  /** As in the registry: `assistants.update`. */
  readonly name: string;
  readonly group: string;
  readonly operation: AnyOperation;
  readonly verb: Verb;
  /** Beneath the prefix, with `{parameters}`. */
  readonly path: string;
  readonly parameters: readonly string[];
  /** Whether this is a second address of an operation, which no link leads to. */
  readonly alias: boolean;
}

const verbs: readonly string[] = ["GET", "POST", "PUT", "DELETE"] satisfies Verb[];
const isVerb = (text: string): text is Verb => verbs.includes(text);

/** The names in the braces of a path. */
export const parametersOf = (path: string): string[] => [...path.matchAll(/{(\w+)}/g)].map(([, name = ""]) => name);

/** All routes, literal segments before parameters, so that `/assistants/_import` is never read as an id. */
export function routesOf(registry: AnyRegistry): Route[] {
  const routes = Object.entries<Readonly<Record<string, AnyOperation>>>(registry).flatMap(([group, members]) =>
    Object.entries(members).flatMap(([key, operation]) => addressesOf(`${group}.${key}`, group, operation)),
  );
  refuseRivals(routes);
  return routes.sort((one, other) => compare(sortKey(one.path), sortKey(other.path)));
}

/** Two operations at one address would hide each other. */
function refuseRivals(routes: readonly Route[]): void {
  for (const [address, [first, ...others]] of Map.groupBy(routes, ({ verb, path }) => `${verb} ${path}`)) {
    const rival = others.find(({ operation }) => operation !== first?.operation);
    if (rival) throw new TypeError(`${first?.name} and ${rival.name} are both at ${address}`);
  }
}

function addressesOf(name: string, group: string, operation: AnyOperation): Route[] {
  return [operation.http, ...(operation.aliases ?? [])].map((address, index) => {
    const [verb = "", path = ""] = address.split(" ");
    if (!isVerb(verb)) throw new TypeError(`${name} has no address: ${address}`);
    return { name, group, operation, verb, path, parameters: parametersOf(path), alias: index > 0 };
  });
}

/** A brace sorts behind every literal that a path may hold. */
const sortKey = (path: string) => path.replaceAll("{", "\uffff");
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

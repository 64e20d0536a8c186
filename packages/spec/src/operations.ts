import { type AnyOperation, type Http, type Operation, type Operations, operations } from "@steward/core";

type NamesIn<G extends keyof Operations> = `${G}.${Extract<keyof Operations[G], string>}`;

/** `assistants.update`: where an operation stands in the registry. */
export type OperationName = { [G in keyof Operations]: NamesIn<G> }[keyof Operations];

type OperationNamed<N> = N extends `${infer G extends keyof Operations}.${infer V}`
  ? V extends keyof Operations[G]
    ? Operations[G][V]
    : never
  : never;

/** What a caller gives to an operation. */
export type InputOf<N extends OperationName> =
  OperationNamed<N> extends Operation<Http, infer Input, unknown> ? Input : never;

/** Every operation of the registry, by its name. */
export const everyOperation: ReadonlyMap<OperationName, AnyOperation> = new Map(
  Object.entries<Readonly<Record<string, AnyOperation>>>(operations).flatMap(([group, members]) =>
    Object.entries(members).map(([name, operation]) => [`${group}.${name}` as OperationName, operation] as const),
  ),
);

export function operationNamed(name: OperationName): AnyOperation {
  const operation = everyOperation.get(name);
  if (!operation) throw new Error(`There is no operation ${name}`);
  return operation;
}

export const methodOf = ({ http }: AnyOperation): string => http.slice(0, http.indexOf(" "));
export const pathOf = ({ http }: AnyOperation): string => http.slice(http.indexOf(" ") + 1);
export const isRead = (operation: AnyOperation): boolean => methodOf(operation) === "GET";

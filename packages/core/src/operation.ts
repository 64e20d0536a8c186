import * as z from "zod";
import type { Needs } from "./access.ts";
import type { Context } from "./context.ts";
import type { ErrorCode } from "./errors.ts";

type Verb = "GET" | "POST" | "PUT" | "DELETE";
export type Http = `${Verb} /${string}`;
export type KindOf<H extends string> = H extends `GET ${string}` ? "query" : "mutation";
type ParameterOf<H> = H extends `${string}{${infer P}}${infer Rest}` ? P | ParameterOf<Rest> : never;

/** An operation's public shape: what doors, documentation and the types of a client are made from. */
export interface Operation<
  H extends Http = Http,
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodType = z.ZodType,
> {
  /** Method and path under `/api`. A `{parameter}` is a key of the input. */
  readonly http: H;
  readonly summary: string;
  readonly description?: string;
  readonly needs: Needs;
  readonly input: I;
  readonly output: O;
  /** Beyond what any operation may answer (400, 401, 403, and 404 where a row is named). */
  readonly errors?: readonly ErrorCode[];
  /** The relation under which the resource above links here. */
  readonly rel?: string;
  /** For a collection: the relation of its items, and the path at which one stands alone. */
  readonly items?: { readonly rel: string; readonly at: string };
  /** How many database trips it may take (1), and why more. */
  readonly trips?: { readonly most: number; readonly because: string };
  /** Whether a PUT has made something new, which answers 201. */
  readonly created?: (output: z.output<O>) => boolean;
  /** The status of a success over REST, where the method does not tell (200; 201 for a POST; 204 without output). */
  readonly status?: number;
  /** Whether a success hands the session of its output (`sid`, `expiresAt`) to the browser, or takes it away. */
  readonly cookie?: "set" | "clear";
  /** Other addresses of the same operation, for clients that know it by these. */
  readonly aliases?: readonly Http[];
  /** Over REST, a bare array of its items, with `Link: rel="next"` where there are more. */
  readonly bare?: boolean;
}

/** The view under which operations are iterated: callable with what its own schema has let through. */
export interface AnyOperation extends Omit<Operation, "created"> {
  created?(output: never): boolean;
  run(context: Context, input: never): Promise<unknown>;
}

interface Definition<H extends Http, S extends z.core.$ZodLooseShape, O extends z.ZodType>
  extends Omit<Operation<H, z.ZodObject, O>, "input"> {
  readonly input: S;
  readonly run: (context: Context, input: z.output<z.ZodObject<S, z.core.$strict>>) => Promise<z.input<O>>;
}

export interface RunnableOperation<H extends Http, I extends z.ZodObject, O extends z.ZodType>
  extends Operation<H, I, O> {
  run(context: Context, input: never): Promise<unknown>;
}

/**
 * Defines an operation; its name is where its export stands in the registry. Does not compile when a `{parameter}` of
 * the path is no key of `input`, when the permission is unknown, or when `run` does not give what `output` says.
 */
export function operation<
  const H extends Http,
  S extends z.core.$ZodLooseShape & Record<ParameterOf<H>, z.core.$ZodType>,
  O extends z.ZodType,
>(definition: Definition<H, S, O>): RunnableOperation<H, z.ZodObject<S, z.core.$strict>, O> {
  return { ...definition, input: z.strictObject(definition.input) } as unknown as RunnableOperation<
    H,
    z.ZodObject<S, z.core.$strict>,
    O
  >;
}

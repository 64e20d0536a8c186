import * as z from "zod";
import type { Needs } from "./access.ts";
import type { Context } from "./context.ts";
import type { ErrorCode } from "./errors.ts";

type Verb = "GET" | "POST" | "PUT" | "DELETE";
export type Http = `${Verb} /${string}`;
export type KindOf<H extends string> = H extends `GET ${string}` ? "query" : "mutation";
type ParameterOf<H> = H extends `${string}{${infer P}}${infer Rest}` ? P | ParameterOf<Rest> : never;

type MaybeKey = string | undefined;
type MaybeTrue = true | undefined;

/**
 * An operation, as doors, documentation and the types of a client see it. `I` and `O` are what a caller gives and gets;
 * the schemas themselves carry no types here, which spares the compiler most of its work on a registry.
 */
export interface Operation<
  H extends Http = Http,
  I = unknown,
  O = unknown,
  B extends MaybeKey = MaybeKey,
  T extends MaybeTrue = MaybeTrue,
> {
  /** Method and path under `/api`. A `{parameter}` is a key of the input. */
  readonly http: H;
  readonly summary: string;
  readonly description?: string;
  readonly needs: Needs;
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
  /** For the compiler alone: nothing is there at run time. */
  readonly types?: { readonly input: I; readonly output: O };
  /** The key of its input that takes the bytes a request carries, which are read once, as they come. */
  readonly bytes?: B;
  /** It answers item by item, for as long as it takes: `output` is the schema of one. */
  readonly stream?: T;
  /** It answers with bytes (contents/contents.ts): over REST as the body, over tRPC as a link to them, which `output` describes. */
  readonly contents?: true;
  /** Beyond what any operation may answer (400, 401, 403, and 404 where a row is named). */
  readonly errors?: readonly ErrorCode[];
  /** The version that a caller expects is of a row within the one that `needs` names: the handler checks it. */
  readonly ownVersion?: boolean;
  /** Documented keys of other shapes of the same object, which a PUT ignores as it does those of its output. */
  readonly ignores?: readonly string[];
  /** The relation under which the resource above links here. */
  readonly rel?: string;
  /** For a collection: the relation of its items, and the path at which one stands alone, where it does. */
  readonly items?: { readonly rel: string; readonly at?: string };
  /** How many database trips it may take (1), and why more. */
  readonly trips?: { readonly most: number; readonly because: string };
  /** Whether a request that may also find its object there has made it, which answers 201. `made`: the handler said so. */
  created?(output: never, made: boolean): boolean;
  /** Whether an object has this link, where that does not depend on its reader alone. */
  linked?(object: Readonly<Record<string, unknown>>): boolean;
  /** Other objects that one at this address points to: by the value of `key`, which is the parameter of `at`. */
  readonly refers?: readonly Referral[];
  /** The status of a success over REST, where the method does not tell (200; 201 for a POST; 204 without output). */
  readonly status?: number;
  /** Whether a success hands the session of its output (`sid`) to the browser, or takes it away. */
  readonly cookie?: "set" | "clear";
  /** Other addresses of the same operation, for clients that know it by these. */
  readonly aliases?: readonly Http[];
  /** Over REST, a bare array of its items, with `Link: rel="next"` where there are more. */
  readonly bare?: boolean;
  /** Where what it answers stands, where that is neither its own address nor the one above an action. */
  readonly at?: string;
  /** Over REST, an output that is a text is the body as it stands, of this media type. */
  readonly text?: string;
  /** Whether what it reads may take seconds: it is then read where that blocks nobody else. */
  readonly scans?: true;
  /** Called with what its own schema has let through. */
  run(context: Context, input: never): Promise<unknown> | AsyncIterable<unknown>;
}

/** A link to what an object names. `action`: which of its `permissions` one must have to be shown it. */
export interface Referral {
  readonly rel: string;
  readonly key: string;
  readonly at: string;
  readonly action?: string;
}

/** Any operation, where they are iterated. */
export type AnyOperation = Operation;

interface Definition<
  H extends Http,
  S extends z.core.$ZodLooseShape,
  O extends z.ZodType,
  B extends MaybeKey,
  T extends MaybeTrue,
> extends Omit<Operation<H>, "input" | "output" | "bytes" | "stream" | "created" | "run" | "types"> {
  readonly input: S;
  readonly output: O;
  readonly bytes?: B;
  readonly stream?: T;
  created?(output: z.output<O>, made: boolean): boolean;
  run(
    context: Context,
    input: z.core.$InferObjectOutput<S, Record<never, never>>,
  ): T extends true ? AsyncIterable<z.input<O>> : Promise<z.input<O>>;
}

/**
 * Defines an operation; its name is where its export stands in the registry. Does not compile when a `{parameter}` of
 * the path is no key of `input`, when `bytes` is none, when the permission is unknown, or when `run`
 * does not give what `output` says.
 */
export function operation<
  const H extends Http,
  S extends z.core.$ZodLooseShape & Record<ParameterOf<H> | NonNullable<B>, z.core.$ZodType>,
  O extends z.ZodType,
  const B extends MaybeKey = undefined,
  const T extends MaybeTrue = undefined,
>(
  definition: Definition<H, S, O, B, T>,
): Operation<H, z.core.$InferObjectInput<S, Record<never, never>>, z.output<O>, B, T> {
  return { ...definition, input: z.strictObject(definition.input) };
}

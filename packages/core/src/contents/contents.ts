import * as z from "zod";
import type { Context } from "../context.ts";
import type { AnyOperation, Http, Operation } from "../operation.ts";
import { Moment } from "../schemas.ts";

/** Bytes that an operation answers with: those of a blob, or some that were made for this answer. */
export interface Contents {
  /** SHA-256 of all of them, in hex. */
  readonly hash: string;
  /** How many there are. */
  readonly size: number;
  readonly contentType: string;
  readonly filename: string;
  /** Of the object whose they are, where it can be changed: with it, what was read is what `If-Match` asks for. */
  readonly version?: number | undefined;
  /** Until when they may be fetched, where that is settled already. */
  readonly until?: Date;
  readonly source: { readonly key: string } | { readonly bytes: Uint8Array<ArrayBuffer> };
}

/** Where bytes can be fetched for a short while, by whoever has the address. */
export const ContentsLink = z
  .object({
    url: z.string().meta({ description: "The address, beneath that of the server, or a `data:` one of few bytes" }),
    expiresAt: Moment.meta({ description: "Until when the address is good" }),
    contentType: z.string(),
    size: z.int().meta({ description: "In bytes" }),
    filename: z.string(),
  })
  .meta({ id: "ContentsLink", description: "Where bytes can be fetched for a short while, and what they are" });

type ParameterOf<H> = H extends `${string}{${infer P}}${infer Rest}` ? P | ParameterOf<Rest> : never;

interface ContentsDefinition<H extends Http, S extends z.core.$ZodLooseShape>
  extends Omit<Operation<H>, "input" | "output" | "bytes" | "stream" | "contents" | "created" | "run" | "types"> {
  readonly input: S;
  run(context: Context, input: z.core.$InferObjectOutput<S, Record<never, never>>): Promise<Contents>;
}

/** Defines an operation that answers with bytes. See `operation`. */
export function contentsOperation<
  const H extends `GET ${string}` & Http,
  S extends z.core.$ZodLooseShape & Record<ParameterOf<H>, z.core.$ZodType>,
>(
  definition: ContentsDefinition<H, S>,
): Operation<
  H,
  z.core.$InferObjectInput<S, Record<never, never>>,
  z.output<typeof ContentsLink>,
  undefined,
  undefined
> {
  return { ...definition, input: z.strictObject(definition.input), output: ContentsLink, contents: true };
}

/** What `execute` has answered for an operation that says `contents`. */
export function contentsOf(operation: AnyOperation, output: unknown): Contents {
  if (!operation.contents || !isContents(output)) throw new TypeError("The operation has not answered with contents");
  return output;
}

const isContents = (value: unknown): value is Contents =>
  typeof value === "object" && value !== null && "hash" in value && "source" in value && "contentType" in value;

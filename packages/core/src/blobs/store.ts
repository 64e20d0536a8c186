import type { Context, Step, Trail } from "../context.ts";
import { isStewardError, type StewardError } from "../errors.ts";
import type { IncomingBytes } from "../ports.ts";
import { last } from "../records.ts";
import type { Read } from "../statement.ts";
import { blobOf, keyThatCounts } from "./rows.ts";
import { type Sample, Sampler } from "./sample.ts";

/** Bytes that lie in the store, and that no row names yet. */
export interface StoredBytes {
  readonly key: string;
  /** SHA-256, in hex. */
  readonly hash: string;
  /** How many there are. */
  readonly size: number;
  readonly sample: Sample;
}

/** How many bytes may come, and with which error more are refused. */
export interface Bound {
  readonly most: number;
  readonly tooLarge: StewardError;
}

/**
 * Puts bytes into the store as they come, under a new key. More than may come are refused as soon as they are announced, or
 * else as soon as they are there; then, and when they break off, nothing is left.
 */
export async function storeBytes(
  ctx: Pick<Context, "blobs" | "sha256" | "newId" | "defer">,
  content: IncomingBytes,
  { most, tooLarge }: Bound,
): Promise<StoredBytes> {
  if ((content.length ?? 0) > most) throw tooLarge;
  const key = ctx.newId();
  const measure = new Measure(content.stream, ctx.sha256(), { most, tooLarge });
  try {
    await ctx.blobs.put(key, measure.body);
    return { key, ...(await measure.result()) };
  } catch (error) {
    ctx.defer(() => ctx.blobs.delete([key]));
    // A store may wrap what the bytes themselves have failed with.
    throw measure.failure ?? error;
  }
}

/** Bytes on their way into the store, of which is learnt what there is to know. */
class Measure {
  readonly body: ReadableStream<Uint8Array>;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #hash: ReturnType<Context["sha256"]>;
  readonly #bound: Bound;
  readonly #sampler = new Sampler();
  #size = 0;
  #over = false;
  #failure: unknown;

  constructor(stream: ReadableStream<Uint8Array>, hash: ReturnType<Context["sha256"]>, bound: Bound) {
    this.#reader = stream.getReader();
    this.#hash = hash;
    this.#bound = bound;
    this.body = new ReadableStream(
      {
        pull: async (controller) => {
          const bytes = await this.#next();
          if (bytes) controller.enqueue(bytes);
          else controller.close();
        },
        cancel: (reason) => this.#reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
  }

  /** What the bytes have failed with: undefined where they have not. */
  get failure(): unknown {
    return this.#failure;
  }

  async #next(): Promise<Uint8Array | null> {
    try {
      const { value } = await this.#reader.read();
      if (!value) {
        this.#over = true;
        return null;
      }
      this.#size += value.length;
      if (this.#size > this.#bound.most) throw this.#bound.tooLarge;
      this.#hash.update(value);
      this.#sampler.add(value);
      return value;
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  async result() {
    if (!this.#over) throw new Error("The store has not taken all of the bytes");
    return { hash: await this.#hash.digest(), size: this.#size, sample: this.#sampler.sample };
  }
}

/** What is done with stored bytes when they are committed. */
type Committing = Pick<Context, "blobs" | "defer" | "commit">;

/**
 * Commits rows that name stored bytes, and answers with the rows of the last step. Where the same bytes were there already, and
 * where nothing is committed, ours are deleted after the answer.
 */
export const commitBytes = <Row>(
  ctx: Committing,
  stored: StoredBytes,
  steps: readonly [...Step[], Read<Row>],
  trail: Trail,
): Promise<Row[]> => commitAllBytes(ctx, [stored], steps, trail);

/** {@link commitBytes}, for rows that name several bytes. */
export async function commitAllBytes<Row>(
  ctx: Committing,
  stored: readonly StoredBytes[],
  steps: readonly [...Step[], Read<Row>],
  trail: Trail,
): Promise<Row[]> {
  // As it is when a commit that the gate refuses ends the request here.
  let redundant = stored.map(({ key }) => key);
  ctx.defer(async () => {
    if (redundant.length > 0) await ctx.blobs.delete(redundant);
  });
  try {
    const before: readonly Step[] = [...stored.map(blobOf), ...stored.map(keyThatCounts)];
    const results = await ctx.commit([...before, ...steps], trail);
    const counting = new Set(results.slice(stored.length, before.length).map(keyIn));
    redundant = redundant.filter((key) => !counting.has(key));
    return last(results);
  } catch (error) {
    // Anything else may have broken off behind the commit: a row may name them, and if none does, a check finds them.
    if (!isStewardError(error)) redundant = [];
    throw error;
  }
}

/** Of the one row of a read of which no more is known here. */
function keyIn(rows: unknown): unknown {
  const row: unknown = Array.isArray(rows) ? rows[0] : undefined;
  return typeof row === "object" && row !== null && "key" in row ? row.key : undefined;
}

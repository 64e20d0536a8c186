import { fileURLToPath } from "node:url";
import type { Pictures } from "@steward/core";
import { StewardError } from "@steward/core/errors";
import type { Piscina } from "piscina";
import type { Made } from "./picture-thread.ts";
import { execArgv } from "./thread.ts";
import { heardError } from "./told-errors.ts";

export interface ThreadedPicturesOptions {
  /** Milliseconds until a picture must be made, its turn waited for. */
  readonly deadline?: number;
  /** How many wait for their turn, at most. */
  readonly queue?: number;
}

export interface ThreadedPictures extends Pictures {
  /** Ends what is being made, and the thread. */
  close(): Promise<void>;
}

/** Milliseconds after which a thread that has nothing to do is ended, which gives its memory back. */
const idleTimeout = 30_000;

const tooMany = (cause: unknown) =>
  new StewardError("rate_limited", {
    message: "Too many pictures are being made: wait, then try again",
    retryAfter: 10,
    cause,
  });
const tooSlow = (deadline: number, cause: unknown) =>
  new StewardError("validation_failed", {
    details: [
      { path: "content", message: `It was not made within ${deadline / 1000} seconds: send a smaller or simpler one` },
    ],
    cause,
  });

/**
 * Pictures in a thread beside the one that answers requests, one after the other: to decode a large one takes seconds. The
 * thread begins with the first picture; one that takes too long has it ended, and the next one gets another.
 */
export function threadedPictures({ deadline = 60_000, queue = 100 }: ThreadedPicturesOptions = {}): ThreadedPictures {
  let opened: Promise<Piscina> | undefined;
  const open = async () => {
    const { Piscina } = await import("piscina");
    const filename = fileURLToPath(new URL("./picture-thread.ts", import.meta.url));
    return new Piscina({ filename, execArgv, minThreads: 0, maxThreads: 1, maxQueue: queue, idleTimeout });
  };

  async function ask<Value>(name: keyof Pictures, given: readonly unknown[]): Promise<Value> {
    opened ??= open();
    const pool = await opened;
    if (pool.queueSize >= queue) throw tooMany(undefined);
    const signal = AbortSignal.timeout(deadline);
    const made: Made<Value> = await pool.run(given, { name, signal }).catch((error: unknown) => {
      throw signal.aborted ? tooSlow(deadline, error) : error;
    });
    if ("error" in made) throw heardError(made.error);
    return made.value;
  }

  return {
    cleanSvg: (...given: Parameters<Pictures["cleanSvg"]>) => ask("cleanSvg", given),
    reencode: (...given: Parameters<Pictures["reencode"]>) => ask("reencode", given),
    ico: (...given: Parameters<Pictures["ico"]>) => ask("ico", given),
    async close() {
      await (await opened)?.destroy();
    },
  };
}

import { fileURLToPath } from "node:url";
import { type Log, logCause, type Pictures, StewardError } from "@steward/core";
import { Piscina } from "piscina";
import type { Made } from "./picture-thread.ts";
import { execArgv } from "./thread.ts";
import { heardError } from "./told-errors.ts";
import { Turns } from "./turns.ts";

export interface ThreadedPicturesOptions {
  readonly log: Log;
  /** Milliseconds that one may take to be made, and as many that it may wait for its turn. */
  readonly deadline?: number;
  /** How many wait for their turn at most, beside the one that has it. */
  readonly mostWaiting?: number;
}

export interface ThreadedPictures extends Pictures {
  /** Ends what is being made, and the thread. */
  close(): Promise<void>;
}

/** Milliseconds after which a thread that has nothing to do is ended, which gives its memory back. */
const idleTimeout = 30_000;

const tooMany = () =>
  new StewardError("rate_limited", {
    message: "Too many pictures are being made: wait, then try again",
    retryAfter: 10,
  });
const tooSlow = (deadline: number) =>
  new StewardError("validation_failed", {
    details: [
      { path: "content", message: `It was not made within ${deadline / 1000} seconds: send a smaller or simpler one` },
    ],
  });
const closing = () => new StewardError("internal", { cause: new Error("The server is shutting down") });

const filename = fileURLToPath(new URL("./picture-thread.ts", import.meta.url));

/**
 * Pictures in a thread beside the one that answers requests, one after the other: to decode a large one takes seconds. The
 * thread begins with the first picture; one that takes too long has it ended, and the next one gets another.
 */
export function threadedPictures({
  log,
  deadline = 60_000,
  mostWaiting = 100,
}: ThreadedPicturesOptions): ThreadedPictures {
  // It has one picture at a time, for those that wait in it would wait on when the thread is ended.
  const pool = new Piscina({ filename, execArgv, minThreads: 0, maxThreads: 1, idleTimeout });
  pool.on("error", (cause) =>
    logCause(log, new StewardError("internal", { cause }), { doing: "making pictures in a thread" }),
  );
  const turns = new Turns(1);
  let waiting = 0;
  let closed = false;

  async function make<Value>(name: keyof Pictures, given: readonly unknown[]): Promise<Made<Value>> {
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), deadline);
    const { promise: broken, reject } = Promise.withResolvers<never>();
    // A thread that does not even begin says so here alone.
    pool.once("error", reject);
    try {
      return await Promise.race([pool.run(given, { name, signal: over.signal }), broken]);
    } catch (error) {
      if (closed) throw closing();
      throw over.signal.aborted ? tooSlow(deadline) : error;
    } finally {
      clearTimeout(timer);
      pool.off("error", reject);
      over.abort();
    }
  }

  async function ask<Value>(name: keyof Pictures, given: readonly unknown[]): Promise<Value> {
    if (waiting > mostWaiting) throw tooMany();
    const began = performance.now();
    waiting++;
    const leave = await turns.take();
    waiting--;
    try {
      if (closed) throw closing();
      if (performance.now() - began > deadline) throw tooMany();
      const made = await make<Value>(name, given);
      if ("error" in made) throw heardError(made.error);
      return made.value;
    } finally {
      leave();
    }
  }

  return {
    cleanSvg: (...given: Parameters<Pictures["cleanSvg"]>) => ask("cleanSvg", given),
    reencode: (...given: Parameters<Pictures["reencode"]>) => ask("reencode", given),
    ico: (...given: Parameters<Pictures["ico"]>) => ask("ico", given),
    async close() {
      closed = true;
      await pool.destroy();
    },
  };
}

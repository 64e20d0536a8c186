import { once } from "node:events";
import type { Transferable, Worker } from "node:worker_threads";
import {
  type HeavyWork,
  inlineHeavyWork,
  type Loaded,
  type Log,
  logCause,
  mostLoads,
  StewardError,
} from "@steward/core";
import type { Executor } from "@steward/db";
import type { Env } from "./env.ts";
import { handedOver } from "./handed-over.ts";
import type { Answered, Asked } from "./heavy-work-messages.ts";
import { startThread } from "./thread.ts";
import { heardError } from "./told-errors.ts";

export interface ThreadOptions {
  /** The database file. */
  readonly path: string;
  /** This thread's own, for what is quickly done. */
  readonly executor: Executor;
  readonly log: Log;
  /** What jobs find the store of blobs by; without it, none is done. */
  readonly env?: Env;
}

export interface ThreadedWork extends HeavyWork {
  /** Lets go of the background's work, ends what is still loading, and ends the thread. */
  close(): Promise<void>;
}

/** Milliseconds that the thread may take to end by itself. */
const patience = 2000;

/**
 * What the thread may hold. Young objects: a batch of rows and the text that it was read from are gone before the next but one
 * is read, and V8 would give them 192 MB, since a load makes garbage faster than anything else does.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 24 };

interface Call {
  /** The upload that it loads; null for the background's work. */
  readonly uploadId: string | null;
  resolve(loaded: Loaded | null): void;
  reject(error: StewardError): void;
}

/**
 * Heavy work in a thread beside the one that answers requests. A thread that dies fails what it was loading, and the next
 * call starts another.
 */
export function threadedWork({ path, executor, log, env }: ThreadOptions): ThreadedWork {
  const calls = new Map<number, Call>();
  const here = inlineHeavyWork({ executor, clock: { now: () => new Date() } });
  let thread: Worker | undefined;
  let number = 0;
  let closed = false;

  /** An `internal` with it, for what a thread throws may be of any name. */
  const logFailure = (cause: unknown, fields: Readonly<Record<string, unknown>>) =>
    logCause(log, new StewardError("internal", { cause }), fields);
  const ended = (message: string) => new StewardError("internal", { cause: new Error(message) });

  function answered(answer: Answered): void {
    const call = calls.get(answer.call);
    calls.delete(answer.call);
    if ("loaded" in answer) {
      call?.resolve(answer.loaded);
      return;
    }
    call?.reject(heardError(answer.error));
  }

  /** Whoever it was loading for is told, and the uploads say so too. */
  function died(worker: Worker, reason: string): void {
    if (thread !== worker) return;
    thread = undefined;
    for (const [call, { uploadId, resolve, reject }] of [...calls]) {
      calls.delete(call);
      if (uploadId === null) {
        // The next one goes on from there.
        resolve(null);
        continue;
      }
      reject(ended(reason));
      here.abandon(uploadId, reason).catch((cause) => logFailure(cause, { doing: "ending an upload", uploadId }));
    }
  }

  function start(): Worker {
    const worker = startThread("./heavy-work-thread.ts", {
      workerData: { path, env },
      resourceLimits,
    });
    worker.on("message", answered);
    worker.on("error", (cause) => logFailure(cause, { doing: "loading in a thread" }));
    worker.on("exit", () => died(worker, "The server's loading thread has ended: send the bytes again"));
    worker.unref();
    return worker;
  }

  function ask(
    uploadId: string | null,
    asked: (call: number) => Asked,
    transferred: readonly unknown[] = [],
  ): Promise<Loaded | null> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(ended("The server is shutting down"));
      const call = ++number;
      calls.set(call, { uploadId, resolve, reject });
      thread ??= start();
      thread.postMessage(asked(call), transferred.filter(isTransferable));
    });
  }

  return {
    get full() {
      return loadsOf(calls) >= mostLoads;
    },
    async load(order, body) {
      const bytes = handedOver(body, () => {
        const { uploadId } = order;
        here.abandon(uploadId, brokeOff).catch((cause) => logFailure(cause, { doing: "ending an upload", uploadId }));
      });
      const loaded = await ask(order.uploadId, (call) => ({ kind: "load", call, order, body: bytes }), [bytes]);
      if (!loaded) throw ended("The thread has answered with nothing");
      return loaded;
    },
    abandon: here.abandon,
    async tend() {
      if (!closed) await ask(null, (call) => ({ kind: "tend", call }));
    },
    async close() {
      closed = true;
      const worker = thread;
      if (!worker) return;
      const exit = once(worker, "exit");
      worker.postMessage({ kind: "close" } satisfies Asked);
      const timer = setTimeout(() => void worker.terminate(), patience);
      await exit;
      clearTimeout(timer);
    },
  };
}

const brokeOff = "The bytes broke off before their end: send them again";

/** The types of Node know only the stream that they call so themselves, which is the same. */
const isTransferable = (value: unknown): value is Transferable => value instanceof ReadableStream;

const loadsOf = (calls: ReadonlyMap<number, Call>): number =>
  [...calls.values()].filter(({ uploadId }) => uploadId !== null).length;

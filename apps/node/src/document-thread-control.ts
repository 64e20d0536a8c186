import type { Worker } from "node:worker_threads";
import type { DocumentFormat, DocumentPiece } from "@steward/core";
import { DocumentError } from "@steward/core/document-error";
import { type DocumentLimits, megabytes } from "@steward/documents";
import type { DocumentAnswered, DocumentAsked } from "./document-messages.ts";
import { startThread } from "./thread.ts";

/** What a thread may use for one document. */
export interface ThreadBounds {
  /** Milliseconds that whoever takes the pieces may have waited for them in all. */
  readonly deadline: number;
  /** Bytes, of the heap of JavaScript and of what lies outside it. */
  readonly memory: number;
}

/** Milliseconds between two looks at the memory: V8 answers also while the thread is busy. */
const lookEvery = 100;

/** Above what is looked for, so that V8 ends a thread only when it grows faster than it can be looked at. */
const heapOf = ({ memory }: ThreadBounds) => ({
  maxOldGenerationSizeMb: Math.ceil((memory / 2 ** 20) * 1.5),
  maxYoungGenerationSizeMb: 32,
  stackSizeMb: 4,
});

type Answer = Exclude<DocumentAnswered, { kind: "ready" }>;

/** A thread that reads one document at a time, from the side of whoever takes the pieces. */
export class DocumentThread {
  readonly #worker: Worker;
  readonly #bounds: ThreadBounds;
  readonly #answers: Answer[] = [];
  #notify: (() => void) | undefined;
  /** Why there is no thread any more. */
  #ended: Error | undefined;
  /** Resolves when it has started, or ended before. */
  readonly #started: Promise<unknown>;
  #hasStarted = false;
  #isReading = false;
  #left = 0;
  /** How many it has read, or has begun to. */
  documents = 0;
  /** When it ended the last one, in milliseconds since 1970. */
  idleSince = 0;

  constructor(bounds: ThreadBounds) {
    this.#bounds = bounds;
    this.#worker = startThread("./document-thread.ts", { resourceLimits: heapOf(bounds) });
    const started = Promise.withResolvers<void>();
    this.#started = started.promise;
    this.#worker.on("message", (answered: DocumentAnswered) => {
      if (answered.kind === "ready") {
        this.#hasStarted = true;
        return started.resolve();
      }
      this.#answers.push(answered);
      this.#notify?.();
    });
    this.#worker.on("error", (error) => this.#die(this.#reasonOf(error)));
    this.#worker.on("exit", () => {
      this.#die(this.#reasonOf(undefined));
      started.resolve();
    });
    this.#worker.unref();
  }

  /** Whether it can read another one. */
  get isReady(): boolean {
    return !this.#isReading && this.#ended === undefined;
  }

  async *read(
    format: DocumentFormat,
    bytes: Uint8Array<ArrayBuffer>,
    limits: DocumentLimits,
  ): AsyncGenerator<DocumentPiece, void> {
    this.documents++;
    this.#isReading = true;
    this.#worker.ref();
    await this.#started;
    this.#left = this.#bounds.deadline;
    const looking = setInterval(() => void this.#lookAtMemory(), lookEvery);
    try {
      this.#ask({ kind: "read", format, bytes, limits }, [bytes.buffer]);
      for (;;) {
        const answered = await this.#next();
        if (answered.kind === "piece") {
          this.#ask({ kind: "more" });
          yield answered.piece;
          continue;
        }
        this.#isReading = false;
        this.idleSince = Date.now();
        if (answered.kind === "end") return;
        throw new DocumentError(answered.outcome, answered.message);
      }
    } finally {
      clearInterval(looking);
      this.#worker.unref();
    }
  }

  /** What it is reading is not read, for no reason that lies in it: it may be read again. */
  async end(): Promise<void> {
    this.#die(new Error("The thread that reads documents was ended"));
    await this.#worker.terminate();
  }

  #ask(asked: DocumentAsked, handedOver: ArrayBuffer[] = []): void {
    this.#worker.postMessage(asked, handedOver);
  }

  /** The next answer; throws why there will be none. */
  async #next(): Promise<Answer> {
    const began = Date.now();
    while (this.#answers.length === 0 && this.#ended === undefined) await this.#news(this.#left - (Date.now() - began));
    this.#left -= Date.now() - began;
    const answered = this.#answers.shift();
    if (answered) return answered;
    throw this.#ended ?? this.#reasonOf(undefined);
  }

  /** Resolves when there is something new, and ends the thread when it takes longer than so many milliseconds. */
  #news(patience: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#kill(this.#tookTooLong()), Math.max(0, patience));
      this.#notify = () => {
        clearTimeout(timer);
        this.#notify = undefined;
        resolve();
      };
    });
  }

  /** A thread that did not even start says nothing of a document: then it may be read again. */
  #reasonOf(error: unknown): Error {
    if (isOutOfMemory(error)) return this.#tooMuchMemory();
    const message = "The document could not be read: what read it broke down";
    return this.#hasStarted
      ? new DocumentError("failed", message, { cause: error })
      : new Error(message, { cause: error });
  }

  async #lookAtMemory(): Promise<void> {
    if (this.#ended) return;
    // It rejects where the thread has just ended, which is told elsewhere.
    const statistics = await this.#worker.getHeapStatistics().catch(() => undefined);
    if (!statistics || !this.#isReading) return;
    const used = statistics.used_heap_size + statistics.external_memory + statistics.malloced_memory;
    if (used > this.#bounds.memory) this.#kill(this.#tooMuchMemory());
  }

  #kill(reason: DocumentError): void {
    this.#die(reason);
    void this.#worker.terminate();
  }

  #die(reason: Error): void {
    this.#ended ??= reason;
    this.#notify?.();
  }

  #tookTooLong(): DocumentError {
    const seconds = Math.round(this.#bounds.deadline / 1000);
    return new DocumentError(
      "failed",
      `The document was not read within ${seconds} seconds: split it, or make it simpler`,
    );
  }

  #tooMuchMemory(): DocumentError {
    const most = megabytes(this.#bounds.memory);
    return new DocumentError("failed", `The document needs more than ${most} of memory to be read: split it`);
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";

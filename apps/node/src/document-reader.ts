import type { DocumentFormat, DocumentPiece, DocumentReader } from "@steward/core";
import { type DocumentLimits, roomyLimits, wholeBody } from "@steward/documents";
import { DocumentThread, type ThreadBounds } from "./document-thread-control.ts";
import { Turns } from "./turns.ts";

export interface ThreadedDocumentsOptions extends Partial<ThreadBounds> {
  readonly limits?: DocumentLimits;
  /** How many documents are read at the same time; others wait for their turn. */
  readonly threads?: number;
}

export interface ThreadedDocuments extends DocumentReader {
  /** Ends what is being read, and the threads. */
  close(): Promise<void>;
}

/** Milliseconds after which a thread that has nothing to read is ended, which gives its memory back. */
const idleFor = 30_000;
/** So many documents are read by one thread, and then by another: nothing that one leaves behind lasts. */
const mostDocuments = 50;

const usualBounds: ThreadBounds = { deadline: 120_000, memory: 768 * 2 ** 20 };

/**
 * Reads documents in threads beside the one that asks. A document that takes too long or needs too much memory has its thread
 * ended, and fails; the next one gets another.
 */
export function threadedDocuments({
  limits = roomyLimits,
  threads = 1,
  ...given
}: ThreadedDocumentsOptions = {}): ThreadedDocuments {
  const bounds = { ...usualBounds, ...given };
  const turns = new Turns(threads);
  const idle: DocumentThread[] = [];
  const all = new Set<DocumentThread>();
  let closed = false;

  function begin(): DocumentThread {
    const thread = idle.pop() ?? new DocumentThread(bounds);
    all.add(thread);
    return thread;
  }

  async function end(thread: DocumentThread): Promise<void> {
    all.delete(thread);
    await thread.end();
  }

  /** Keeps a thread that has read to the end for the next document. */
  async function finish(thread: DocumentThread): Promise<void> {
    if (closed || !thread.isReady || thread.documents >= mostDocuments) return end(thread);
    idle.push(thread);
    setTimeout(() => {
      const at = idle.indexOf(thread);
      if (at !== -1 && thread.idleSince + idleFor <= Date.now()) {
        idle.splice(at, 1);
        void end(thread);
      }
    }, idleFor).unref();
  }

  async function* read(format: DocumentFormat, body: ReadableStream<Uint8Array>): AsyncGenerator<DocumentPiece, void> {
    const release = await turns.take();
    try {
      if (closed) throw new Error("The server is shutting down");
      const bytes = await wholeBody(body, limits.bytes);
      const thread = begin();
      try {
        yield* thread.read(format, bytes, limits);
      } finally {
        await finish(thread);
      }
    } finally {
      release();
    }
  }

  return {
    read,
    async close() {
      closed = true;
      await Promise.all([...all].map(end));
    },
  };
}

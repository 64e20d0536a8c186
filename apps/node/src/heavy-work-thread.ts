import { parentPort, workerData } from "node:worker_threads";
import { nativeSha256 } from "@steward/blobs/native-sha256";
import { inlineHeavyWork, type Loaded } from "@steward/core/heavy-work";
import { embeddedExecutor } from "@steward/db/node";
import { timeOrderedIds } from "@steward/server/ids";
import { openBlobs } from "./blobs.ts";
import { threadedDocuments } from "./document-reader.ts";
import type { Env } from "./env.ts";
import type { Answered, Asked } from "./heavy-work-messages.ts";
import { tellError } from "./told-errors.ts";

/** Loads and tends in a thread of its own, over a connection of its own to the same file. */
const { path, env }: { readonly path: string; readonly env: Env | undefined } = workerData;
const executor = embeddedExecutor(path);
const closing = new AbortController();
const clock = { now: () => new Date() };
const documents = threadedDocuments();
const ids = timeOrderedIds(clock);
const reading = env && { documents, blobs: openBlobs(env), sha256: nativeSha256, newId: () => ids.next() };
const work = inlineHeavyWork({ executor, clock, reading, signal: closing.signal });

function answer(call: number, doing: Promise<Loaded | null>): void {
  const tell = (answered: Answered) => parentPort?.postMessage(answered);
  doing.then(
    (loaded) => tell({ call, loaded }),
    (error) => tell({ call, error: tellError(error) }),
  );
}

parentPort?.on("message", (asked: Asked) => {
  if (asked.kind === "load") return answer(asked.call, work.load(asked.order, asked.body));
  if (asked.kind === "tend")
    return answer(
      asked.call,
      work.tend().then(() => null),
    );
  closing.abort();
  // What it was in the middle of is a piece of some milliseconds.
  void work.tend().then(async () => {
    await documents.close();
    executor.close();
    parentPort?.close();
  });
});

import { parentPort } from "node:worker_threads";
import type { DocumentPiece } from "@steward/core";
import { isDocumentError } from "@steward/core/document-error";
import { readBytes } from "@steward/documents";
import { type DocumentAnswered, type DocumentAsked, piecesAhead } from "./document-messages.ts";

/** Reads one document at a time, in a thread that can be ended in the middle of it. */
let allowed = 0;
let allow: (() => void) | undefined;

const answer = (answered: DocumentAnswered): void => parentPort?.postMessage(answered);

/** Resolves when another piece may be on its way. */
async function allowance(): Promise<void> {
  if (allowed === 0) {
    await new Promise<void>((resolve) => {
      allow = resolve;
    });
  }
  allowed--;
}

async function handOut(pieces: AsyncIterable<DocumentPiece>): Promise<void> {
  try {
    for await (const piece of pieces) {
      await allowance();
      answer({ kind: "piece", piece });
    }
    answer({ kind: "end" });
  } catch (error) {
    if (!isDocumentError(error)) throw error;
    answer({ kind: "refused", outcome: error.outcome, message: error.message });
  }
}

parentPort?.on("message", (asked: DocumentAsked) => {
  if (asked.kind === "more") {
    allowed++;
    allow?.();
    allow = undefined;
    return;
  }
  allowed = piecesAhead;
  void handOut(readBytes(asked.format, asked.bytes, asked.limits));
});

answer({ kind: "ready" });

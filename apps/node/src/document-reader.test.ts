import { monitorEventLoopDelay } from "node:perf_hooks";
import { isDocumentError } from "@steward/core";
import { check, corpus, pagesPdf, type Sample, take } from "@steward/documents/testing";
import { expect, onTestFinished, test } from "vitest";
import { type ThreadedDocumentsOptions, threadedDocuments } from "./document-reader.ts";

function reader(options?: ThreadedDocumentsOptions) {
  const documents = threadedDocuments(options);
  onTestFinished(() => documents.close());
  return documents;
}

const streamOf = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes]).stream();
const text = () => streamOf(new TextEncoder().encode("moonlight"));
/** It would take years. */
const endless = () => sample("pdf: forms that draw one another a billion times");

function sample(name: string): Sample {
  const found = corpus.find((one) => `${one.format}: ${one.name}` === name);
  if (!found) throw new Error(`There is no ${name}`);
  return found;
}

const some = [
  "pdf: three pages",
  "pdf: an image on three pages",
  "pdf: a password",
  "pdf: 10,000 pages",
  "pdf: an outline 10,000 deep",
  "pdf: dictionaries in dictionaries",
  "docx: an ordinary one",
  "docx: a billion laughs",
  "docx: images that are elsewhere",
  "xlsx: an ordinary one",
  "xlsx: a long text in many cells",
  "html: elements a million deep",
  "markdown: 200,000 headings",
  "text: a line of 15 MB",
];

test("what comes of a document is what comes of it without a thread", { timeout: 240_000 }, async () => {
  const documents = reader();
  for (const { format, bytes, comes } of some.map(sample)) {
    check(await take(documents.read(format, streamOf(await bytes()))), comes);
  }
});

test("a document that takes too long has failed, and the next one is read", { timeout: 60_000 }, async () => {
  const documents = reader({ deadline: 4000 });
  const { format, bytes } = endless();
  const began = Date.now();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const [{ error }, next] = await Promise.all([
    take(documents.read(format, streamOf(await bytes()))),
    take(documents.read("text", text())),
  ]);
  delay.disable();
  expect(error).toMatchObject({
    name: "DocumentError",
    outcome: "failed",
    message: "The document was not read within 4 seconds: split it, or make it simpler",
  });
  expect(Date.now() - began).toBeLessThan(20_000);
  expect(delay.percentile(90) / 1e6).toBeLessThan(50);
  expect(next).toMatchObject({ text: "moonlight", error: undefined });
});

test("a document that needs too much memory has failed, and the next one is read", { timeout: 60_000 }, async () => {
  const documents = reader({ memory: 96 * 2 ** 20 });
  const { format, bytes } = sample("pdf: contents that unpack to 100 MB");
  const { error } = await take(documents.read(format, streamOf(await bytes())));
  expect(error).toMatchObject({
    name: "DocumentError",
    outcome: "failed",
    message: "The document needs more than 96 MiB of memory to be read: split it",
  });
  expect(await take(documents.read("text", text()))).toMatchObject({ text: "moonlight", error: undefined });
});

test("whoever takes no more ends it, and one who is slow is waited for", { timeout: 60_000 }, async () => {
  const documents = reader({ deadline: 4000 });
  const bytes = await pagesPdf(60);
  let taken = 0;
  for await (const piece of documents.read("pdf", streamOf(Uint8Array.from(bytes)))) {
    if (piece.kind === "text" && ++taken === 5) break;
  }
  let pages = 0;
  for await (const piece of documents.read("pdf", streamOf(bytes))) {
    if (piece.kind !== "text") continue;
    pages++;
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
  expect({ taken, pages }).toEqual({ taken: 5, pages: 60 });
});

test("bytes that break off are no fault of the document", async () => {
  const lost = new Error("The store is gone");
  const stream = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(lost) });
  expect((await take(reader().read("text", stream))).error).toBe(lost);
});

test("closing ends what is being read, which is not said to have failed", { timeout: 60_000 }, async () => {
  const documents = reader();
  await take(documents.read("text", text()));
  const { format, bytes } = endless();
  const reading = take(documents.read(format, streamOf(await bytes())));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await documents.close();
  const { error } = await reading;
  expect(error).toBeInstanceOf(Error);
  expect(isDocumentError(error)).toBe(false);
});

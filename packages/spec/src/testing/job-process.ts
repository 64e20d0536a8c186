import { sha256OfPieces } from "@steward/auth";
import { fileSystemBlobs } from "@steward/blobs/node";
import { type DocumentReader, inlineHeavyWork } from "@steward/core";
import { embeddedExecutor } from "@steward/db/node";
import { timeOrderedIds } from "@steward/server/services";
import { plainReader } from "../plain-reader.ts";

/** Does all jobs that are due, so many milliseconds from now, says when it begins and when nothing is left, and waits to be killed. */
const [path = "", later = "0"] = process.argv.slice(2);
const clock = { now: () => new Date(Date.now() + Number(later)) };
const ids = timeOrderedIds(clock);

/** Slow enough that a kill finds it in the middle. */
const slowly: DocumentReader = {
  async *read(format, body) {
    for await (const piece of plainReader.read(format, body)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      yield piece;
    }
  },
};

const work = inlineHeavyWork({
  executor: embeddedExecutor(path),
  clock,
  reading: {
    documents: slowly,
    blobs: fileSystemBlobs(`${path}.blobs`),
    sha256: sha256OfPieces,
    newId: () => ids.next(),
  },
});
process.stdout.write("begun\n");
await work.tend();
process.stdout.write("done\n");
setInterval(() => undefined, 1000);

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileSystemBlobs } from "./file-system.ts";
import { specifyStore } from "./testing/specify-store.ts";

specifyStore("the file system", async () => {
  const folder = mkdtempSync(join(tmpdir(), "steward-blobs-"));
  return {
    store: fileSystemBlobs(join(folder, "blobs")),
    close: async () => rmSync(folder, { recursive: true }),
  };
});

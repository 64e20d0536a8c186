import type { DocumentReader } from "@steward/core";
import { type DocumentLimits, narrowLimits } from "./limits.ts";
import { readDocument } from "./reader.ts";

export { wholeBody } from "./body.ts";
export { type DocumentLimits, narrowLimits, roomyLimits } from "./limits.ts";
export { readBytes, readDocument } from "./reader.ts";
export { megabytes } from "./refusals.ts";

/** Reads documents where it is called: nothing ends it but its limits. */
export const inlineDocumentReader = (limits: DocumentLimits = narrowLimits): DocumentReader => ({
  read: (format, body) => readDocument(format, body, limits),
});

import { StewardError } from "@steward/core/errors";

/** What is no picture, or not one that is taken. The message says what to do. */
export const refused = (message: string, cause?: unknown): StewardError =>
  new StewardError("validation_failed", { details: [{ path: "content", message }], cause });

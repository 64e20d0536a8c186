/** Why a document was not read. `unsupported`: it never will be; `failed`: its bytes are not what they should be. */
export class DocumentError extends Error {
  override readonly name = "DocumentError";
  readonly outcome: "unsupported" | "failed";

  /** `message` is for people, in a sentence. */
  constructor(outcome: "unsupported" | "failed", message: string, options?: ErrorOptions) {
    super(message, options);
    this.outcome = outcome;
  }
}

export const isDocumentError = (error: unknown): error is DocumentError =>
  error instanceof Error && error.name === "DocumentError" && "outcome" in error;

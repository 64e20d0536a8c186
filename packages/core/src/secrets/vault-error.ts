/**
 * `unknown_key`: it was sealed with a key that is not among the vault's. `unreadable`: it has been changed, or the key of
 * that id is another one. `moved`: it belongs to another row, or to another tenant.
 */
export type VaultFailure = "unknown_key" | "unreadable" | "moved";

/** A vault cannot do what it was asked. The message is for whoever runs the server and holds no secret. */
export class VaultError extends Error {
  override readonly name = "VaultError";
  readonly code: VaultFailure;

  constructor(code: VaultFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const isVaultError = (error: unknown): error is VaultError =>
  error instanceof Error && error.name === "VaultError";

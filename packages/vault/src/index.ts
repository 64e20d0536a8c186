export { type EncryptionKey, jweVault } from "./jwe-vault.ts";

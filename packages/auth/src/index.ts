export { clearedSessionCookie, sessionCookie, sidFromCookies } from "./cookies.ts";
export { type PresentedCredential, readCredential } from "./credential.ts";
export { sha3Hex, sha256OfPieces } from "./digest.ts";
export { type OriginCheck, sameOrigin } from "./origin.ts";
export { scryptPasswords } from "./passwords.ts";
export { type DeriveKey, nativeScrypt, nobleScrypt, platformScrypt, type ScryptParameters } from "./scrypt.ts";
export { luciaSessions } from "./sessions.ts";
export { apiTokens } from "./tokens.ts";

import { createHash } from "node:crypto";
import type { Sha256 } from "@steward/core";

export function nativeSha256(): Sha256 {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), digest: async () => hash.digest("hex") };
}

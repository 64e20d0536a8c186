import { type BlobCheck, checkBlobs } from "@steward/core";
import type { Env } from "./env.ts";
import { Failure } from "./failure.ts";
import { withServices } from "./operator.ts";

/** `blobs check`. Fails where bytes are missing, and where something is to be mended and was not. */
export const checkStore = (env: Env, mend: boolean): Promise<void> =>
  withServices(env, async (services) => {
    const found = await checkBlobs(services, { mend });
    for (const line of report(found, mend)) console.log(line);
    if (found.missing.length > 0)
      throw new Failure("Bring the missing bytes back from a backup of the store, or upload the same files again.");
    if (!mend && (found.orphans.length > 0 || found.miscounted > 0))
      throw new Failure("`steward blobs check --mend` puts that right.");
  });

/** Of each kind so many are named. */
const mostNamed = 20;

function* report({ sound, missing, orphans, orphanBytes, underWay, foreign, miscounted }: BlobCheck, mended: boolean) {
  yield `${count(sound, "blob")} sound, ${underWay} on their way.`;
  if (orphans.length > 0)
    yield `${count(orphans.length, "orphan")} (${orphanBytes} bytes) ${mended ? "removed" : "that no row names"}: ${listed(orphans)}`;
  if (miscounted > 0) yield `${count(miscounted, "count")} of uses ${mended ? "corrected" : "wrong"}.`;
  if (foreign.length > 0)
    yield `${count(foreign.length, "thing")} that Steward has not put there, left alone: ${listed(foreign)}`;
  if (missing.length > 0) yield `${count(missing.length, "blob")} MISSING:`;
  for (const { key, hash, filenames } of missing) yield `  ${key} sha256:${hash} ${filenames.join(", ")}`;
}

const count = (many: number, what: string) => `${many} ${what}${many === 1 ? "" : "s"}`;
const listed = (keys: readonly string[]) =>
  keys.slice(0, mostNamed).join(", ") + (keys.length > mostNamed ? ` and ${keys.length - mostNamed} more` : "");

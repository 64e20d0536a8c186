import { level, uploads as resource } from "../access.ts";
import { StewardError } from "../errors.ts";
import { operation } from "../operation.ts";
import { one, toUpload, Upload, uploadKey } from "./schema.ts";

/** Milliseconds between two looks at an upload: at one that only waits for its bytes, perhaps for a day, fewer do. */
const lookEvery = 500;
const lookAtWaitingEvery = 2000;
/** After so many looks at which nothing was new it is told all the same, so that a watcher knows that it is watched. */
const looksInSilence = 2;

export const watch = operation({
  http: "GET /uploads/{id}/events",
  rel: "inf:events",
  summary: "Watch an upload until it is over",
  description:
    "The upload, as `GET /uploads/{id}` answers it, whenever it has changed, and every second while it loads; the last one says how it ended.",
  needs: level(resource, 1, "read", "read"),
  input: uploadKey,
  output: Upload,
  stream: true,
  async *run(ctx) {
    let version = 0;
    for (let silent = 0; ; silent++) {
      const [row] = await ctx.read(one({}));
      if (!row) {
        // One that waited and was cancelled is gone.
        if (version > 0) return;
        throw new StewardError("not_found");
      }
      const isOver = row.finishedAt !== null;
      if (row.version !== version || (row.status === "loading" && silent >= looksInSilence)) {
        yield toUpload(isOver ? row : { ...row, rejected: [] });
        version = row.version;
        silent = 0;
      }
      // Nothing becomes of one that has waited too long, though it is remembered for a while.
      const isUnused = row.status === "waiting" || row.status === "stored";
      if (isOver || (isUnused && row.expiresAt <= ctx.now)) return;
      await pause(ctx.signal, isUnused ? lookAtWaitingEvery : lookEvery);
    }
  },
});

/** Until the next look, or until nobody looks any more. */
export const pause = (signal: AbortSignal, milliseconds: number) =>
  new Promise<void>((resolve) => {
    const goOn = () => {
      clearTimeout(timer);
      // The signal outlives this look, and thousands that follow it.
      signal.removeEventListener("abort", goOn);
      resolve();
    };
    const timer = setTimeout(goOn, milliseconds);
    signal.addEventListener("abort", goOn, { once: true });
  });

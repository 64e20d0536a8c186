import { StewardError, toStewardError } from "../../errors.ts";
import type { HeavyWork } from "../../ports.ts";
import { endUpload, type LoadingOptions, load } from "./load.ts";
import { openTending, type TendingOptions } from "./tend.ts";
import { openTurns } from "./turns.ts";

/** Heavy work where the request is answered: for a platform that has no other place, and for the place itself. */
export function inlineHeavyWork(options: Omit<LoadingOptions, "turns"> & TendingOptions): HeavyWork {
  const turns = openTurns();
  return {
    get full() {
      return turns.full;
    },
    async load(order, body) {
      try {
        return await load({ ...options, turns }, order, body);
      } catch (error) {
        throw toStewardError(error);
      }
    },
    abandon: (uploadId, reason) => endUpload(options, uploadId, new StewardError("conflict", { message: reason })),
    tend: openTending(options),
  };
}

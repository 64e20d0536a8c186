import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let gc: ((options: { readonly type: "major"; readonly execution: "async" }) => unknown) | undefined;

/**
 * Has what is unreachable collected, soon. For what holds memory that V8 does not see, and so does not collect before there are
 * hundreds of megabytes of it.
 */
export function collectSoon(): void {
  if (!gc) {
    setFlagsFromString("--expose-gc");
    gc = runInNewContext("gc");
  }
  gc?.({ type: "major", execution: "async" });
}

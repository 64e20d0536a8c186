import { mostAtOnce, mostLoads } from "./order.ts";

/** Turns, in the order in which they were asked for. */
export interface Turns {
  /** Resolves with what ends the turn. Rejects with the signal's reason when that comes first. */
  take(signal: AbortSignal): Promise<() => void>;
  readonly full: boolean;
}

export function openTurns(): Turns {
  let taken = 0;
  const waiting = new Set<() => void>();
  const leave = () => {
    taken--;
    const [next] = waiting;
    next?.();
  };
  return {
    get full() {
      return taken + waiting.size >= mostLoads;
    },
    take: (signal) =>
      new Promise((resolve, reject) => {
        const begin = () => {
          waiting.delete(begin);
          taken++;
          resolve(leave);
        };
        if (signal.aborted) return reject(signal.reason);
        if (taken < mostAtOnce) return begin();
        waiting.add(begin);
        signal.addEventListener("abort", () => {
          if (waiting.delete(begin)) reject(signal.reason);
        });
      }),
  };
}

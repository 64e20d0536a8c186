import { readFileSync } from "node:fs";

/** The value below which this share of all lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds that each of one request after another takes, with a pause between, until told to stop. */
export async function probe(ask: () => Promise<Response>, until: () => boolean): Promise<number[]> {
  const took: number[] = [];
  while (!until()) {
    const began = performance.now();
    const response = await ask();
    await response.arrayBuffer();
    took.push(performance.now() - began);
    if (!response.ok) throw new Error(`A probe was answered ${response.status}`);
    await pause(5);
  }
  return took;
}

/** Megabytes that a process holds in memory. */
export function residentMegabytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

/** Watches a process while something is done: the most that it held. */
export async function peakOf<T>(
  pid: number,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly megabytes: number }> {
  let most = residentMegabytes(pid);
  const watching = setInterval(() => {
    most = Math.max(most, residentMegabytes(pid));
  }, 20);
  try {
    return { value: await work(), megabytes: most };
  } finally {
    clearInterval(watching);
  }
}

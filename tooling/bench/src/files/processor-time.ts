import { readFileSync } from "node:fs";

/** Of Linux, for every processor. */
const ticksOfSecond = 100;

/** Milliseconds for which a process was on a processor since it began, all its threads together. */
export function processorTime(pid: number): number {
  // Behind the name, which may hold anything: the 14th and the 15th field of all.
  const [, behind = ""] = /\) (.*)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
  const fields = behind.split(" ");
  return ((Number(fields[11]) + Number(fields[12])) / ticksOfSecond) * 1000;
}

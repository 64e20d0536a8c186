import { Worker, type WorkerOptions } from "node:worker_threads";

/** With which a thread loads its script as fast as the server itself is loaded. */
export const execArgv = ["--import", new URL("./loading.ts", import.meta.url).href];

/** A thread that runs a script of this folder. */
export const startThread = (script: string, options: Omit<WorkerOptions, "execArgv">): Worker =>
  new Worker(new URL(script, import.meta.url), { ...options, execArgv });

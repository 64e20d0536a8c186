import { Worker, type WorkerOptions } from "node:worker_threads";

const loading = new URL("./loading.ts", import.meta.url).href;

/** A thread that runs a script of this folder, and loads it as fast as the server itself is. */
export const startThread = (script: string, options: Omit<WorkerOptions, "execArgv">): Worker =>
  new Worker(new URL(script, import.meta.url), { ...options, execArgv: ["--import", loading] });

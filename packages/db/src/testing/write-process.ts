import { monitorEventLoopDelay } from "node:perf_hooks";
import Database from "libsql";
import { embeddedExecutor } from "../embedded.ts";
import type { Statement } from "../executor.ts";

export interface WriteReport {
  readonly longestNativeCall: number;
  readonly longestBatch: number;
  readonly eventLoopDelay: number;
  readonly elapsed: number;
}

let longestNativeCall = 0;

/** Measures every native call that may touch the file: the event loop stands still for exactly as long. */
function measure(prototype: object, names: readonly string[]): void {
  const methods = prototype as Record<string, (...args: unknown[]) => unknown>;
  for (const name of names) {
    const original = methods[name];
    if (!original) throw new Error(`The driver has no ${name}`);
    methods[name] = function measured(...args) {
      const start = performance.now();
      try {
        return original.apply(this, args);
      } finally {
        longestNativeCall = Math.max(longestNativeCall, performance.now() - start);
      }
    };
  }
}

const touch: Statement = { sql: "update counters set value = value + 1 where id = 1", args: [] };
const write = (id: string): Statement => ({
  sql: "insert into log (id, note) values (?, ?)",
  args: [id, "n".repeat(200)],
});

function mixedBatch(id: string, index: number): Statement[] {
  switch (index % 4) {
    case 0:
      return [touch, write(id)];
    case 1:
      return [
        { sql: "select max(value) from counters", args: [] },
        { ...touch, sql: `${touch.sql} returning value` },
        write(id),
      ];
    case 2:
      return [write(`${id} gone`), touch, { sql: "delete from log where id = ?", args: [`${id} gone`] }, write(id)];
    default:
      return [
        { sql: "insert into counters values (1, 1) on conflict do update set value = value + 1", args: [] },
        write(id),
      ];
  }
}

const [path = "", name = "", batches = "0", startAt = "0"] = process.argv.slice(2);
const probe = new Database(":memory:");
measure(Object.getPrototypeOf(probe), ["exec", "prepare"]);
measure(Object.getPrototypeOf(probe.prepare("select 1")), ["run", "all"]);
const executor = embeddedExecutor(path);
while (Date.now() < Number(startAt));

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const started = performance.now();
let longestBatch = 0;
const writer = async (number: number): Promise<void> => {
  for (let index = 0; index < Number(batches); index++) {
    const start = performance.now();
    await executor.batch(mixedBatch(`${name} ${number} ${index}`, index), "write");
    longestBatch = Math.max(longestBatch, performance.now() - start);
  }
};
await Promise.all([0, 1, 2, 3].map(writer));
const elapsed = performance.now() - started;
delay.disable();
executor.close();
const report: WriteReport = { longestNativeCall, longestBatch, eventLoopDelay: delay.max / 1e6, elapsed };
console.log(JSON.stringify(report));

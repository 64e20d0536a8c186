import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { printTable } from "../report.ts";
import { type Server, startSteward } from "../servers.ts";
import { makeWorld, type World } from "../world.ts";
import { peakOf, probe, quantile, residentMegabytes } from "./probe.ts";
import { grouping, importWithSqlite3, requireSqlite3, timeWithSqlite3 } from "./sqlite3.ts";
import { makeTableFile, searches } from "./table-file.ts";

const rows = 1_000_000;

/** Who asks whom: one server, as its administrator. */
export interface Client {
  readonly url: string;
  readonly token: string;
}

export async function ask(client: Client, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${client.token}`, ...init.headers };
  const response = await fetch(client.url + path, { ...init, headers });
  if (!response.ok) throw new Error(`${init.method ?? "GET"} ${path}: ${response.status} ${await response.text()}`);
  return response;
}

export const send = (client: Client, path: string, body: object) =>
  ask(client, path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** Sends the file from a process of its own; rejects unless it has become the data, whole. */
export async function upload(client: Client, dataset: string, csv: string): Promise<number> {
  const script = fileURLToPath(new URL("./upload-process.ts", import.meta.url));
  const began = performance.now();
  const child = spawn(process.execPath, [script, `${client.url}/api/datasets/${dataset}/_upload`, client.token, csv], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += String(chunk);
  });
  const [code] = await once(child, "exit");
  const took = performance.now() - began;
  const read = code === 0 ? (JSON.parse(printed) as { rowsRead: number; rowsRejected: number }) : undefined;
  if (read?.rowsRead !== rows || read.rowsRejected !== 0) throw new Error(`The upload was not whole: ${printed}`);
  return took;
}

export async function createDataset(client: Client): Promise<string> {
  const made = (await (await send(client, "/api/datasets", { name: "Orders" })).json()) as { id: string };
  return made.id;
}

/** Waits for the full text, which follows the data. Milliseconds. */
async function indexed(client: Client, dataset: string): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { indexed: done } = (await (await ask(client, `/api/datasets/${dataset}`)).json()) as { indexed: boolean };
    if (done) return performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const rate = (milliseconds: number) => Math.round((rows / milliseconds) * 1000).toLocaleString("en");
const middle = (values: readonly number[]) => quantile(values, 0.5);

/** An upload by itself, as `.import` is. */
async function loading(server: Server, client: Client, csv: string) {
  const pid = server.process.pid ?? 0;
  const before = residentMegabytes(pid);
  const dataset = await createDataset(client);
  const { value: took, megabytes } = await peakOf(pid, () => upload(client, dataset, csv));
  return { dataset, took, above: megabytes - before };
}

/** What another upload means for somebody who reads meanwhile. */
async function meanwhile(server: Server, client: Client, world: World, csv: string) {
  const other = () => ask(client, `/api/assistants/${world.readable[0]}`);
  const began = performance.now();
  await probe(other, () => performance.now() - began > 1000); // So that both are measured warm.
  const start = performance.now();
  const idle = quantile(await probe(other, () => performance.now() - start > 4000), 0.99);
  let over = false;
  const others = probe(other, () => over);
  const { above } = await loading(server, client, csv);
  over = true;
  return { above, idle, busy: quantile(await others, 0.99) };
}

/** Follows `next` from the first page on. Answers with the addresses of the first and of the last that it came to. */
async function walk(client: Client, first: string, pages: number): Promise<string> {
  let address = first;
  for (let page = 1; page < pages; page++) {
    const { _links: links } = (await (await ask(client, address)).json()) as { _links: { next?: { href: string } } };
    if (!links.next) throw new Error(`There are only ${page} pages`);
    address = links.next.href;
  }
  return address;
}

async function times(count: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let index = 0; index < count; index++) {
    const began = performance.now();
    await work(index);
    took.push(performance.now() - began);
  }
  return took;
}

const whole = async (response: Promise<Response>) => (await response).arrayBuffer();

/** A million records through `_upload`, and what can be asked of them, against `sqlite3` with the same file. */
export async function printDatasets(folder: string, rounds: number): Promise<void> {
  const sqlite3 = requireSqlite3();
  const csv = join(folder, "orders.csv");
  const bare = join(folder, "orders-in-sqlite3.db");
  await makeTableFile(csv, rows);
  const path = join(folder, "datasets.db");
  if (existsSync(path)) rmSync(path);
  const world = await makeWorld(path, 1000);
  const server = await startSteward(path);
  const client = { url: server.url, token: world.callers.admin };
  const pid = server.process.pid ?? 0;
  try {
    const imports: number[] = [];
    const loads: Awaited<ReturnType<typeof loading>>[] = [];
    const indexing: number[] = [];
    for (let round = 0; round < rounds; round++) {
      imports.push(importWithSqlite3(bare, csv));
      const loaded = await loading(server, client, csv);
      loads.push(loaded);
      indexing.push(await indexed(client, loaded.dataset));
    }
    const took = middle(loads.map((load) => load.took));
    const others = await meanwhile(server, client, world, csv);
    const above = Math.max(others.above, ...loads.map((load) => load.above));
    printTable(
      `CSV of 1,000,000 x 12 through _upload, against sqlite3 ${sqlite3} .import (${rounds} rounds, medians)`,
      ["what", "figure"],
      [
        ["_upload, rows a second", rate(took)],
        ["sqlite3 .import, rows a second", rate(middle(imports))],
        ["ratio", (middle(imports) / took).toFixed(2)],
        ["memory above idle while it loads, the most of all, MB", above.toFixed(0)],
        ["others' p99, idle, ms", others.idle.toFixed(1)],
        ["others' p99 while it loads, ms", others.busy.toFixed(1)],
        ["times", (others.busy / others.idle).toFixed(1)],
        ["full text ready after, s", (middle(indexing) / 1000).toFixed(1)],
      ],
    );
    await printReading(client, pid, loads.at(-1)?.dataset ?? "", bare, rounds);
  } finally {
    await server.stop();
  }
}

const pageAt = 10_000;

async function printReading(client: Client, pid: number, dataset: string, bare: string, rounds: number): Promise<void> {
  const data = `/api/datasets/${dataset}/data`;
  const query = {
    groupBy: ["category", "status"],
    aggregates: [
      { function: "count", as: "orders" },
      { function: "sum", field: "quantity", as: "pieces" },
      { function: "avg", field: "price", as: "price" },
    ],
    limit: 1000,
  };
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds * 3; round++) {
    ours.push(...(await times(1, () => whole(send(client, `/api/datasets/${dataset}/_query`, query)))));
    theirs.push(timeWithSqlite3(bare, grouping));
  }
  const found = await times(400, (index) =>
    whole(ask(client, `${data}?limit=30&q=${encodeURIComponent(searches[(index * 31) % searches.length] ?? "")}`)),
  );
  const before = residentMegabytes(pid);
  const first = `${data}?limit=50`;
  const { value: last, megabytes } = await peakOf(pid, () => walk(client, first, pageAt));
  const [early, late]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < 200; turn++) {
    early.push(...(await times(1, () => whole(ask(client, first)))));
    late.push(...(await times(1, () => whole(ask(client, last)))));
  }
  printTable(
    "Asking 1,000,000 records",
    ["what", "ms", "against", "ms", "times"],
    [
      line("group by two of 12 fields, p50", middle(ours), "sqlite3 on a typed table", middle(theirs)),
      line(`page ${pageAt.toLocaleString("en")} of 50, p50`, middle(late), "page 1", middle(early)),
      ["q, p50", middle(found).toFixed(1), "", "", ""],
      ["q, p99", quantile(found, 0.99).toFixed(1), "", "", ""],
      [`memory above idle over ${pageAt.toLocaleString("en")} pages, MB`, (megabytes - before).toFixed(0), "", "", ""],
    ],
  );
}

const line = (what: string, ours: number, against: string, theirs: number) => [
  what,
  ours.toFixed(1),
  against,
  theirs.toFixed(1),
  (ours / theirs).toFixed(2),
];

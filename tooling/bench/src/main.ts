import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureChain } from "./chain.ts";
import { printDatasets } from "./datasets/measure.ts";
import { measureStorage, storageHeads } from "./datasets/storage.ts";
import { measureWorker } from "./datasets/worker.ts";
import { measureDrafts } from "./drafts.ts";
import { filesTables } from "./files/tables.ts";
import { load, type Measured } from "./load.ts";
import { printTable } from "./report.ts";
import { measureSearch, searchHeads } from "./search.ts";
import { type Server, startLimit, startSteward } from "./servers.ts";
import { measureSizes } from "./sizes.ts";
import { measureTrips } from "./trips.ts";
import { makeWorld, type World } from "./world.ts";

const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "4" },
    rounds: { type: "string", default: "3" },
    keep: { type: "string" },
    only: { type: "string" },
    small: { type: "boolean", default: false },
  },
});
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);
const folder = options.keep ?? mkdtempSync(join(tmpdir(), "steward-bench-"));
mkdirSync(folder, { recursive: true });

const median = (measured: readonly Measured[]): Measured =>
  [...measured].sort((one, other) => one.perSecond - other.perSecond)[Math.floor(measured.length / 2)] as Measured;

/** Both in turn, so that what else the machine does meets both; the median of the rounds. */
async function sideBySide(steward: () => Promise<Measured>, limit: () => Promise<Measured>) {
  const [ours, bare]: Measured[][] = [[], []];
  for (let round = 0; round < rounds; round++) {
    bare?.push(await limit());
    ours?.push(await steward());
  }
  return { steward: median(ours ?? []), limit: median(bare ?? []) };
}

const text = ({ perSecond, p50, p99 }: Measured) => [perSecond.toFixed(0), String(p50), String(p99)];

async function compare(world: World, steward: Server, limit: Server, size: string): Promise<string[][]> {
  const paths = world.readable.map((id) => `/api/assistants/${id}`);
  const token = world.callers.halfTeam;
  let made = 0;
  const post = () => ({ name: `Benchmark ${size} ${process.pid} ${made++}`, instructions: "Answer briefly." });
  const cases = {
    "GET one": { paths },
    "list 20": { paths: ["/api/assistants?limit=20"] },
    create: { paths: ["/api/assistants"], post },
  };
  const rows: string[][] = [];
  for (const [name, request] of Object.entries(cases)) {
    const measured = await sideBySide(
      () => load({ url: steward.url, token, seconds, ...request }),
      () => load({ url: limit.url, seconds, ...request }),
    );
    const ratio = (measured.steward.perSecond / measured.limit.perSecond).toFixed(2);
    rows.push([size, name, ...text(measured.steward), ...text(measured.limit), ratio]);
  }
  return rows;
}

const listCallers = ["member", "halfTeam", "admin"] as const;

async function listsOf(
  small: { world: World; server: Server },
  large: { world: World; server: Server },
): Promise<string[][]> {
  const rows: string[][] = [];
  for (const caller of listCallers) {
    const run = ({ world, server }: typeof small) =>
      load({ url: server.url, token: world.callers[caller], paths: ["/api/assistants?limit=20"], seconds });
    const { steward: many, limit: few } = await sideBySide(
      () => run(large),
      () => run(small),
    );
    rows.push([caller, ...text(few), ...text(many), (few.perSecond / many.perSecond).toFixed(2)]);
  }
  return rows;
}

async function open(assistants: number) {
  const world = await makeWorld(join(folder, `${assistants}.db`), assistants);
  await (await startSteward(world.path)).stop(); // So that the next start is a warm one.
  return { world, server: await startSteward(world.path) };
}

async function printServers(): Promise<void> {
  const small = await open(1000);
  const large = await open(100_000);
  try {
    // Before anything is created, which would give one caller more to see.
    const lists = await listsOf(small, large);
    const against: string[][] = [];
    for (const [size, { world, server }] of [
      ["1,000", small],
      ["100,000", large],
    ] as const) {
      const limit = await startLimit(world.path);
      against.push(...(await compare(world, server, limit, size)));
      await limit.stop();
    }
    printTable(
      "Steward (bearer token, gate, access check, audit) against the limit (bare Hono, prepared statement, no checks)",
      ["assistants", "request", "Steward/s", "p50 ms", "p99 ms", "limit/s", "p50 ms", "p99 ms", "ratio"],
      against,
    );
    printTable(
      "A list of 20 at 100,000 assistants against 1,000",
      ["caller", "at 1,000/s", "p50 ms", "p99 ms", "at 100,000/s", "p50 ms", "p99 ms", "times slower"],
      lists,
    );
    printTable(
      "Start to first answer, warm",
      ["database", "ms"],
      [
        ["1,000", small.server.startedIn.toFixed(0)],
        ["100,000", large.server.startedIn.toFixed(0)],
      ],
    );
  } finally {
    await small.server.stop();
    await large.server.stop();
  }
}

/** The parts of one table, each of which `--only` takes too. */
const files = filesTables(folder, options.small);

/** What is printed, in this order; `--only` takes the name of one. */
const tables: Readonly<Record<string, () => Promise<void>>> = {
  servers: printServers,
  search: async () =>
    printTable(
      "A search at 100,000 assistants for words that all others have, against words that none has",
      searchHeads,
      await measureSearch(join(folder, "100000.db")),
    ),
  drafts: async () =>
    printTable(
      "_edit and _commit (50 skills, 70 references, 20 secrets) against the same rows copied there and back by bare SQL",
      ["what", "p50 ms", "times"],
      await measureDrafts(),
    ),
  chain: async () =>
    printTable(
      "Creates with the chain of the audit trail, against without",
      ["with/s", "without/s", "ratio"],
      await measureChain(),
    ),
  storage: async () =>
    printTable("Ways to keep 1,000,000 records of 12 fields", storageHeads, await measureStorage(folder)),
  datasets: () => printDatasets(folder, rounds),
  files: async () => {
    for (const print of Object.values(files)) await print();
  },
  worker: async () =>
    printTable(
      "1,000,000 x 12 through the worker in workerd, into libSQL over HTTP",
      ["what", "figure"],
      await measureWorker(folder),
    ),
  trips: async () => printTable("Database trips", ["operation", "trips"], await measureTrips()),
  sizes: async () => printTable("Sizes", ["what", "figure"], await measureSizes()),
};
const wanted = options.only === undefined ? Object.values(tables) : [tables[options.only] ?? files[options.only]];

console.log(`Node ${process.version}; ${rounds} rounds of ${seconds} s, 10 connections; databases in ${folder}\n`);
for (const print of wanted) {
  if (!print) throw new Error(`--only takes one of ${Object.keys({ ...tables, ...files }).join(", ")}`);
  await print();
}
if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });

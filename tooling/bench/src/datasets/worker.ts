import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createReadStream, rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { startHranaServer } from "@steward/hrana";
import { createTestHarness } from "wrangler";
import { makeWorld } from "../world.ts";
import { makeTableFile } from "./table-file.ts";

const rows = 1_000_000;

/** The same million, through the worker in workerd, into a libSQL server over HTTP of this machine. */
export async function measureWorker(folder: string): Promise<string[][]> {
  const csv = join(folder, "orders.csv");
  await makeTableFile(csv, rows);
  const path = join(folder, "worker.db");
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
  const { callers } = await makeWorld(path, 1000);
  const server = await startHranaServer({ path });
  const pathOf = (name: string) => fileURLToPath(new URL(`../../../../apps/worker/${name}`, import.meta.url));
  execFileSync(process.execPath, [pathOf("src/build.ts")]);
  const configPath = pathOf("wrangler.jsonc");
  const vars = {
    DATABASE_URL: server.url,
    STEWARD_ENCRYPTION_KEYS: `1:${randomBytes(32).toString("base64")}`,
    LOG_LEVEL: "error",
  };
  const harness = createTestHarness({ workers: [{ configPath, vars }] });
  await harness.listen();
  try {
    const send = async (path: string, type: string, body: string | ReadableStream) => {
      const headers = { authorization: `Bearer ${callers.admin}`, "content-type": type };
      const response = await harness.fetch(path, { method: "POST", headers, body, duplex: "half" } as never);
      if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as { readonly id: string; readonly rowsRead: number; readonly rows: unknown[] };
    };
    const { id } = await send("/api/datasets", "application/json", JSON.stringify({ name: "Orders" }));
    const before = server.requests();
    const began = performance.now();
    const body = Readable.toWeb(createReadStream(csv)) as ReadableStream;
    const loaded = await send(`/api/datasets/${id}/_upload`, "text/csv", body);
    const took = performance.now() - began;
    if (loaded.rowsRead !== rows) throw new Error(`Only ${loaded.rowsRead} rows were read`);
    const query = { groupBy: ["category", "status"], aggregates: [{ function: "count", as: "orders" }], limit: 1000 };
    const asked = performance.now();
    await send(`/api/datasets/${id}/_query`, "application/json", JSON.stringify(query));
    return [
      ["_upload, rows a second", Math.round((rows / took) * 1000).toLocaleString("en")],
      ["requests to the database meanwhile", String(server.requests() - before)],
      ["group by two fields afterwards, ms", (performance.now() - asked).toFixed(0)],
    ];
  } finally {
    await harness.close();
    await server.close();
  }
}

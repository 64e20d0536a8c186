import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiTokens } from "@steward/auth";
import { type AnyOperation, type Caller, execute, inlineHeavyWork, operations, type Services } from "@steward/core";
import type { Executor } from "@steward/db";
import { openExecutor } from "@steward/db/node";
import { createServices } from "@steward/server/services";
import { makeWorld } from "./world.ts";

/** How often the usual operations go to the database, counted on real ones. */
export async function measureTrips(): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), "steward-trips-"));
  const path = join(folder, "trips.db");
  const { callers, readable } = await makeWorld(path, 400);
  const executor = openExecutor({ url: `file:${path}` });
  let trips = 0;
  const counting: Executor = {
    batch(statements, mode) {
      trips++;
      return executor.batch(statements, mode);
    },
  };
  const clock = { now: () => new Date() };
  // Uncounted: what a load writes beside the request's own trips.
  const heavyWork = inlineHeavyWork({ executor, clock });
  const log = { info() {}, error() {} };
  const services: Services = createServices({ executor: counting, heavyWork, log, keys: [] });
  const as = (token: string): Caller => ({
    credential: apiTokens().credential(token),
    address: null,
    defer: () => undefined,
  });

  const count = async (name: string, operation: AnyOperation, input: object, caller = as(callers.halfTeam)) => {
    trips = 0;
    const answer = await execute(services, caller, name, operation, input).catch((error: { code?: string }) => error);
    const refused = (answer as { code?: string } | undefined)?.code;
    return { row: [refused ? `${name} (${refused})` : name, String(trips)], answer };
  };

  const { assistants, datasets, drafts, knowledge, records, revisions, shares, skills, users } = operations;
  const made = await count("assistants.create", assistants.create, { name: "Trip" });
  const { id } = made.answer as { id: string };

  async function tripsOfDatasets(): Promise<string[][]> {
    const created = await count("datasets.create", datasets.create, { name: "Trip" });
    const dataset = created.answer as { id: string };
    const own = await count("assistants.create", assistants.create, { name: "Trip with data" });
    const assistant = own.answer as { id: string };
    const content = {
      stream: new Blob(["name,size\na,1\nb,2\n"]).stream(),
      length: null,
      type: "text/csv",
      name: null,
    };
    const uploaded = await count("datasets.upload (beside its batches)", datasets.upload, { id: dataset.id, content });
    const known = { id: assistant.id, datasetId: dataset.id };
    const knowing = await count("knowledge.create", knowledge.create, { ...known, filter: { name: "a" } });
    const skill = await count("skills.create", skills.create, { id: assistant.id, type: "dataset-query" });
    const run = { id: assistant.id, skillId: (skill.answer as { id: string }).id, input: { dataset: "Trip" } };
    return [
      created.row,
      uploaded.row,
      (await count("datasets.list", datasets.list, {})).row,
      (await count("records.list", records.list, { id: dataset.id, filter: { size: { $gt: 1 } } })).row,
      (await count("records.query", records.query, { id: dataset.id, groupBy: ["name"] })).row,
      (await count("records.add", records.add, { id: dataset.id, records: [{ name: "c", size: 3 }] })).row,
      knowing.row,
      (await count("knowledge.update", knowledge.update, { ...known, filter: { name: "b" } })).row,
      (await count("skills.run", skills.run, run)).row,
      (await count("knowledge.delete", knowledge.delete, known)).row,
    ];
  }

  const share = { id, principalId: "team:team7", accessLevel: 1 };
  const imported = { format: "steward.assistant/1", naturalId: "user11:imported", name: "Imported" };
  const rows = [
    (await count("assistants.get", assistants.get, { id: readable[0] })).row,
    (await count("assistants.get", assistants.get, { id: crypto.randomUUID() })).row,
    (await count("assistants.list", assistants.list, { limit: 20 })).row,
    (await count("assistants.listAll", assistants.listAll, {})).row,
    made.row,
    (await count("assistants.update", assistants.update, { id, name: "Trip 2", expectedVersion: 1 })).row,
    (await count("assistants.update", assistants.update, { id, name: "Trip 3", expectedVersion: 1 })).row,
    (await count("shares.set", shares.set, share)).row,
    (await count("skills.create", skills.create, { id, type: "code-execution" })).row,
    (await count("drafts.edit", drafts.edit, { id })).row,
    (await count("drafts.edit (there)", drafts.edit, { id })).row,
    (await count("drafts.diff", drafts.diff, { id })).row,
    (await count("drafts.commit", drafts.commit, { id })).row,
    (await count("revisions.restore", revisions.restore, { id, number: 1 })).row,
    (await count("assistants.copy", assistants.copy, { id })).row,
    (await count("assistants.import", assistants.import, { document: imported })).row,
    (await count("users.list", users.list, {}, as(callers.admin))).row,
    (await count("assistants.delete", assistants.delete, { id })).row,
  ];
  rows.push(...(await tripsOfDatasets()));
  const together = as(callers.halfTeam);
  trips = 0;
  await Promise.all(
    readable.slice(0, 10).map((one) => execute(services, together, "assistants.get", assistants.get, { id: one })),
  );
  rows.push([`a batch of ${Math.min(10, readable.length)} assistants.get`, String(trips)]);
  executor.close();
  rmSync(folder, { recursive: true, force: true });
  return rows;
}

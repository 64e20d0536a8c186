import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiTokens } from "@steward/auth";
import { type Caller, execute, operations } from "@steward/core";
import { DatabaseError, type Executor } from "@steward/db";
import { openExecutor } from "@steward/db/node";
import { createServices } from "@steward/server/services";
import { makeWorld } from "./world.ts";

const rounds = 15;
const creates = 100;

/** The same database, but without the function that seals: rows of the trail are then written without their hash. */
const withoutSha3 = (executor: Executor): Executor => ({
  async batch(statements, mode) {
    if (statements.some(({ sql }) => sql.includes("sha3(")))
      throw new DatabaseError("SQLITE_ERROR", "no such function: sha3");
    return executor.batch(statements, mode);
  },
});

const median = (values: number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** Creates a second with the chain of the audit trail, against without, in turn and on files of their own. */
export async function measureChain(): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), "steward-chain-"));
  const open = async (name: string, wrap: (executor: Executor) => Executor) => {
    const { path, callers } = await makeWorld(join(folder, `${name}.db`), 1000);
    const executor = openExecutor({ url: `file:${path}` });
    const services = createServices({ executor: wrap(executor), log: { info() {}, error() {} }, keys: [] });
    const credential = apiTokens().credential(callers.halfTeam);
    const caller = (): Caller => ({ credential, address: null, defer: () => undefined });
    const perSecond: number[] = [];
    const run = async (round: number) => {
      const began = performance.now();
      for (let index = 0; index < creates; index++) {
        const input = { name: `${name} ${round} ${index}`, instructions: "Answer briefly." };
        await execute(services, caller(), "assistants.create", operations.assistants.create, input);
      }
      perSecond.push((creates * 1000) / (performance.now() - began));
    };
    return { perSecond, run, close: () => executor.close() };
  };
  const sealed = await open("sealed", (executor) => executor);
  const unsealed = await open("unsealed", withoutSha3);
  for (let round = 0; round < rounds; round++) {
    await sealed.run(round);
    await unsealed.run(round);
  }
  sealed.close();
  unsealed.close();
  rmSync(folder, { recursive: true, force: true });
  const [ours, limit] = [median(sealed.perSecond), median(unsealed.perSecond)];
  return [[ours.toFixed(0), limit.toFixed(0), (ours / limit).toFixed(2)]];
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiTokens } from "@steward/auth";
import { type Caller, execute, operations } from "@steward/core";
import type { Executor, Statement } from "@steward/db";
import { openExecutor } from "@steward/db/node";
import { createServices } from "@steward/server/services";
import { makeWorld } from "./world.ts";

const rounds = 200;
/** Knowledge associations are not kept yet: references stand in for them. */
const counts = { skills: 50, assistant_references: 70, secrets: 20 } as const;

const statement = (sql: string, ...args: unknown[]): Statement => ({ sql, args });
const numbered = (count: number) =>
  `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;

/** An assistant with as many parts as the budget names. */
const fill = (id: string): Statement[] => [
  statement(
    `${numbered(counts.skills)} insert into skills (id, assistant_id, type, name, description, data, created_at, updated_at)
      select printf('s-${id}-%04d', i), ?, 'custom', 'Skill ' || i, 'Calls a service of ours, number ' || i,
        json_object('method', 'GET', 'url', 'https://api.example.com/v1/things/' || i, 'timeout', 10), 1, 1 from n`,
    id,
  ),
  statement(
    `${numbered(counts.assistant_references)} insert into assistant_references
        (id, assistant_id, target_type, target_id, description, created_at, updated_at)
      select printf('r-${id}-%04d', i), ?, 'url', 'https://example.com/pages/' || i, 'Page ' || i, 1, 1 from n`,
    id,
  ),
  statement(
    `${numbered(counts.secrets)} insert into secrets
        (id, assistant_id, lineage, name, ciphertext, key_id, allowed_hosts, value_changed_at, created_at, updated_at)
      select printf('x-${id}-%04d', i), ?, printf('x-${id}-%04d', i), 'SECRET_' || i, hex(randomblob(120)), 'bench',
        '["api.example.com"]', 1, 1, 1 from n`,
    id,
  ),
];

const columnsOf: Readonly<Record<keyof typeof counts, string>> = {
  skills: "type, name, description, enabled, data",
  assistant_references: "target_type, target_id, description",
  secrets: "lineage, name, description, ciphertext, key_id, allowed_hosts, value_changed_at",
};
const ownColumns =
  "owner_id, name, sort_name, description, instructions, welcome, suggestions, model_id, model_settings, data, created_at, updated_at";

const copyParts = (from: string, to: string): Statement[] =>
  (Object.keys(counts) as (keyof typeof counts)[]).map((table) =>
    statement(
      `insert into ${table} (id, assistant_id, created_at, updated_at, ${columnsOf[table]})
        select lower(hex(randomblob(16))), ?, created_at, updated_at, ${columnsOf[table]} from ${table} where assistant_id = ?`,
      to,
      from,
    ),
  );

/** The same rows there and back by bare SQL: no gate, no comparison, no revision, no audit. */
async function bare({ batch }: Executor, id: string, draft: string): Promise<void> {
  await batch(
    [
      statement(
        `insert into assistants (id, slug, editing_id, ${ownColumns}) select ?, slug || '-draft', id, ${ownColumns}
          from assistants where id = ?`,
        draft,
        id,
      ),
      ...copyParts(id, draft),
    ],
    "write",
  );
  await batch(
    [
      ...Object.keys(counts).map((table) => statement(`delete from ${table} where assistant_id = ?`, id)),
      ...copyParts(draft, id),
      statement(
        `update assistants set (name, instructions) = (select name, instructions from assistants where id = ?) where id = ?`,
        draft,
        id,
      ),
      statement("delete from assistants where id = ?", draft),
    ],
    "write",
  );
}

const median = (milliseconds: number[]): number =>
  [...milliseconds].sort((one, other) => one - other)[Math.floor(milliseconds.length / 2)] ?? 0;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** `_edit` and `_commit` of a large assistant against the same rows copied there and back by bare SQL, in turn. */
export async function measureDrafts(): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), "steward-drafts-"));
  const { path, callers, readable } = await makeWorld(join(folder, "drafts.db"), 1000);
  const executor = openExecutor({ url: `file:${path}` });
  const [own = "", other = ""] = readable;
  await executor.batch([own, other].flatMap(fill), "write");
  const services = createServices({ executor, log: { info() {}, error() {} }, keys: [] });
  const caller = (): Caller => ({
    credential: apiTokens().credential(callers.admin),
    address: null,
    defer: () => undefined,
  });
  const { drafts, skills, assistants } = operations;
  const ask = (name: string, operation: Parameters<typeof execute>[3], input: object) =>
    execute(services, caller(), name, operation, input) as Promise<{ id: string }>;
  const cases = { untouched: [] as number[], changed: [] as number[], bare: [] as number[] };
  const steward = async (change: boolean, round: number) => {
    let spent = 0;
    let draft = "";
    spent += await timed(async () => {
      draft = (await ask("drafts.edit", drafts.edit, { id: own })).id;
    });
    if (change) {
      await ask("assistants.update", assistants.update, { id: draft, instructions: `Edition ${round}` });
      const data = { languages: ["python"] };
      await ask("skills.create", skills.create, { id: draft, type: "code-execution", name: `New ${round}`, data });
    }
    spent += await timed(() => ask("drafts.commit", drafts.commit, { id: own }));
    if (change) await executor.batch([statement("delete from skills where name like 'New %'")], "write");
    return spent;
  };
  for (let round = 0; round < rounds; round++) {
    cases.bare.push(await timed(() => bare(executor, other, crypto.randomUUID())));
    cases.untouched.push(await steward(false, round));
    cases.changed.push(await steward(true, round));
  }
  executor.close();
  rmSync(folder, { recursive: true, force: true });
  const limit = median(cases.bare);
  return Object.entries(cases).map(([name, all]) => [name, median(all).toFixed(2), (median(all) / limit).toFixed(2)]);
}

import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { embeddedExecutor, migrate } from "@steward/db/node";
import { expect, onTestFinished, test } from "vitest";
import { expectDerivedTables } from "./derived.ts";
import { throughEveryDoor } from "./every-door.ts";
import type { World } from "./world.ts";

const named = (...slugs: string[]) => ({ items: slugs.map((slug) => ({ slug })), total: slugs.length });

async function shelf(world: World) {
  const ada = await world.user({ name: "ada" });
  const ben = await world.user({ name: "ben" });
  const make = (slug: string, name: string, description?: string, owner = ada) =>
    world.assistant({ owner, slug, name, ...(description && { description }) });
  const creme = await make("a", "Crème brûlée 2026", "Mu\u0308nchen; o'clock, ΑΣ-straße");
  const chinese = await make("b", "日本語 の アシスタント", "😀 x_y 100% (beta)");
  const hidden = await make("c", "Hidden crème", undefined, ben);
  return { ada, ben, creme, chinese, hidden };
}

throughEveryDoor("a search takes words as people write them", async ({ world, get }) => {
  const { ada } = await shelf(world);
  const finds: Record<string, string[]> = {
    creme: ["a"],
    CRÈME: ["a"],
    "cre\u0300me": ["a"],
    "brulee creme": ["a"],
    "creme brul": ["a"],
    "crem brulee": [],
    munchen: ["a"],
    München: ["a"],
    "o'clock": ["a"],
    "clock o": ["a"],
    ασ: ["a"],
    straße: ["a"],
    202: ["a"],
    "20 creme": [],
    日本: ["b"],
    本: [],
    "日本語 の": ["b"],
    "x y": ["b"],
    "x-y": ["b"],
    "100%": ["b"],
    "  (beta)  ": ["b"],
    '"': [],
    "😀": [],
    "-": [],
    "* ( ) : OR": [],
    hidden: [],
    "0xcreme": [],
    "1xcreme": [],
    a: ["a"],
  };
  for (const [q, slugs] of Object.entries(finds))
    expect(await get(ada, "assistants.list", { q }), q).toMatchObject(named(...slugs));
});

throughEveryDoor("a search never tells of drafts, instructions and what else is in none", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  const root = await world.user({ name: "root", superuser: true });
  const more = { instructions: "alpaca", welcome: "alpaca", suggestions: ["alpaca"], data: { alpaca: "alpaca" } };
  const { id } = await get(ada, "assistants.create", { name: "Plain", ...more });
  const draft = await get(ada, "drafts.edit", { id });
  await get(ada, "assistants.update", { id: draft.id, name: "Alpaca", description: "alpaca" });
  for (const as of [ada, root]) {
    expect(await get(as, "assistants.list", { q: "alpaca" })).toMatchObject(named());
    expect(await get(as, "assistants.list", { q: "draft" })).toMatchObject(named());
    expect(await get(as, "assistants.list", { q: "plain" })).toMatchObject(named("plain"));
  }
  await get(ada, "drafts.commit", { id });
  for (const as of [ada, root]) {
    expect(await get(as, "assistants.list", { q: "alpaca" })).toMatchObject({
      items: [{ id, name: "Alpaca" }],
      total: 1,
    });
  }
  await expectDerivedTables(world);
});

throughEveryDoor("a token of one assistant searches in that one", async ({ world, get }) => {
  const { ada, ben, creme } = await shelf(world);
  const root = await world.user({ name: "root", superuser: true });
  for (const owner of [ada, root]) {
    const token = await world.token(owner, { assistant: creme });
    const finds = { "2026 brul": 1, "brul 2026": 0, MUNCHEN: 1, a: 1, "creme hidden": 0, hidden: 0, x: 0, "?": 0 };
    for (const [q, total] of Object.entries(finds))
      expect(await get(token, "assistants.list", { q }), q).toMatchObject({ total, count: total });
  }
  await world.share(creme, ben, 1);
  const shared = await world.token(ben, { assistant: creme });
  expect(await get(shared, "assistants.list", { q: "creme" })).toMatchObject({ total: 1 });
  await get(ada, "shares.delete", { id: creme.id, principalId: ben.ref });
  expect(await get(shared, "assistants.list", { q: "creme" })).toMatchObject({ items: [], total: 0 });
});

throughEveryDoor("somebody in many teams finds each assistant once", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  const ben = await world.user({ name: "ben" });
  const common = await world.assistant({ owner: ben, name: "Common whale" });
  const others = [];
  for (let index = 0; index < 50; index++) {
    const team = await world.team({ members: [[ada, "member"]] });
    await world.share(common, team, 1);
    if (index % 25 === 0) others.push(await world.assistant({ owner: team, name: `Whale ${index}` }));
  }
  await world.share(common, ada, 1);
  await world.assistant({ owner: ben, name: "Hidden whale" });
  expect(await get(ada, "assistants.list", { q: "whale" })).toMatchObject(named("common-whale", "whale-0", "whale-25"));
  expect(await get(ada, "assistants.list", { q: "Common wha", total: "exact" })).toMatchObject(named("common-whale"));
  const words = `${"whale common ".repeat(9)}w`;
  expect(await get(ada, "assistants.list", { q: words })).toMatchObject(named("common-whale"));
});

throughEveryDoor("the index says where to look, not what may be seen", async ({ world, get }) => {
  const { ada, hidden } = await shelf(world);
  await world.rows(
    `insert into assistant_search (rowid, terms) select (n.number << 40) + a.number, n.number || 'xwrong'
      from assistants a, principal_numbers n where a.id = ? and n.principal_id = ?`,
    hidden.id,
    ada.id,
  );
  expect(await get(ada, "assistants.list", { q: "wrong" })).toMatchObject({ items: [], count: 0 });
});

/** The migrations as they were when there was nothing but the first ones. */
async function firstMigrations(count: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "steward-migrations-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(fileURLToPath(new URL("../../db/migrations", import.meta.url)), folder, { recursive: true });
  const path = join(folder, "meta", "_journal.json");
  const journal = JSON.parse(readFileSync(path, "utf8")) as { entries: unknown[] };
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  return folder;
}

test("what was there before the terms had principals is found as well", { timeout: 30_000 }, async () => {
  const folder = await firstMigrations(2);
  const path = join(folder, "old.db");
  await migrate({ url: `file:${path}`, folder });
  const executor = embeddedExecutor(path);
  onTestFinished(() => executor.close());
  const run = async (...texts: string[]) => {
    const results = await executor.batch(
      texts.map((sql) => ({ sql, args: [] })),
      "write",
    );
    return results.map(({ rows }) => rows.map((row) => [...row]));
  };
  await run(
    `insert into principals values ('u1', 'user', 'ada', 'Ada', 1, 1, 1), ('u2', 'user', 'ben', 'Ben', 1, 1, 1),
      ('t1', 'team', 'crew', 'Crew', 1, 1, 1)`,
    `insert into assistants (id, owner_id, slug, name, sort_name, description, suggestions, created_at, updated_at)
      values ('a1', 'u1', 'sales', 'Sälés 日本', 'sales', null, '[]', 1, 1), ('a2', 't1', 'x-2', '…', '…', 'Two; wörds', '[]', 1, 1)`,
    `insert into shares (assistant_id, principal_id, level, created_at, updated_at)
      values ('a1', 'u2', 1, 1, 1), ('a1', 't1', 2, 1, 1)`,
  );
  await migrate({ url: `file:${path}` });
  await expectDerivedTables({ run: (statements) => run(...statements.map(({ sql }) => sql)) });
  const [terms] = await run(
    "create virtual table temp.terms using fts5vocab('main', 'assistant_search', 'row')",
    "select term from temp.terms where term like '%sales' order by 1",
  ).then((results) => results.slice(1));
  expect(terms).toHaveLength(4);
});

import { learnTenant, type Rotation, rotateSecrets, type Services } from "@steward/core";
import type { Executor, Statement } from "@steward/db";
import { type EncryptionKey, jweVault } from "@steward/vault";
import { expect, test } from "vitest";
import { doors } from "./doors.ts";
import { expectSuccess } from "./expectations.ts";
import { openWorld, type World, type WorldOptions } from "./world.ts";

const newKey = (id: string): EncryptionKey => ({ id, key: crypto.getRandomValues(new Uint8Array(32)) });
const [older, newer, lost] = [newKey("older"), newKey("newer"), newKey("lost")];

/** A world whose servers have the older key only, and so many secrets of Ada's. */
async function withSecrets(count: number, { size = 8, ...more }: { size?: number } & WorldOptions = {}) {
  const world = await openWorld({ keys: [older], ...more });
  const ada = await world.user({ name: "ada" });
  const values = new Map<string, string>();
  let assistant = await world.assistant({ owner: ada, slug: "first" });
  for (let made = 0; made < count; made++) {
    if (made % 100 === 99) assistant = await world.assistant({ owner: ada, slug: `next-${made}` });
    const value = `${made}`.padEnd(size, "x");
    values.set((await world.secret(assistant, { name: `KEY_${made}`, value })).id, value);
  }
  return { world, ada, assistant, values };
}

/** The same services, as one who has been given these keys. */
const knowing = ({ services }: World, keys: EncryptionKey[], executor: Executor = services.executor): Services => ({
  ...services,
  executor,
  vault: jweVault(keys),
});

const rotate = (services: Services, onProgress: (count: number) => void = () => undefined): Promise<Rotation> =>
  rotateSecrets(services, onProgress);

async function openAll(world: World, keys: EncryptionKey[]): Promise<Map<string, string>> {
  const tenant = await learnTenant(world.services);
  const vault = jweVault(keys);
  const rows = (await world.rows("select id, lineage, ciphertext from secrets")) as [string, string, string][];
  const opened = rows.map(async ([id, lineage, ciphertext]) => [id, await vault.open(ciphertext, { tenant, lineage })]);
  return new Map((await Promise.all(opened)) as [string, string][]);
}

const trailOf = async (world: World) =>
  (
    await world.rows(
      "select user_id, details, hash is not null from audit where operation = 'keys.rotate' order by number",
    )
  ).map(([user, details, sealed]) => [user, JSON.parse(String(details)), sealed]);

test("encrypts all with the newest key, in batches that each leave a row in the trail", async () => {
  const { world, values } = await withSecrets(230);
  const before = await world.rows("select id, version, updated_at, value_changed_at from secrets order by id");
  const told: number[] = [];
  const rotation = await rotate(knowing(world, [newer, older]), (count) => told.push(count));
  expect(rotation).toEqual({ keys: [{ keyId: "newer", secrets: 230 }], unopened: [] });
  expect(told).toEqual([100, 200, 230]);
  expect(await openAll(world, [newer])).toEqual(values);
  expect(await world.rows("select id, version, updated_at, value_changed_at from secrets order by id")).toEqual(before);
  expect(await trailOf(world)).toEqual([100, 100, 30].map((count) => [null, { count, keyId: "newer" }, 1]));
});

test("seals its rows also where the database cannot", async () => {
  const { world } = await withSecrets(101, { lacks: ["sha3"] });
  await rotate(knowing(world, [newer, older]));
  expect(await trailOf(world)).toEqual([100, 1].map((count) => [null, { count, keyId: "newer" }, 1]));
});

test("does nothing where nothing is left to do", async () => {
  const { world } = await withSecrets(3);
  const rotation = await rotate(knowing(world, [older]));
  expect(rotation).toEqual({ keys: [{ keyId: "older", secrets: 3 }], unopened: [] });
  expect(await trailOf(world)).toEqual([]);
});

test("takes what drafts have with it", async () => {
  const { world, ada, assistant } = await withSecrets(2);
  expectSuccess(await doors.core(world, ada, "drafts.edit", { id: assistant.id }));
  expect(await rotate(knowing(world, [newer, older]))).toMatchObject({ keys: [{ keyId: "newer", secrets: 4 }] });
  expect([...(await openAll(world, [newer])).values()].sort()).toEqual([
    "0xxxxxxx",
    "0xxxxxxx",
    "1xxxxxxx",
    "1xxxxxxx",
  ]);
});

/** Runs what is given ahead of each writing batch. */
const before = (executor: Executor, first: (statements: readonly Statement[]) => Promise<unknown>): Executor => ({
  async batch(statements, mode) {
    if (mode === "write") await first(statements);
    return executor.batch(statements, mode);
  },
});

test("never overwrites what has got a new value meanwhile, with whichever key", async () => {
  const { world, ada, assistant, values } = await withSecrets(5);
  const both = knowing(world, [newer, older]);
  const server = { ...world, services: both };
  const [[first], [second]] = (await world.rows("select id from secrets order by id limit 2")) as [[string], [string]];
  const change = async (asked: World, secretId: string, value: string) => {
    values.set(secretId, value);
    expectSuccess(await doors.core(asked, ada, "secrets.update", { id: assistant.id, secretId, value }));
  };
  let rounds = 0;
  const executor = before(world.services.executor, async () => {
    if (++rounds > 1) return;
    await change(server, first, "changed by one who knows the new key");
    await change(world, second, "changed by one who does not yet");
  });
  const rotation = await rotate({ ...both, executor });
  expect(rotation.keys).toEqual([{ keyId: "newer", secrets: 5 }]);
  expect(await openAll(world, [newer])).toEqual(values);
  expect((await trailOf(world)).map(([, { count }]) => count)).toEqual([3, 1]);
});

test("leaves no row in the trail for a batch that came too late", async () => {
  const { world, ada, assistant, values } = await withSecrets(1);
  const both = knowing(world, [newer, older]);
  const [secretId = ""] = values.keys();
  const executor = before(world.services.executor, () =>
    doors.core({ ...world, services: both }, ada, "secrets.update", { id: assistant.id, secretId, value: "new" }),
  );
  expect(await rotate({ ...both, executor })).toMatchObject({ keys: [{ keyId: "newer", secrets: 1 }] });
  expect(await trailOf(world)).toEqual([]);
});

test("goes on behind what it cannot open, and tells which and why", async () => {
  const { world, assistant, values } = await withSecrets(103);
  const secret = async (keys: EncryptionKey[], name: string) => {
    const { ciphertext, keyId } = await jweVault(keys).seal("x", {
      tenant: await learnTenant(world.services),
      lineage: name,
    });
    const { id } = await world.secret(assistant, { name });
    await world.rows(
      "update secrets set ciphertext = ?, key_id = ?, lineage = ? where id = ?",
      ciphertext,
      keyId,
      name,
      id,
    );
    return id;
  };
  const missing = await secret([lost], "OF_A_LOST_KEY");
  const moved = await secret([older], "MOVED");
  await world.rows("update secrets set lineage = 'another' where id = ?", moved);
  const rotation = await rotate(knowing(world, [newer, older]));
  expect(rotation.keys).toEqual([
    { keyId: "lost", secrets: 1 },
    { keyId: "newer", secrets: 103 },
    { keyId: "older", secrets: 1 },
  ]);
  const about = { assistantId: assistant.id };
  expect(rotation.unopened).toEqual([
    { ...about, secretId: missing, keyId: "lost", error: expect.objectContaining({ code: "unknown_key" }) },
    { ...about, secretId: moved, keyId: "older", error: expect.objectContaining({ code: "moved" }) },
  ]);
  await world.rows("delete from secrets where id in (?, ?)", missing, moved);
  expect(await openAll(world, [newer])).toEqual(values);
});

test("may fail in any batch: what is done is done whole, and the next one finishes", async () => {
  const { world, values } = await withSecrets(230);
  for (const failing of [1, 2, 1]) {
    let batches = 0;
    const executor = before(world.services.executor, async () => {
      if (++batches === failing) throw new Error("unplugged");
    });
    await expect(rotate(knowing(world, [newer, older], executor))).rejects.toThrow("unplugged");
    expect(await openAll(world, [newer, older])).toEqual(values);
    const [[done] = []] = await world.rows("select count(*) from secrets where key_id = 'newer'");
    const counts = (await trailOf(world)).map(([, { count }]) => count);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(done);
  }
  expect((await rotate(knowing(world, [newer, older]))).keys).toEqual([{ keyId: "newer", secrets: 230 }]);
  expect(await openAll(world, [newer])).toEqual(values);
});

test("keeps what it sends at once small when values are large", async () => {
  const { world, values } = await withSecrets(40, { size: 64 * 1024 });
  const sizes: number[] = [];
  const executor = before(world.services.executor, async (statements) => {
    sizes.push(JSON.stringify(statements).length);
  });
  expect((await rotate(knowing(world, [newer, older], executor))).keys).toEqual([{ keyId: "newer", secrets: 40 }]);
  expect(Math.max(...sizes)).toBeLessThan(2_500_000);
  expect(await openAll(world, [newer])).toEqual(values);
});

import { describe, expect, test } from "vitest";
import { origin } from "./app.ts";
import type { Presented } from "./arrange.ts";
import { type DoorName, doors, headersFor } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { expectSuccess } from "./expectations.ts";
import { type OperationName, operationNamed } from "./operations.ts";
import { mask, opened, withSecrets } from "./secrets-world.ts";
import { openWorld, type World } from "./world.ts";

throughEveryDoor("each value opens in its own place only", async ({ world, get }) => {
  const { ben, sales } = await withSecrets(world);
  const [one, other] = [
    await get(ben, "secrets.create", { id: sales.id, name: "ONE", value: "sk-old" }),
    await get(ben, "secrets.create", { id: sales.id, name: "TWO", value: "sk-two" }),
  ];
  const [[before] = []] = await world.rows("select ciphertext from secrets where id = ?", one.id);
  const put = (secretId: string) => world.rows("update secrets set ciphertext = ? where id = ?", before, secretId);
  await put(other.id);
  await expect(opened(world, other.id)).rejects.toMatchObject({ name: "VaultError", code: "moved" });
  await get(ben, "secrets.update", { id: sales.id, secretId: one.id, value: "sk-new" });
  expect(await opened(world, one.id)).toBe("sk-new");
  await put(one.id);
  await expect(opened(world, one.id)).rejects.toMatchObject({ name: "VaultError", code: "moved" });
});

throughEveryDoor("a draft's secret is its own until the commit, and opens on both sides", async ({ world, get }) => {
  const { ben, sales, search } = await withSecrets(world);
  const draft = await get(ben, "drafts.edit", { id: sales.id });
  const { items } = await get(ben, "secrets.list", { id: draft.id });
  const [, mine] = items as { id: string; name: string }[];
  const secretId = mine?.id ?? "";
  expect(await opened(world, secretId)).toBe("sk-1");
  await get(ben, "secrets.update", { id: draft.id, secretId, value: "sk-2" });
  expect([await opened(world, search.id), await opened(world, secretId)]).toEqual(["sk-1", "sk-2"]);
  expect((await get(ben, "drafts.diff", { id: sales.id })).changes.secrets).toEqual([
    { change: "changed", id: search.id, name: "SEARCH_KEY", fields: [expect.objectContaining({ field: "value" })] },
  ]);
  await get(ben, "drafts.commit", { id: sales.id });
  expect(await opened(world, search.id)).toBe("sk-2");
});

test("without a key nothing is kept, and the log says what to do", async () => {
  const world = await openWorld({ keys: [] });
  const ada = await world.user({ name: "ada" });
  const { id } = await world.assistant({ owner: ada, name: "Sales" });
  const answer = await doors.rest(world, ada, "secrets.create", { id, name: "KEY", value: "sk" });
  expect(answer).toMatchObject({ ok: false, code: "internal" });
  expect(world.lines.join("\n")).toContain("There is no encryption key: set STEWARD_ENCRYPTION_KEYS");
});

describe("over REST", () => {
  const send = (world: World, as: Presented, path: string, init: RequestInit = {}) =>
    world.app.fetch(new Request(`${origin}/api${path}`, { ...init, headers: { ...headersFor(as), ...init.headers } }));

  test("an assistant leads to its secrets where they may be read", async () => {
    const world = await openWorld();
    const { ada, ben, cleo, sales, bound, search } = await withSecrets(world);
    const linked = async (as: Presented) => {
      const response = await send(world, as, `/assistants/${sales.id}`);
      const { _links: links } = (await response.json()) as { _links: Record<string, { href: string }> };
      return links["inf:assistant-secrets"];
    };
    const link = { href: "/api/assistants/ada:sales/secrets" };
    expect([await linked(ada), await linked(ben)]).toEqual([link, link]);
    expect([await linked(cleo), await linked(bound)]).toEqual([undefined, undefined]);
    const list = await send(world, ben, "/assistants/ada:sales/secrets");
    const { _embedded: embedded } = (await list.json()) as { _embedded: Record<string, { _links: object }[]> };
    const self = { self: { href: `/api/assistants/ada:sales/secrets/${search.id}` } };
    expect(embedded["inf:assistant-secret"]?.[1]?._links).toMatchObject(self);
  });

  test("a request that holds a value is not kept to be answered again", async () => {
    const world = await openWorld();
    const { ada, sales } = await withSecrets(world);
    const headers = { "content-type": "application/json", "idempotency-key": "once" };
    const init = { method: "POST", headers, body: JSON.stringify({ name: "ONCE", value: "sk" }) };
    const response = await send(world, ada, `/assistants/${sales.id}/secrets`, init);
    expect(response.status).toBe(201);
    expect(await world.rows("select 1 from idempotent_requests")).toEqual([]);
  });
});

describe("the tenant's id", () => {
  /** As in a process that has just begun. */
  const beginning = (world: World): World => {
    const executor = { batch: world.services.executor.batch };
    return { ...world, services: { ...world.services, executor } };
  };
  const ask = async (world: World, as: Presented, name: OperationName, input: object, door: DoorName = "core") =>
    world.countTrips(() => doors[door](world, as, name, { ...input }));

  test("is asked for once in a process, and costs that one write a trip", async () => {
    const world = beginning(await openWorld());
    const { ben, sales } = await withSecrets({ ...world });
    const create = async (name: string) => {
      const { value: answer, trips } = await ask(world, ben, "secrets.create", { id: sales.id, name, value: "x" });
      expectSuccess(answer);
      return trips;
    };
    expect([await create("A"), await create("B"), await create("C")]).toEqual([2, 1, 1]);
    expect(operationNamed("secrets.create").trips?.most).toBe(2);
  });

  test("costs one who is refused nothing", async () => {
    const world = beginning(await openWorld());
    const { cleo, sales } = await withSecrets(world);
    const { value: answer, trips } = await ask(world, cleo, "secrets.create", { id: sales.id, name: "A", value: "x" });
    expect([answer, trips]).toEqual([expect.objectContaining({ code: "forbidden" }), 1]);
  });

  test("is asked for only where something is sealed", async () => {
    const world = beginning(await openWorld());
    const { ben, sales, search } = await withSecrets(world);
    const input = { id: sales.id, secretId: search.id, description: "x", value: mask };
    expect((await ask(world, ben, "secrets.update", input)).trips).toBe(1);
  });

  test("that has changed under a running process ends what would be sealed for the old one", async () => {
    const world = await openWorld({ fresh: true });
    const { ben, sales } = await withSecrets(world);
    await world.rows("update settings set tenant_id = 'another'");
    const { value: answer } = await ask(world, ben, "secrets.create", { id: sales.id, name: "A", value: "x" }, "rest");
    expect(answer).toMatchObject({ ok: false, code: "internal" });
    expect(JSON.stringify(world.logged)).toContain("another tenant's now");
    expect(await world.rows("select 1 from secrets where name = 'A'")).toEqual([]);
  });
});

import { createStewardClient, errorOf } from "@steward/client";
import { expect, test } from "vitest";
import { openWorld, type World } from "./testing/world.ts";

const clientOf = (world: World, as: string | null = "ada") =>
  createStewardClient({
    url: "http://steward.test",
    fetch: (input, init) => world.handle(new Request(input, init), as),
  });

test("the published client and the door understand each other", async () => {
  const world = await openWorld();
  const client = clientOf(world);
  const made = await client.assistants.create.mutate({ name: "Sales", data: { region: "north" } });
  expect(made).toMatchObject({ name: "Sales", version: 1, createdAt: expect.any(Date), data: { region: "north" } });
  const changed = await client.assistants.update.mutate({ id: made.id, expectedVersion: 1, name: "Marketing" });
  expect(await client.assistants.get.query({ id: made.id })).toEqual(changed);
  const { items } = await client.assistants.list.query();
  expect(items).toEqual([changed]);
  expect(await client.assistants.delete.mutate({ id: made.id })).toBeUndefined();
});

test("the same object twice in an input is the same text twice", async () => {
  const world = await openWorld();
  const same = { temperature: 1 };
  const made = await clientOf(world).assistants.create.mutate({ name: "Sales", data: same, modelSettings: same });
  expect([made.data, made.modelSettings]).toEqual([same, same]);
});

test("a long query goes by POST and is answered alike", async () => {
  const world = await openWorld();
  const call = clientOf(world).assistants.list.query({
    q: "%".repeat(200),
    ownerId: "%".repeat(200),
    cursor: "%".repeat(300),
  });
  expect(await call.catch(errorOf)).toMatchObject({ code: "validation_failed", details: [{ path: "cursor" }] });
});

test("errors carry Steward's code, whoever refuses", async () => {
  const world = await openWorld();
  const client = clientOf(world);
  const made = await client.assistants.create.mutate({ name: "Sales" });
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => "done",
      (error: unknown) => errorOf(error)?.code,
    );
  expect(await codeOf(client.assistants.get.query({ id: "ada:nowhere" }))).toBe("not_found");
  expect(await codeOf(client.assistants.update.mutate({ id: made.id, expectedVersion: 7 }))).toBe("version_mismatch");
  expect(await codeOf(client.assistants.create.mutate({ name: "" }))).toBe("validation_failed");
  expect(await codeOf(clientOf(world, null).assistants.list.query())).toBe("unauthenticated");
});

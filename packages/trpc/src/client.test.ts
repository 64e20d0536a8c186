import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import superjson from "superjson";
import { expect, test } from "vitest";
import type { AppRouter } from "./index.ts";
import { openWorld, type World } from "./testing/world.ts";

const clientOf = (world: World, as: string | null = "ada", methodOverride?: "POST") => {
  const fetch = (input: string | URL | Request, init?: RequestInit) => world.handle(new Request(input, init), as);
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: "http://steward.test/trpc",
        transformer: superjson,
        fetch: fetch as typeof globalThis.fetch,
        ...(methodOverride && { methodOverride }),
      }),
    ],
  });
};

const causeOf = (error: unknown) =>
  error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data?.cause : undefined;

test("a client of tRPC and the door understand each other", async () => {
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

test("a long query may go by POST and is answered alike", async () => {
  const world = await openWorld();
  const call = clientOf(world, "ada", "POST").assistants.list.query({
    q: "%".repeat(200),
    ownerId: "%".repeat(200),
    cursor: "%".repeat(300),
  });
  expect(await call.catch(causeOf)).toMatchObject({ code: "validation_failed", details: [{ path: "cursor" }] });
});

test("errors carry Steward's code, whoever refuses", async () => {
  const world = await openWorld();
  const client = clientOf(world);
  const made = await client.assistants.create.mutate({ name: "Sales" });
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => "done",
      (error: unknown) => causeOf(error)?.code,
    );
  expect(await codeOf(client.assistants.get.query({ id: "ada:nowhere" }))).toBe("not_found");
  expect(await codeOf(client.assistants.update.mutate({ id: made.id, expectedVersion: 7 }))).toBe("version_mismatch");
  expect(await codeOf(client.assistants.create.mutate({ name: "" }))).toBe("validation_failed");
  expect(await codeOf(clientOf(world, null).assistants.list.query())).toBe("unauthenticated");
});

import { expect, test } from "vitest";
import type { Door, DoorName } from "./doors.ts";
import { expectRefused, expectSuccess } from "./expectations.ts";
import { everyOperation, isRead, methodOf, type OperationName, operationNamed, pathOf } from "./operations.ts";
import { namesRow, type Scenario } from "./refusals.ts";
import { describeRetries } from "./retries.ts";
import { missing, subjectOf, versionOf } from "./subjects.ts";

interface ThroughDoor<T> extends Scenario<T> {
  readonly doorName: DoorName;
  readonly door: Door;
}

/** What is generated beside refusals: rows that one cannot see, versions, and bodies that are put back. */
export function describeRows<T>(scenario: ThroughDoor<T>): void {
  if (namesRow(scenario) || scenario.operation.needs.on?.resource.name === "user") describeInvisible(scenario);
  if ("expectedVersion" in scenario.operation.input.shape) describeVersions(scenario);
  if ("idempotencyKey" in scenario.operation.input.shape) describeRetries(scenario);
  if (scenario.doorName === "rest" && methodOf(scenario.operation) === "PUT") describePuttingBack(scenario);
}

function describeInvisible<T>({ name, operation, arrange, doorName, door }: ThroughDoor<T>): void {
  const { on } = operation.needs;
  if (!on || on.resource.name === "tag") return; // Everybody sees all tags.
  test("404 for a row that one cannot see, exactly as for one that is not there", async () => {
    const { world, as, input } = await arrange();
    const stranger = await world.user();
    const id = await subjectOf(world, on.resource, input, as);
    const alsoById = ["assistant", "dataset"].includes(on.resource.name);
    const references = [String(input[on.resource.key]), ...(alsoById ? [String(id)] : [])];
    for (const reference of references) {
      const ask = (row: string) =>
        world.countTrips(() => door(world, stranger, name, { ...input, [on.resource.key]: row }));
      const before = await world.dump();
      const unseen = await ask(reference);
      const absent = await ask(missing(reference));
      const refused = expectRefused(doorName, operation, unseen.value, "not_found");
      expect(refused.body).toBe(expectRefused(doorName, operation, absent.value, "not_found").body);
      expect([...refused.headers]).toEqual([...absent.value.headers]);
      expect(unseen.trips).toBe(absent.trips);
      expect(unseen.trips).toBe(1);
      expect(await world.dump()).toBe(before);
    }
  });
}

function describeVersions<T>({ name, operation, arrange, doorName, door }: ThroughDoor<T>): void {
  const { on } = operation.needs;
  if (!on) return;
  test("412 for a version that has moved on", async () => {
    const { world, as, input } = await arrange();
    const version = (await versionOf(world, on.resource, input, as)) ?? 0;
    for (const expectedVersion of [version + 1, version + 1_000_000]) {
      const before = await world.dump();
      const { value, trips } = await world.countTrips(() => door(world, as, name, { ...input, expectedVersion }));
      expectRefused(doorName, operation, value, "version_mismatch");
      expect(trips).toBe(1);
      expect(await world.dump()).toBe(before);
    }
  });
  if (operation.ownVersion) return; // Its version is that of another row: its own spec says which.
  test("takes the version that is there", async () => {
    const { world, as, input } = await arrange();
    const expectedVersion = (await versionOf(world, on.resource, input, as)) ?? 0;
    expectSuccess(await door(world, as, name, { ...input, expectedVersion }));
  });
}

/** The operation that reads what a PUT at the same address writes. */
const readerOf = (path: string): OperationName | undefined =>
  [...everyOperation].find(([, operation]) => isRead(operation) && pathOf(operation) === path)?.[0];

function describePuttingBack<T>({ name, operation, arrange, door }: ThroughDoor<T>): void {
  const reader = readerOf(pathOf(operation));
  // What a collection holds is replaced as a whole, and not by a page of it; and bytes have no keys.
  if (!reader || operationNamed(reader).items || operation.bytes !== undefined) return;
  test("takes the body of a GET back", async () => {
    const { world, as, input } = await arrange();
    const parameters = [...pathOf(operation).matchAll(/{(\w+)}/g)].map(([, key = ""]) => [key, input[key]]);
    const address = Object.fromEntries(parameters) as Record<string, unknown>;
    const there = await door(world, as, reader, address);
    if (!there.ok) expectSuccess(await door(world, as, name, input));
    const read = there.ok ? there : await door(world, as, reader, address);
    const before = expectSuccess(read) as Record<string, unknown>;
    const after = expectSuccess(await door(world, as, name, { ...(read.body as object), ...address }));
    const { version: _, updatedAt: __, updatedBy: ___, ...same } = before;
    expect(after).toMatchObject(same);
  });
}

import { expect, test } from "vitest";
import type { Answer, Door, DoorName } from "./doors.ts";
import { expectRefused, expectSuccess, tripBudget } from "./expectations.ts";
import { masked } from "./masked.ts";
import type { Scenario } from "./refusals.ts";

interface ThroughDoor<T> extends Scenario<T> {
  readonly doorName: DoorName;
  readonly door: Door;
}

const key = { idempotencyKey: "0b6a7d6e-first" };

/** All of an answer that its receiver can tell apart. */
const shown = ({ headers, ...answer }: Answer) => ({
  ...answer,
  location: headers.get("location"),
  etag: headers.get("etag"),
});

/** What is promised of an operation that takes an idempotencyKey: sent again, it answers as at first and does nothing. */
export function describeRetries<T>({ name, operation, arrange, doorName, door }: ThroughDoor<T>): void {
  test("gives its first answer again for the same key", async () => {
    const { world, as, input } = await arrange();
    const ask = () => world.countTrips(() => door(world, as, name, { ...input, ...key }));
    const first = await ask();
    expectSuccess(first.value);
    expect(first.trips, "the first time").toBeLessThanOrEqual(tripBudget(operation));
    await world.settle();
    const before = await world.dump();
    world.advance(60 * 60 * 1000);
    const again = await ask();
    expect(JSON.stringify(shown(again.value))).toBe(JSON.stringify(shown(first.value)));
    expect(again.trips, "sent again").toBeLessThanOrEqual(tripBudget(operation) + 1);
    expect(await world.dump()).toBe(before);
  });

  test("answers with a key as it does without", async () => {
    const answers: unknown[] = [];
    for (const more of [{}, key]) {
      const { world, as, input } = await arrange();
      const { headers, ...answer } = await door(world, as, name, { ...input, ...more });
      answers.push(masked({ ...answer, location: headers.get("location") }));
    }
    expect(answers[1]).toEqual(answers[0]);
  });

  test("keeps nothing of an attempt that is refused", async () => {
    const { world, as, input } = await arrange();
    const before = await world.dump();
    const refused = await door(world, as, name, { ...input, ...key, "no-such-key": 1 });
    expectRefused(doorName, operation, refused, "validation_failed");
    expect(await world.dump()).toBe(before);
    expectSuccess(await door(world, as, name, { ...input, ...key }));
  });
}

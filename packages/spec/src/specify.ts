import type { ErrorCode } from "@steward/core";
import { describe, expect, test } from "vitest";
import type { Presented } from "./arrange.ts";
import { type DoorName, doorNames, doors } from "./doors.ts";
import { expectAudit, expectDocumented, expectRefused, expectSuccess, tripBudget } from "./expectations.ts";
import { masked } from "./masked.ts";
import { type InputOf, isRead, type OperationName, operationNamed } from "./operations.ts";
import { refusalsOf } from "./refusals.ts";
import { describeRows } from "./rows.ts";
import { openWorld, type World } from "./world.ts";

/** What an answer holds at least, see `toMatchObject`; a function where it depends on what was arranged. */
type Gives<Things> = object | ((things: Things) => object);
type Input = Readonly<Record<string, unknown>>;

/** An input that does not fit, merged over the good one, and where `details` says so. */
export interface BadInput {
  readonly input: Input;
  /** The paths in `details`, in their order: `name`, or `suggestions.0`; empty text for the whole. */
  readonly at: string | readonly string[];
  /** Where it can be said at all: an address, for one, knows only text. All doors unless told. */
  readonly doors?: readonly DoorName[];
}

/** A further case of the same operation. What is left out is as in the operation's first case. */
export interface Case<Things> {
  readonly title: string;
  /** What is so beside what the first case has arranged. */
  arrange?(world: World, things: Things): Promise<unknown>;
  as?(things: Things): Presented;
  input?(things: Things): Input;
  readonly gives?: Gives<Things>;
  /** The one code that it is refused with. */
  readonly refuses?: ErrorCode;
  /** The status of a success over REST. */
  readonly status?: number;
  /** What is so afterwards. */
  after?(world: World, things: Things, value: unknown): Promise<unknown>;
}

export interface Specification<N extends OperationName, Things> {
  /** Fills a new world; what it answers is handed to the rest. */
  arrange(world: World): Promise<Things>;
  /** Who asks: a person (by session), a session or a token. */
  as(things: Things): Presented;
  input(things: Things): InputOf<N>;
  readonly gives?: Gives<Things>;
  readonly status?: number;
  /** Operation, user and subject of each audit row, where it is not one about what the input names or the answer holds. */
  trail?(world: World, things: Things): Promise<unknown[][]>;
  after?(world: World, things: Things, value: unknown): Promise<unknown>;
  readonly bad?: readonly BadInput[];
  /** Somebody who sees the row but may not do this, where the generated suite knows no such person. */
  below?(world: World, things: Things): Promise<Presented>;
  readonly also?: readonly Case<Things>[];
}

/**
 * Says what an operation does, and proves it through every door, each case in a world of its own. The registry adds
 * what is promised of all operations: refusals, trips, the audit trail, answers that fit their documentation.
 */
export function specify<N extends OperationName, Things>(name: N, spec: Specification<N, Things>): void {
  const operation = operationNamed(name);
  const inputFor = (things: Things): Input => spec.input(things) as Input;

  async function arrange(another?: Case<Things>) {
    const world = await openWorld();
    const things = await spec.arrange(world);
    await another?.arrange?.(world, things);
    const as = (another?.as ?? spec.as)(things);
    return { world, things, as, input: (another?.input ?? inputFor)(things) };
  }

  const scenario = { name, operation, arrange, below: spec.below };

  describe.each(doorNames)(`${name} through %s`, (doorName) => {
    const door = doors[doorName];

    test("does what it says", async () => {
      const { world, things, as, input } = await arrange();
      const before = await world.dump();
      const audit = await expectAudit(world, { name, operation, as, input });
      const { value: answer, trips } = await world.countTrips(() => door(world, as, name, input));
      const value = expectSuccess(answer, doorName === "rest" ? spec.status : undefined);
      if (spec.gives) expect(value).toMatchObject(given(spec.gives, things));
      expect(trips, "database trips").toBeLessThanOrEqual(tripBudget(operation));
      if (operation.needs.credential !== "none") expect(trips, "database trips").toBeGreaterThan(0);
      expectDocumented(doorName, operation, answer);
      if (isRead(operation)) expect(await world.dump()).toBe(before);
      await audit(value, await spec.trail?.(world, things));
      await spec.after?.(world, things, value);
    });

    for (const another of spec.also ?? []) {
      test(another.title, async () => {
        const { world, things, as, input } = await arrange(another);
        const before = another.refuses ? await world.dump(volatile) : "";
        const { value: answer, trips } = await world.countTrips(() => door(world, as, name, input));
        expect(trips, "database trips").toBeLessThanOrEqual(tripBudget(operation));
        if (another.refuses) {
          expectRefused(doorName, operation, answer, another.refuses);
          expect(await world.dump(volatile)).toBe(before);
        } else {
          const value = expectSuccess(answer, doorName === "rest" ? another.status : undefined);
          if (another.gives) expect(value).toMatchObject(given(another.gives, things));
          expectDocumented(doorName, operation, answer);
        }
        await another.after?.(world, things, answer.ok ? answer.value : answer);
      });
    }

    const bad = (spec.bad ?? []).filter(({ doors: only }) => only === undefined || only.includes(doorName));
    test.each(bad.map((one) => ({ ...one, shown: shown(one.input) })))(
      "400 for $shown",
      async ({ input: wrong, at }) => {
        const { world, as, input } = await arrange();
        const before = await world.dump();
        const { value: answer, trips } = await world.countTrips(() => door(world, as, name, { ...input, ...wrong }));
        const { details } = expectRefused(doorName, operation, answer, "validation_failed");
        expect(details.map(({ path }) => path)).toEqual([at].flat());
        expect(trips, "database trips").toBeLessThanOrEqual(1);
        expect(await world.dump()).toBe(before);
      },
    );

    for (const { title, code, attempt, trips: most = tripBudget(operation) } of refusalsOf(scenario)) {
      test(title, async () => {
        const arranged = await arrange();
        const { world } = arranged;
        const { as, input, from } = { from: {}, ...arranged, ...(await attempt(arranged)) };
        const before = await world.dump();
        const { value: answer, trips } = await world.countTrips(() => door(world, as, name, input, from));
        expectRefused(doorName, operation, answer, code);
        expect(trips, "database trips").toBeLessThanOrEqual(most);
        expect(await world.dump(), "the database").toBe(before);
      });
    }

    describeRows({ ...scenario, doorName, door });
  });

  test(`${name} gives the same through every door`, async () => {
    const values: unknown[] = [];
    for (const doorName of doorNames) {
      const { world, as, input } = await arrange();
      values.push(masked(expectSuccess(await doors[doorName](world, as, name, input))));
    }
    expect(values).toEqual(values.map(() => values[0]));
  });
}

/** Attempts to sign in are counted even when they are refused. */
const volatile = ["sign_in_attempts", "audit", "sqlite_sequence"];

const given = <Things>(gives: Gives<Things> | undefined, things: Things): object =>
  typeof gives === "function" ? gives(things) : (gives ?? {});

const shown = (input: Input): string => {
  const text = JSON.stringify(input);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
};

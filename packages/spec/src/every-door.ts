import type { ErrorCode } from "@steward/core";
import { test } from "vitest";
import type { Presented } from "./arrange.ts";
import { type Answer, type CallOptions, type DoorName, doorNames, doors } from "./doors.ts";
import { expectRefused, expectSuccess } from "./expectations.ts";
import { type InputOf, type OperationName, operationNamed } from "./operations.ts";
import { openWorld, type World, type WorldOptions } from "./world.ts";

/** A world behind one of the doors. */
export interface Behind {
  readonly world: World;
  readonly doorName: DoorName;
  /** Performs an operation, whatever it answers. */
  ask<N extends OperationName>(as: Presented, name: N, input?: InputOf<N>, options?: CallOptions): Promise<Answer>;
  /** Performs an operation that must succeed. */
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads from an answer is checked by what it expects of it
  get<N extends OperationName>(as: Presented, name: N, input?: InputOf<N>): Promise<any>;
  /** Performs an operation that must be refused with this code, and answers with the paths in `details`. */
  refuses<N extends OperationName>(code: ErrorCode, as: Presented, name: N, input?: InputOf<N>): Promise<string[]>;
}

/** A story of several operations, told through every door, each time in a new world. */
export function throughEveryDoor(
  title: string,
  tell: (behind: Behind) => Promise<unknown>,
  options?: WorldOptions,
): void {
  test.each(doorNames)(`${title}, through %s`, async (doorName) => {
    const world = await openWorld(options);
    const ask: Behind["ask"] = (as, name, input, more) =>
      doors[doorName](world, as, name, (input ?? {}) as Readonly<Record<string, unknown>>, more);
    await tell({
      world,
      doorName,
      ask,
      get: async (as, name, input) => expectSuccess(await ask(as, name, input)),
      refuses: async (code, as, name, input) => {
        const answer = expectRefused(doorName, operationNamed(name), await ask(as, name, input), code);
        return answer.details.map(({ path }) => path);
      },
    });
  });
}

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Presented, Principal } from "./arrange.ts";
import { expectDerivedTables } from "./derived.ts";
import { doors } from "./doors.ts";
import type { OperationName } from "./operations.ts";
import { type Plan, type Population, plans, populate } from "./population.ts";
import type { World } from "./world.ts";

type Input = Readonly<Record<string, unknown>>;
const ask = (world: World, as: Presented, name: OperationName, input: Input) => doors.core(world, as, name, input);

/** The ids of the assistants that somebody may read; null where the credential is refused as such. */
async function reach({ world, assistants }: Population, as: Presented): Promise<string[]> {
  const read: string[] = [];
  for (const { id } of assistants) if ((await ask(world, as, "assistants.get", { id })).ok) read.push(id);
  return read;
}

const somebody = fc.record({ holder: fc.nat(), assistant: fc.nat() });

/** Whatever somebody may think of putting into an update, with keys that mean access elsewhere. */
const updates = fc.record(
  {
    name: fc.constantFrom("alpha", "Zeta"),
    slug: fc.constantFrom("x0", "y-9"),
    description: fc.option(fc.string({ maxLength: 5 })),
    instructions: fc.option(fc.string({ maxLength: 5 })),
    instructionsHidden: fc.boolean(),
    dispatcher: fc.boolean(),
    embedded: fc.boolean(),
    enabled: fc.boolean(),
    data: fc.constantFrom({ ownerId: "user:u0", shares: ["user:u1"] }, null),
    ownerId: fc.constantFrom("user:u0", "team:t0", "*"),
    shared: fc.boolean(),
    permissions: fc.constant({ write: true, share: true }),
    createdBy: fc.constant("user:u0"),
    sharing: fc.constant([{ principalId: "user:u0", accessLevel: 3 }]),
    accessLevel: fc.constant(3),
    expectedVersion: fc.constantFrom(1, 2),
  },
  { requiredKeys: [] },
);

test("no update widens who may see a row", { timeout: 60_000 }, async () => {
  const attempts = fc.array(fc.tuple(somebody, updates), { minLength: 1, maxLength: 6 });
  const property = fc.asyncProperty(plans, attempts, (plan, tries) =>
    populate(plan, async (population) => {
      const { world, assistants, holders, people } = population;
      if (assistants.length === 0) return;
      const everybody = () => Promise.all(people.map((person) => reach(population, person)));
      const levels = () => world.rows("select assistant_id, principal_id, level from access order by 1, 2");
      const before = [await everybody(), await levels()];
      for (const [{ holder, assistant }, input] of tries) {
        const { id } = assistants[assistant % assistants.length] as { id: string };
        const as = holders[holder % holders.length]?.as ?? null;
        await ask(world, as, "assistants.update", { id, ...input });
      }
      expect([await everybody(), await levels()]).toEqual(before);
      await expectDerivedTables(world);
    }),
  );
  await fc.assert(property, { numRuns: 25 });
});

/** Ways to lose access, each by the operation that people use. */
const losses = fc.array(
  fc.record({
    how: fc.constantFrom("share", "membership", "owner", "disabled", "seat", "role", "team"),
    user: fc.nat(3),
    other: fc.nat(5),
    assistant: fc.nat(6),
  }),
  { minLength: 1, maxLength: 5 },
);
type Loss = typeof losses extends fc.Arbitrary<(infer L)[]> ? L : never;

const lossOf = ({ how, user, other, assistant }: Loss, { assistants }: Population): [OperationName, Input] => {
  const username = `u${user}`;
  const whom = other < 4 ? `user:u${other}` : `team:t${other - 4}`;
  const id = assistants[assistant % assistants.length]?.id ?? "none";
  switch (how) {
    case "share":
      return ["shares.delete", { id, principalId: whom }];
    case "membership":
      return ["teams.removeMember", { id: `t${other % 2}`, username }];
    case "owner":
      return ["owner.set", { id, ownerId: whom }];
    case "disabled":
      return ["users.update", { username, enabled: false }];
    case "seat":
      return ["seats.take", { username }];
    case "role":
      return ["users.update", { username, role: "member" }];
    default:
      return ["teams.setMember", { id: `t${other % 2}`, username, role: "member" }];
  }
};

test("a token never reaches what its user has lost", { timeout: 60_000 }, async () => {
  const property = fc.asyncProperty(plans, losses, (plan, lost) =>
    populate(plan, async (population) => {
      const { world, root, holders, people } = population;
      for (const loss of lost) {
        await ask(world, root, ...lossOf(loss, population));
        // The user, by a new session: disabling has ended the one it had.
        const allowed = await Promise.all(people.map(async (person) => reach(population, await world.session(person))));
        for (const { user, as, only } of holders) {
          const reached = await reach(population, as);
          expect(allowed[user], `u${user} after ${JSON.stringify(loss)}`).toEqual(expect.arrayContaining(reached));
          const bound = only === null ? undefined : population.assistants[only]?.id;
          if (bound) expect([bound]).toEqual(expect.arrayContaining(reached));
        }
      }
    }),
  );
  await fc.assert(property, { numRuns: 20 });
});

const steps = fc.array(
  fc.record({
    what: fc.constantFrom(
      "create",
      "rename",
      "describe",
      "move",
      "own",
      "share",
      "end",
      "delete",
      "team",
      "user",
      "nothing",
    ),
    assistant: fc.nat(9),
    whom: fc.nat(5),
    level: fc.integer({ min: 1, max: 3 }),
    word: fc.constantFrom("alpha", "Ünder score", "x-1", "", "'); drop table"),
  }),
  { minLength: 3, maxLength: 25 },
);
type Step = typeof steps extends fc.Arbitrary<(infer S)[]> ? S : never;

function stepOf(
  { what, assistant, whom, level, word }: Step,
  ids: readonly string[],
  all: readonly Principal[],
): [OperationName, Input] {
  const id = ids[assistant % Math.max(1, ids.length)] ?? "none";
  const principalId = all[whom]?.ref ?? "";
  const updates: Record<string, [OperationName, Input]> = {
    create: ["assistants.create", { name: word || "x", description: word, ownerId: principalId }],
    rename: ["assistants.update", { id, name: word || "y" }],
    describe: ["assistants.update", { id, description: word || null }],
    move: ["assistants.update", { id, slug: `slug-${level}` }],
    own: ["owner.set", { id, ownerId: principalId }],
    share: ["shares.set", { id, principalId, accessLevel: level }],
    end: ["shares.delete", { id, principalId }],
    delete: ["assistants.delete", { id }],
    team: ["teams.delete", { id: `t${whom % 2}` }],
    user: ["users.delete", { username: `u${whom % 4}` }],
  };
  return updates[what] ?? ["assistants.update", { id }];
}

test("what is derived is always what one would derive anew", { timeout: 60_000 }, async () => {
  const property = fc.asyncProperty(plans, steps, (plan: Plan, story) =>
    populate(plan, async (population) => {
      const { world, root, principals } = population;
      await expectDerivedTables(world);
      for (const step of story) {
        world.advance(1);
        const ids = (await world.rows("select id from assistants order by number")).map(([id]) => String(id));
        await ask(world, root, ...stepOf(step, ids, principals));
        await expectDerivedTables(world);
      }
    }),
  );
  await fc.assert(property, { numRuns: 20 });
});

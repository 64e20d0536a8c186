import { type ErrorCode, type Scope, scopeBits } from "@steward/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { MadeToken, Person, Principal } from "./arrange.ts";
import type { ArrangedRecord, MadeDataset } from "./arrange-datasets.ts";
import { expectDerivedTables } from "./derived.ts";
import { doors } from "./doors.ts";
import { expectSuccess } from "./expectations.ts";
import {
  arrangePeople,
  each,
  isTeam,
  levelOf,
  type PlannedPeople,
  permissionsAt,
  principals,
  somePeople,
  words,
} from "./population.ts";
import { openWorld, type World } from "./world.ts";

const fieldNames = ["kind", "count", "sure"] as const;
const fields = [
  { name: "kind", dataType: "string" },
  { name: "count", dataType: "number" },
  { name: "sure", dataType: "boolean" },
] as const;
const records: ArrangedRecord[] = [{ kind: "a", count: 1 }, { kind: "b", sure: true }, { count: 3 }];

interface PlannedShare {
  readonly level: 0 | 1 | 2 | 3;
  readonly filter: object | null;
  readonly visibleFields: readonly string[] | null;
}

interface PlannedDataset {
  readonly owner: number;
  readonly name: string;
  readonly description: string;
  readonly age: number;
  readonly data: boolean;
  /** Of each principal. */
  readonly shares: readonly PlannedShare[];
}

interface Plan extends PlannedPeople {
  readonly datasets: readonly PlannedDataset[];
  readonly tokens: readonly { user: number; readOnly: boolean; scopes: Scope[] | null; bound: boolean }[];
}

const gone = { weight: 1 };
const plans: fc.Arbitrary<Plan> = fc.record({
  ...somePeople,
  datasets: fc.array(
    fc.record({
      owner: fc.nat(principals - 1),
      name: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 2 }).map((some) => some.join(" ")),
      description: fc.constantFrom("", ...words),
      age: fc.nat(2),
      data: fc.integer({ min: 0, max: 4 }).map((value) => value > 0),
      shares: each(
        principals,
        fc.record({
          level: fc.constantFrom(0 as const, 0 as const, 1 as const, 1 as const, 2 as const, 3 as const),
          filter: fc.constantFrom(null, null, { count: 1 }, { kind: { $in: ["a", "b"] } }, gone),
          visibleFields: fc.option(fc.subarray<string>([...fieldNames, "weight"]), { freq: 2 }),
        }),
      ),
    }),
    { maxLength: 6 },
  ),
  tokens: fc.array(
    fc.record({
      user: fc.nat(3),
      readOnly: fc.boolean(),
      scopes: fc.option(fc.subarray<Scope>(["read", "chat", "write"])),
      bound: fc.integer({ min: 0, max: 4 }).map((value) => value === 0),
    }),
    { maxLength: 4 },
  ),
});

interface Holder {
  readonly user: number;
  readonly as: Person | MadeToken;
  readonly refused: ErrorCode | null;
  readonly maxLevel: number;
}

interface Filled {
  readonly world: World;
  readonly plan: Plan;
  readonly datasets: readonly MadeDataset[];
  readonly holders: readonly Holder[];
}

async function fill(world: World, plan: Plan): Promise<Filled> {
  const { people, all } = await arrangePeople(world, plan);
  const datasets: MadeDataset[] = [];
  for (const [index, { owner, name, description, age, data, shares }] of plan.datasets.entries()) {
    const more = { ...(description && { description }), ...(data && { fields, records }) };
    const made = await world.dataset({ owner: all[owner] as Principal, name, slug: `x${index}`, age, ...more });
    datasets.push(made);
    for (const [whom, { level, filter, visibleFields }] of shares.entries()) {
      if (level === 0 || whom === owner) continue;
      const narrowing = { ...(filter && { filter }), ...(visibleFields && { visibleFields }) };
      await world.shareDataset(made, all[whom] as Principal, { level, ...(level === 1 && narrowing) });
    }
  }
  const refusalOf = (user: number, reads: boolean) =>
    plan.users[user]?.enabled ? (reads ? null : ("token_scope" as const)) : ("unauthenticated" as const);
  const holders: Holder[] = people.map((as, user) => ({ user, as, refused: refusalOf(user, true), maxLevel: 3 }));
  for (const { user, readOnly, scopes, bound } of plan.tokens) {
    const owner = people[user] as Person;
    const assistant = bound ? await world.assistant({ owner, slug: `a${holders.length}` }) : null;
    const as = await world.token(owner, { readOnly, ...(scopes && { scopes }), ...(assistant && { assistant }) });
    const left = (scopes ?? (["read", "chat", "write"] as const)).reduce((bits, scope) => bits | scopeBits[scope], 0);
    const maxLevel = readOnly || (left & scopeBits.write) === 0 ? 1 : 3;
    holders.push({ user, as, refused: refusalOf(user, (left & scopeBits.read) !== 0 && !bound), maxLevel });
  }
  return { world, plan, datasets, holders };
}

/** The level that a user has on a dataset. */
const levelOn = (plan: Plan, user: number, { owner, shares }: PlannedDataset) =>
  levelOf(plan, user, { owner, shares: shares.map(({ level }) => level) });

/** What a user sees of a dataset that it sees at all, as plainly as it can be said. */
function sightOf(plan: Plan, user: number, one: PlannedDataset) {
  const memberOf = (team: number) => plan.roles[user]?.[team - plan.users.length] != null;
  const acts = (principal: number) => principal === user || (isTeam(principal) && memberOf(principal));
  const mine = one.shares.filter(({ level }, whom) => level > 0 && whom !== one.owner && acts(whom));
  const all =
    plan.users[user]?.superuser ||
    acts(one.owner) ||
    mine.some(({ level, filter, visibleFields }) => level > 1 || (filter === null && visibleFields === null));
  const open = mine.filter(({ filter }) => filter !== gone);
  const seen = fieldNames.filter((name) => all || open.some(({ visibleFields: only }) => !only || only.includes(name)));
  const allRows = all || mine.some(({ filter }) => filter === null);
  return {
    fields: one.data ? seen.map((name, index) => ({ name, position: index + 1 })) : [],
    rows: allRows ? (one.data ? records.length : 0) : null,
    bytes: all ? expect.any(Number) : null,
    indexed: true,
  };
}

const spoken = (text: string) => text.toLowerCase().split(/[^a-z0-9]+/);
const sorts = ["name", "-name", "createdAt", "-createdAt", "updatedAt", "-updatedAt"] as const;
const filters: Record<string, string>[] = [
  {},
  ...words.slice(0, 4).map((q) => ({ q })),
  ...["user:u0", "user:u1", "team:t0", "team:t1", "nobody"].map((ownerId) => ({ ownerId })),
  { q: "al", ownerId: "user:u2" },
  { q: "x1" },
];

function fits(plan: Plan, one: PlannedDataset, index: number, { q, ownerId }: Record<string, string>): boolean {
  const owner = isTeam(one.owner) ? `team:t${one.owner - plan.users.length}` : `user:u${one.owner}`;
  const texts = spoken(`${one.name} x${index} ${one.description}`);
  return (
    (q === undefined || texts.some((word) => word.startsWith(q.toLowerCase()))) &&
    (ownerId === undefined || ownerId === owner)
  );
}

/** The ids that a list is to show, in their order. */
function expectedIds({ plan, datasets }: Filled, user: number, sort: string, filter: Record<string, string>) {
  const rows = plan.datasets.flatMap((one, index) => {
    if (levelOn(plan, user, one) === 0 || !fits(plan, one, index, filter)) return [];
    return [`${sort.endsWith("name") ? one.name.toLowerCase() : 9 - one.age}\n${datasets[index]?.id}`];
  });
  const ordered = rows.toSorted();
  return (sort.startsWith("-") ? ordered.toReversed() : ordered).map((row) => row.split("\n")[1]);
}

interface Listed {
  readonly id: string;
}

/** All pages of a list, by `next`. */
async function wholeList({ world }: Filled, { as }: Holder, input: object): Promise<Listed[] | string> {
  const items: Listed[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const answer = await doors.core(world, as, "datasets.list", { limit: 2, ...input, ...(cursor && { cursor }) });
    if (!answer.ok) return answer.code;
    const page = answer.value as { items: Listed[]; next: string | null; total: number };
    items.push(...page.items);
    cursor = page.next;
    if (cursor === null) expect(page.total).toBe(items.length);
  }
  return items;
}

async function checkHolder(filled: Filled, holder: Holder, turn: number): Promise<void> {
  const { world, plan, datasets } = filled;
  const { user, as, refused, maxLevel } = holder;
  for (const [index, filter] of [...sorts.map(() => ({})), ...filters].entries()) {
    const sort = sorts[(turn + index) % sorts.length] as string;
    const listed = await wholeList(filled, holder, { sort, ...filter });
    if (refused) expect(listed).toBe(refused);
    else expect((listed as Listed[]).map(({ id }) => id)).toEqual(expectedIds(filled, user, sort, filter));
  }
  const inOrder = await wholeList(filled, holder, {});
  const all = await doors.core(world, as, "datasets.listAll", {});
  expect(all.ok ? (all.value as { items: Listed[] }).items : all.code).toEqual(refused ?? inOrder);
  for (const [index, { id }] of datasets.entries()) {
    const one = plan.datasets[index] as PlannedDataset;
    const answer = await doors.core(world, as, "datasets.get", { id });
    const level = levelOn(plan, user, one);
    if (refused || level === 0) {
      expect(answer).toMatchObject({ ok: false, code: refused ?? "not_found" });
      continue;
    }
    const { fields: seen, ...got } = expectSuccess(answer) as Listed & { fields: unknown };
    const sight = sightOf(plan, user, one);
    expect({ ...got, fields: seen }).toMatchObject({ ...sight, permissions: permissionsAt(Math.min(level, maxLevel)) });
    expect((inOrder as Listed[]).find((item) => item.id === id)).toEqual(got);
  }
}

test("a list of datasets shows exactly what get allows, and both no more than any way to each shows", {
  timeout: 120_000,
}, async () => {
  const property = fc.asyncProperty(plans, fc.nat(sorts.length), async (plan, turn) => {
    const world = await openWorld({ keep: true });
    try {
      const filled = await fill(world, plan);
      await expectDerivedTables(world);
      for (const holder of filled.holders) await checkHolder(filled, holder, turn);
    } finally {
      await world.settle();
      await world.close();
    }
  });
  await fc.assert(property, { numRuns: 25 });
});

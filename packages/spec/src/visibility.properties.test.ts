import fc from "fast-check";
import { expect, test } from "vitest";
import { doors } from "./doors.ts";
import { expectSuccess } from "./expectations.ts";
import {
  folderOf,
  type Holder,
  isTeam,
  levelOf,
  type Plan,
  type PlannedAssistant,
  type Population,
  permissionsAt,
  plans,
  populate,
  readingOf,
  refusalOf,
  tagNames,
  words,
} from "./population.ts";

const sorts = ["name", "-name", "createdAt", "-createdAt", "updatedAt", "-updatedAt"] as const;

interface Listed {
  readonly id: string;
  readonly permissions: object;
  readonly instructions: string | null;
}

/** All pages of a list, by `next`. */
async function wholeList({ world }: Population, { as }: Holder, input: object): Promise<Listed[] | string> {
  const items: Listed[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const answer = await doors.core(world, as, "assistants.list", { limit: 3, ...input, ...(cursor && { cursor }) });
    if (!answer.ok) return answer.code;
    const page = answer.value as { items: Listed[]; next: string | null; total: number };
    items.push(...page.items);
    cursor = page.next;
    if (cursor === null) expect(page.total).toBe(items.length);
  }
  return items;
}

const spoken = (text: string) => text.toLowerCase().split(/[^a-z0-9]+/);

/** The same filter as a plain condition. */
const fits = (plan: Plan, { user }: Holder, index: number, filter: Record<string, unknown>): boolean => {
  const one = plan.assistants[index] as PlannedAssistant;
  const { q, ownerId, favorite, shared, dispatcher, tag, folderId } = filter;
  const isShared = isTeam(one.owner) || one.shares.some((level, whom) => level > 0 && whom !== one.owner);
  const ownerName = isTeam(one.owner) ? `team:t${one.owner - plan.users.length}` : `user:u${one.owner}`;
  return (
    (q === undefined ||
      spoken(`${one.name} x${index} ${one.description}`).some((word) => word.startsWith(String(q).toLowerCase()))) &&
    (ownerId === undefined || ownerId === ownerName) &&
    (favorite === undefined || favorite === (one.favorites[user] ?? false)) &&
    (shared === undefined || shared === isShared) &&
    (dispatcher === undefined || dispatcher === one.dispatcher) &&
    (tag === undefined || one.tags[tagNames.indexOf(String(tag))] === true) &&
    (folderId === undefined || folderId === (one.filed ? folderOf(one.owner) : "none"))
  );
};

/** The ids that a list is to show, in their order. */
function expectedIds(
  plan: Plan,
  population: Population,
  holder: Holder,
  sort: string,
  filter: Record<string, unknown>,
) {
  const visible = plan.assistants.flatMap((one, index) => {
    const reached = holder.only === null || holder.only === index;
    if (!reached || levelOf(plan, holder.user, one) === 0 || !fits(plan, holder, index, filter)) return [];
    const key = sort.endsWith("name") ? one.name.toLowerCase() : String(9 - one.age);
    return [`${key}\n${population.assistants[index]?.id}`];
  });
  const ordered = visible.toSorted();
  return (sort.startsWith("-") ? ordered.toReversed() : ordered).map((row) => row.split("\n")[1]);
}

const filters: Record<string, unknown>[] = [
  ...["u0", "u1", "nobody"].map((name) => ({ ownerId: `user:${name}` })),
  { ownerId: "team:t0" },
  { ownerId: "team:t1", shared: true },
  { favorite: true },
  { favorite: false, dispatcher: true },
  { shared: true },
  { shared: false },
  { dispatcher: true },
  { dispatcher: false },
  ...words.slice(0, 4).map((q) => ({ q })),
  { q: "al", favorite: true },
  { q: "x1", dispatcher: false },
  { tag: "One" },
  { tag: "two", folderId: "none" },
  { folderId: "none", shared: true },
  ...[0, 1, 4].map((owner) => ({ folderId: folderOf(owner) })),
  { folderId: folderOf(5), tag: "One", favorite: true },
];

test("a list shows exactly what get allows, in every order and with every filter", { timeout: 60_000 }, async () => {
  const property = fc.asyncProperty(plans, fc.nat(sorts.length), (plan, turn) =>
    populate(plan, async (population) => {
      for (const holder of population.holders) await checkHolder(plan, population, holder, turn);
    }),
  );
  await fc.assert(property, { numRuns: 25 });
});

async function checkHolder(plan: Plan, population: Population, holder: Holder, turn: number): Promise<void> {
  const { world, assistants } = population;
  const refusal = refusalOf(plan, holder);
  const all = await doors.core(world, holder.as, "assistants.listAll", {});
  const questions = [
    ...sorts.map((sort) => ({ sort, filter: {} })),
    ...filters.map((filter, index) => ({ sort: sorts[(turn + index) % sorts.length] as string, filter })),
  ];
  for (const { sort, filter } of questions) {
    const listed = await wholeList(population, holder, { sort, ...filter });
    if (refusal) expect(listed).toBe(refusal);
    else expect((listed as Listed[]).map(({ id }) => id)).toEqual(expectedIds(plan, population, holder, sort, filter));
  }
  const inOrder = await wholeList(population, holder, {});
  const allItems = all.ok ? (all.value as { items: Listed[] }).items : all.code;
  expect(allItems).toEqual(refusal ?? (inOrder as Listed[]).map((item) => expect.objectContaining(item)));
  for (const [index, { id }] of assistants.entries()) {
    const answer = await doors.core(world, holder.as, "assistants.get", { id });
    const reading = readingOf(plan, holder, index);
    if (typeof reading === "string") {
      expect(answer).toMatchObject({ ok: false, code: reading });
      if (!refusal) expect((inOrder as Listed[]).some((item) => item.id === id)).toBe(false);
      continue;
    }
    const got = expectSuccess(answer) as Listed;
    // A token that only reads still reads all that its user may.
    const planned = plan.assistants[index];
    const hidden = planned?.instructionsHidden && levelOf(plan, holder.user, planned) < 2;
    expect(got).toMatchObject({ permissions: permissionsAt(reading), instructions: hidden ? null : "Do." });
    expect((inOrder as Listed[]).find((item) => item.id === id)).toEqual(got);
  }
}

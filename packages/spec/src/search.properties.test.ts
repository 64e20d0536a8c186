import fc from "fast-check";
import { expect, test } from "vitest";
import type { Person, Presented, Principal } from "./arrange.ts";
import { expectDerivedTables } from "./derived.ts";
import { doors } from "./doors.ts";
import { expectSuccess } from "./expectations.ts";
import type { OperationName } from "./operations.ts";
import { openWorld, type World } from "./world.ts";

const [users, teams] = [3, 2];

const word = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("al", "alpha", "Älpha", "al\u0308", "beta", "BETA2", "2", "日本", "日本語", "0x", "x"),
  },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 4 }) },
);
const sign = fc.constantFrom(" ", " ", " ", "-", "_", "'", '"', "😀", "*", ":", "\u00a0", "");
const textOf = (most: number) =>
  fc
    .array(fc.tuple(word, sign), { minLength: 1, maxLength: most })
    .map((parts) => parts.flat().join(""))
    .filter((text) => text.length > 0 && !text.includes("\0") && text.isWellFormed());

const step = fc.record({
  what: fc.constantFrom(
    ...(["create", "create", "rename", "describe", "move", "own", "share", "share", "unshare"] as const),
    ...(["join", "leave", "edit", "editing", "commit", "restore", "delete"] as const),
  ),
  assistant: fc.nat(9),
  whom: fc.nat(users + teams - 1),
  text: textOf(3),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Cast {
  readonly world: World;
  readonly root: Person;
  readonly people: readonly Person[];
  readonly crews: readonly Principal[];
}

async function castOf(world: World): Promise<Cast> {
  const root = await world.user({ name: "root", superuser: true });
  const people: Person[] = [];
  for (let index = 0; index < users; index++) people.push(await world.user({ name: `u${index}` }));
  const crews: Principal[] = [];
  for (let index = 0; index < teams; index++) crews.push(await world.team({ name: `t${index}`, members: [] }));
  return { world, root, people, crews };
}

function requestOf(
  { what, assistant, whom, text }: Step,
  { people, crews }: Cast,
  ids: readonly string[],
  drafts: readonly string[],
) {
  const id = ids[assistant % Math.max(1, ids.length)] ?? "none";
  const draft = drafts[assistant % Math.max(1, drafts.length)] ?? "none";
  const principalId = [...people, ...crews][whom]?.ref ?? "";
  const member = { id: `t${whom % teams}`, username: `u${assistant % users}` };
  const requests: Record<Step["what"], [OperationName, object]> = {
    create: ["assistants.create", { name: text, description: assistant % 2 ? text : null, ownerId: principalId }],
    rename: ["assistants.update", { id, name: text }],
    describe: ["assistants.update", { id, description: assistant % 3 ? text : null }],
    move: ["assistants.update", { id, slug: `beta-${assistant}` }],
    own: ["owner.set", { id, ownerId: principalId }],
    share: ["shares.set", { id, principalId, accessLevel: 1 }],
    unshare: ["shares.delete", { id, principalId }],
    join: ["teams.setMember", { ...member, role: "member" }],
    leave: ["teams.removeMember", member],
    edit: ["drafts.edit", { id }],
    editing: ["assistants.update", { id: draft, name: text, description: text }],
    commit: ["drafts.commit", { id }],
    restore: ["revisions.restore", { id, number: 1 }],
    delete: ["assistants.delete", { id }],
  };
  return requests[what];
}

/** The ids that one may see, by the contract's rule and the tables that say so. */
const visibleTo = (world: World, { id }: Person, all: boolean) =>
  world.rows(
    `with mine(id) as (select ?1 union select team_id from memberships where user_id = ?1)
     select id, number from assistants a where editing_id is null and (?2 or owner_id in (select id from mine)
       or exists (select 1 from shares s where s.assistant_id = a.id and s.principal_id in (select id from mine)))`,
    id,
    Number(all),
  );

const firstQuestion = 1_000_000_000;

/** The words of every assistant and of every question, by a full-text index made for that. */
async function wordsOf(world: World, questions: readonly string[]): Promise<ReadonlyMap<number, readonly string[]>> {
  const plain = (sql: string, ...args: unknown[]) => ({ sql, args });
  const results = await world.run([
    plain("create virtual table temp.every using fts5(text, content = '', tokenize = 'unicode61 remove_diacritics 2')"),
    plain(`insert into temp.every (rowid, text)
      select number, name || ' ' || slug || ' ' || coalesce(description, '') from assistants`),
    ...questions.map((q, index) =>
      plain("insert into temp.every (rowid, text) values (?, ?)", firstQuestion + index, q),
    ),
    plain("create virtual table temp.every_word using fts5vocab('temp', 'every', 'instance')"),
    plain("select doc, term from temp.every_word order by doc, offset"),
    plain("drop table temp.every_word"),
    plain("drop table temp.every"),
  ]);
  const words = new Map<number, string[]>();
  for (const [doc, term] of results.at(-3) ?? []) {
    const known = words.get(Number(doc)) ?? [];
    words.set(Number(doc), [...known, String(term)]);
  }
  return words;
}

/** Every word must occur, the last may be the beginning of one. */
function answers(text: readonly string[], asked: readonly string[]): boolean {
  const last = asked.at(-1);
  return (
    last !== undefined &&
    asked.slice(0, -1).every((each) => text.includes(each)) &&
    text.some((each) => each.startsWith(last))
  );
}

async function expectSearches({ world, root, people }: Cast, questions: readonly string[]): Promise<void> {
  const words = await wordsOf(world, questions);
  for (const person of [root, ...people]) {
    const visible = (await visibleTo(world, person, person === root)) as [string, number][];
    const bound = visible.slice(0, 2).map(([id]) => id);
    const tokens = await Promise.all(bound.map((id) => world.token(person, { assistant: { id } })));
    for (const [index, q] of questions.entries()) {
      const asked = words.get(firstQuestion + index) ?? [];
      const found = visible.filter(([, number]) => answers(words.get(number) ?? [], asked)).map(([id]) => id);
      const all = found.toSorted();
      expect(await search(world, person, q), `${person.name} asks ${JSON.stringify(q)}`).toEqual([all, all.length]);
      for (const [at, token] of tokens.entries()) {
        const reached = all.filter((id) => id === bound[at]);
        expect(await search(world, token, q), `a token asks ${JSON.stringify(q)}`).toEqual([reached, reached.length]);
      }
    }
  }
}

async function search(world: World, as: Presented, q: string): Promise<[string[], number]> {
  const answer = await doors.core(world, as, "assistants.list", { q, limit: 200, total: "exact" });
  const { items, total } = expectSuccess(answer) as { items: { id: string }[]; total: number };
  return [items.map(({ id }) => id).toSorted(), total];
}

test("a search finds what has the words among what one may see, whatever has happened", {
  timeout: 60_000,
}, async () => {
  const stories = fc.array(step, { minLength: 5, maxLength: 25 });
  const asked = fc.array(textOf(3), { minLength: 4, maxLength: 8 });
  const property = fc.asyncProperty(stories, asked, async (story, questions) => {
    const world = await openWorld({ keep: true });
    try {
      const cast = await castOf(world);
      for (const one of story) {
        world.advance(1);
        const rows = (await world.rows("select id, editing_id from assistants order by number")) as string[][];
        const [live, drafts] = [rows.filter(([, original]) => !original), rows.filter(([, original]) => original)];
        const ids = (some: string[][]) => some.map(([id]) => String(id));
        const [name, input] = requestOf(one, cast, ids(live), ids(drafts));
        await doors.core(world, cast.root, name, input as Record<string, unknown>);
      }
      await expectDerivedTables(world);
      await expectSearches(cast, ["al", ...questions]);
    } finally {
      await world.close();
    }
  });
  await fc.assert(property, { numRuns: 30 });
});

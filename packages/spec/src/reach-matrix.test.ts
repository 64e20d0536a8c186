import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Person } from "./arrange.ts";
import { type Answer, doors } from "./doors.ts";
import { expectSuccess } from "./expectations.ts";
import type { OperationName } from "./operations.ts";
import {
  type Asker,
  accesses,
  askerNames,
  askers,
  fieldNames,
  modes,
  openReach,
  type ReachWorld,
  type Row,
  rows,
  type Seen,
  sampleSize,
  seenDirectly,
  seenThrough,
} from "./reach-world.ts";

let reach: ReachWorld;
const sample = new Set<unknown>();

beforeAll(async () => {
  reach = await openReach();
  const { content } = await runs(reach.people.owner, reach.assistant("sample", "assistant"), {});
  for (const { name } of content.rows as Row[]) sample.add(name);
}, 60_000);
afterAll(() => reach.world.close());

/** What was answered to the one who asks in the running test, to the byte. */
let told: string[] = [];

async function ask(who: Person, name: OperationName, input: object): Promise<Answer> {
  const answer = await doors.rest(reach.world, who, name, input as Record<string, unknown>);
  told.push(JSON.stringify(answer.ok ? answer.body : [answer.body, answer.details]));
  return answer;
}

// biome-ignore lint/suspicious/noExplicitAny: what a test reads from an answer is checked by what it expects of it
const get = async (who: Person, name: OperationName, input: object): Promise<any> =>
  expectSuccess(await ask(who, name, input));
const runs = (who: Person, { id, skillId }: { id: string; skillId: string }, query: object) =>
  get(who, "skills.run", { id, skillId, input: { dataset: "Reached", ...query } });

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const sorted = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort();

function expectNothingHidden({ canaries }: Seen) {
  const everything = told.join("\n");
  expect(canaries.filter((canary) => everything.includes(canary))).toEqual([]);
}

type Query = Readonly<Record<string, unknown>>;
/** Asks a question; what is typed into it is not looked at as an answer. */
type Asking = (query: Query) => Promise<{ readonly rows: readonly object[]; readonly count: number }>;

/** Everything that may be asked in the shape of a query, against the reference. */
async function expectAnswers(query: Asking, seen: Seen): Promise<void> {
  expect((await query({})).rows).toEqual(plain(seen.rows));
  expect((await query({ aggregates: [{ function: "count", as: "n" }] })).rows).toEqual([{ n: seen.rows.length }]);
  for (const field of seen.fields) {
    const cells = plain(seen.rows).map((row) => row[field] ?? null);
    const there = cells.filter((cell) => cell !== null);
    const selected = await query({ select: [field] });
    expect(selected.rows).toEqual(cells.map((cell) => ({ [field]: cell })));
    const groups = await query({ groupBy: [field], aggregates: [{ function: "count", as: "n" }] });
    const expected = [...new Set(cells)].map((cell) => ({
      [field]: cell,
      n: cells.filter((other) => other === cell).length,
    }));
    expect(sorted(groups.rows)).toEqual(sorted(expected));
    const functions = ["count", "countDistinct", ...(field === "open" ? [] : ["min", "max"])];
    const aggregates = functions.map((name) => ({ function: name, field, as: name }));
    const [min, max] = [there.toSorted(compare)[0] ?? null, there.toSorted(compare).at(-1) ?? null];
    const [figures] = (await query({ aggregates })).rows;
    expect(figures).toMatchObject({
      count: there.length,
      countDistinct: new Set(there).size,
      ...(field !== "open" && { min, max }),
    });
    const order = (await query({ select: [field], sort: [`-${field}`] })).rows.map((row) => (row as Row)[field]);
    expect(order).toEqual(cells.toSorted((one, other) => compare(other, one)));
  }
}

const rank = (value: unknown) => (value === null ? 0 : 1);
const compare = (one: unknown, other: unknown): number =>
  rank(one) - rank(other) || (one === other ? 0 : (one as string) < (other as string) ? -1 : 1);

/** Every value that there is, asked for in every field that is seen: it is found where it is shown, and nowhere else. */
async function expectFilters(query: Asking, seen: Seen): Promise<void> {
  for (const field of seen.fields)
    for (const value of new Set(plain(rows).map((row) => row[field] ?? null))) {
      const found = await query({ filter: { [field]: value } });
      expect(found.rows, `${field} is ${value}`).toEqual(plain(seen.rows).filter((row) => row[field] === value));
    }
}

const words = [
  ...new Set(
    rows
      .flatMap((row) => [row.region, row.name, row.note, row.secret])
      .flatMap((text) => String(text ?? "").split(" ")),
  ),
].filter((word) => word !== "");
const textFields = ["region", "name", "note", "secret"];
const begins = (row: Row, word: string) =>
  textFields.some((field) =>
    String(row[field] ?? "")
      .split(" ")
      .some((other) => other.startsWith(word)),
  );

async function expectSearch(who: Person, id: string, seen: Seen): Promise<void> {
  for (const word of [...words, "no", "comm", "secre"]) {
    const expected = plain(seen.rows).filter((row) => begins(row, word));
    const page = await get(who, "records.list", { id, q: word, total: "exact" });
    expect({ items: page.items, total: page.total }, word).toEqual({ items: expected, total: expected.length });
    const [, both] = [
      word,
      await get(who, "records.list", {
        id,
        q: `common ${word}`,
        sort: seen.fields[0] ? `-${seen.fields[0]}` : undefined,
      }),
    ];
    expect(both.total, `common ${word}`).toBe(
      expected.filter((row) => String(row.note ?? "").startsWith("common")).length,
    );
  }
}

describe.each(askerNames)("what %s sees", (name) => {
  const asker: Asker = askers[name];

  test("of the dataset itself", async () => {
    const { dataset, people } = reach;
    const [who, { id }] = [people[name], dataset];
    const seen = seenDirectly(asker);
    told = [];
    if (name === "none") {
      for (const operation of ["records.list", "records.query", "datasets.fields"] as const)
        expect(await ask(who, operation, { id })).toMatchObject({ ok: false, code: "not_found" });
      return expectNothingHidden(seen);
    }
    const query: Asking = (asked) => get(who, "records.query", { id, ...asked });
    const list: Asking = async (asked) => {
      const page = await get(who, "records.list", { id, total: "exact", ...asked });
      expect(page.total).toBe(page.items.length);
      return { rows: page.items, count: page.count };
    };
    expect((await list({})).rows).toEqual(plain(seen.rows));
    expect((await get(who, "records.list", { id, limit: 1 })).total).toBe(seen.rows.length);
    for (const field of seen.fields) {
      const page = await list({ sort: field });
      const expected = plain(seen.rows)
        .map((row) => row[field])
        .toSorted(compare);
      expect(page.rows.map((row) => (row as Row)[field])).toEqual(expected);
    }
    await expectAnswers(query, seen);
    const described = await get(who, "datasets.fields", { id });
    const samples = (field: string) =>
      [...new Set(plain(seen.rows).map((row) => row[field]))].filter((value) => value !== null);
    expect(described.items.map((item: { name: string; sample: unknown }) => [item.name, item.sample])).toEqual(
      seen.fields.map((field) => [field, samples(field).slice(0, 5)]),
    );
    expectNothingHidden(seen);
    await expectFilters(query, seen);
    await expectFilters(list, seen);
    await expectSearch(who, id, seen);
  });

  test.each(modes.flatMap((mode) => accesses.map((access) => ({ mode, access }))))(
    "through an assistant that knows it as $mode, with access $access",
    async ({ mode, access }) => {
      const who = reach.people[name];
      const known = reach.assistant(mode, access);
      const seen = seenThrough(asker, mode, access, sample);
      const isReached = access === "assistant" || name !== "none";
      told = [];
      const { toolDefinition } = await get(who, "skills.driver", { id: known.id, skillId: known.skillId });
      expect(toolDefinition.inputSchema.properties.dataset.enum).toEqual(isReached ? ["Reached"] : undefined);
      for (const field of isReached ? fieldNames : [])
        expect(toolDefinition.description.includes(`"${field}"`), field).toBe(seen.fields.includes(field));
      const first = await runs(who, known, {});
      if (!isReached)
        expect(first).toMatchObject({ failed: true, content: { error: expect.stringContaining("You have no right") } });
      else if (seen.unfit)
        expect(first).toMatchObject({ failed: true, content: { error: expect.stringContaining("you do not see") } });
      else if (mode === "schema") {
        for (const query of [
          {},
          { aggregates: [{ function: "count", as: "n" }] },
          { groupBy: ["name"] },
          { limit: 1 },
        ]) {
          const { failed, content } = await runs(who, known, query);
          expect({ failed, fields: content.fields.map((field: { name: string }) => field.name) }).toEqual({
            failed: true,
            fields: seen.fields,
          });
        }
      } else {
        expect(first.failed).toBe(false);
        await expectAnswers(async (query) => (await runs(who, known, query)).content, seen);
        expectNothingHidden(seen);
        await expectFilters(async (query) => (await runs(who, known, query)).content, seen);
        return;
      }
      expectNothingHidden(seen);
    },
  );
});

test("the sample is a part of the data, of the size that was said, and the reference hides something from most", () => {
  expect(sample.size).toBe(sampleSize);
  for (const name of sample) expect(rows.map((row) => row.name)).toContain(name);
  const keptFrom = askerNames.filter((name) => seenDirectly(askers[name]).canaries.length > 0);
  expect(keptFrom.length).toBeGreaterThan(8);
});

import type { Statement } from "@steward/db";
import { embeddedExecutor } from "@steward/db/node";
import { expect, onTestFinished, test } from "vitest";
import { doors } from "./doors.ts";
import { ordered } from "./records-world.ts";
import { openWorld, type World } from "./world.ts";

const records = Array.from({ length: 4000 }, (_, index) => ({ city: "Berlin", note: `blue ${index}`, price: index }));

/** Ada's orders, so many that the first page and the last lie far apart; Cleo sees those of Berlin, which they all are. */
async function manyOrders() {
  const world = await openWorld();
  const { ada, cleo, dataset: few } = await ordered(world);
  const dataset = await world.dataset({
    owner: ada,
    name: "Many",
    fields: [
      { name: "city", dataType: "string" },
      { name: "note", dataType: "string" },
      { name: "price", dataType: "number" },
    ],
    records,
    shares: [[cleo, { level: 1, filter: { city: "Berlin" } }]],
  });
  return { world, ada, cleo, few, dataset };
}
type Many = Awaited<ReturnType<typeof manyOrders>>;

/** Steps of the database's machine that a statement takes, on a connection that counts no other's. */
async function stepsOf(world: World, { sql, args }: Statement): Promise<number> {
  const executor = embeddedExecutor(world.path);
  onTestFinished(() => executor.close());
  const counted = { sql: "select sum(nstep) from sqlite_stmt where sql = ?", args: [sql] };
  const [, steps] = await executor.batch([{ sql, args }, counted], "read");
  return Number(steps?.rows[0]?.[0]);
}

interface Page {
  readonly items: readonly { readonly note: string }[];
  readonly next: string | null;
}

/** A page, and the statement that has read it. */
async function pageOf({ world, dataset }: Many, who: Many["ada"], input: object) {
  world.trips.length = 0;
  const answer = await doors.core(world, who, "records.list", { id: dataset.id, limit: 200, ...input });
  if (!answer.ok) throw new Error(answer.code);
  const statements = world.trips.flatMap((trip) => trip.statements);
  const asked = statements.find(({ sql }) => sql.startsWith("with found"));
  if (!asked) throw new Error("Nothing was asked of the records");
  return { page: answer.value as Page, asked };
}

test.each([
  ["all", "ada", {}],
  ["with a filter", "ada", { filter: { price: { $gte: 0 } } }],
  ["through a share that narrows", "cleo", {}],
  ["of the full text", "ada", { q: "blue" }],
  ["of the full text, with a filter and through such a share", "cleo", { q: "blue", filter: { price: { $gte: 0 } } }],
] as const)("the last of many pages is read in as many steps as the first: %s", async (_, who, input) => {
  const many = await manyOrders();
  const first = await pageOf(many, many[who], input);
  let last = first;
  let seen = first.page.items.length;
  // All but the last page, which has no record behind it and so one less to step over.
  while (seen < records.length - 200) {
    last = await pageOf(many, many[who], { ...input, cursor: last.page.next });
    expect(last.page.items[0]?.note).toBe(`blue ${seen}`);
    seen += last.page.items.length;
  }
  expect(last.asked.sql).toBe(first.asked.sql);
  const steps = await stepsOf(many.world, first.asked);
  expect(steps).toBeGreaterThan(200);
  expect(await stepsOf(many.world, last.asked)).toBeLessThan(steps * 1.05);
});

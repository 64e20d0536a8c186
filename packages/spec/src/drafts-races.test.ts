import { expect, test } from "vitest";
import { doors } from "./doors.ts";
import { openWorld } from "./world.ts";

test("two who begin at once share one draft", async () => {
  const world = await openWorld();
  const [ada, ben] = [await world.user({ name: "ada" }), await world.user({ name: "ben" })];
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 2);
  const answers = await Promise.all(
    [ada, ben, ada, ben].map((who) => doors.rest(world, who, "drafts.edit", { id: sales.id })),
  );
  expect(answers.map((answer) => answer.ok && answer.status).sort()).toEqual([200, 200, 200, 201]);
  expect(new Set(answers.map((answer) => answer.ok && (answer.value as { id: string }).id)).size).toBe(1);
  expect(await world.rows("select count(*) from audit")).toEqual([[1]]);
});

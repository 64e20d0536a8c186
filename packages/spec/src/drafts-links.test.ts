import { expect, test } from "vitest";
import type { Presented } from "./arrange.ts";
import { doors } from "./doors.ts";
import { expectSuccess } from "./expectations.ts";
import type { OperationName } from "./operations.ts";
import { openWorld } from "./world.ts";

/** Over REST, what a draft and its original link to. */
async function edited() {
  const world = await openWorld();
  const [ada, cleo] = [await world.user({ name: "ada" }), await world.user({ name: "cleo" })];
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, cleo, 1);
  const ask = async (as: Presented, name: OperationName, input: object) => {
    const answer = await doors.rest(world, as, name, { id: sales.id, ...input });
    expectSuccess(answer);
    const { _links: links, ...body } = answer.body as { id: string; _links: Record<string, { href: string }> };
    return { links, body, headers: answer.headers };
  };
  const { body, headers, links } = await ask(ada, "drafts.edit", {});
  return { world, ada, cleo, sales, ask, draft: body.id, headers, links };
}

test("a draft links to its original and its commit, and to nothing that it has not", async () => {
  const { ada, sales, ask, draft, headers, links } = await edited();
  expect(headers.get("location")).toBe(`/api/assistants/${draft}`);
  for (const here of [links, (await ask(ada, "assistants.get", { id: draft })).links]) {
    expect(here.self?.href).toBe(`/api/assistants/${draft}`);
    expect(here["inf:original"]?.href).toBe(`/api/assistants/${sales.id}`);
    expect(here["inf:commit-draft"]?.href).toBe(`/api/assistants/${sales.id}/draft/_commit`);
    expect(here["inf:assistant-skills"]?.href).toBe("/api/assistants/ada:sales-draft/skills");
    for (const none of ["edit", "draft", "revisions", "shares", "owner", "favorite", "tokens", "tags"])
      expect(here).not.toHaveProperty(`inf:${none}`);
  }
});

test("an assistant links to its draft where there is one, for those who may follow it", async () => {
  const { world, ada, cleo, sales, ask } = await edited();
  const live = await ask(ada, "assistants.get", {});
  expect(live.links["inf:draft"]?.href).toBe("/api/assistants/ada:sales/draft");
  expect(live.links["inf:edit"]?.href).toBe("/api/assistants/ada:sales/_edit");
  const reader = await ask(cleo, "assistants.get", {});
  for (const none of ["edit", "draft", "revisions"]) expect(reader.links).not.toHaveProperty(`inf:${none}`);
  expectSuccess(await doors.rest(world, ada, "drafts.discard", { id: sales.id }));
  expect((await ask(ada, "assistants.get", {})).links).not.toHaveProperty("inf:draft");
});

test("what a commit, a restore and an import answer stands where the assistant does", async () => {
  const { ada, sales, ask, draft } = await edited();
  await ask(ada, "assistants.update", { id: draft, name: "Selling" });
  const self = `/api/assistants/${sales.id}`;
  expect((await ask(ada, "drafts.commit", {})).links.self?.href).toBe(self);
  expect((await ask(ada, "revisions.restore", { number: 2 })).links.self?.href).toBe(self);
  const document = { format: "steward.assistant/1", naturalId: "ada:new", name: "New" };
  const dry = await ask(ada, "assistants.import", { id: undefined, document, dryRun: true });
  expect(dry.links.self?.href).toBe("/api/assistants/_import");
  const made = await ask(ada, "assistants.import", { id: undefined, document });
  expect(made.headers.get("location")).toBe(`/api/assistants/${made.body.id}`);
});

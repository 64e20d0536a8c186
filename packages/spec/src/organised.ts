import { nameKeyOf } from "@steward/core";
import { expect } from "vitest";
import type { Made, Principal } from "./arrange.ts";
import type { World } from "./world.ts";

async function insert(world: World, table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const keys = Object.keys(row);
  await world.rows(
    `insert into ${table} (${keys.join(", ")}) values (${keys.map(() => "?").join(", ")})`,
    ...Object.values(row),
  );
}

const times = () => ({ created_at: Date.now(), updated_at: Date.now() });

interface Identified {
  readonly id: string;
}

/** The draft of an assistant, by statements rather than by the operation that makes one. */
export async function arrangeDraft(world: World, original: Made): Promise<Made> {
  const [[owner, name] = []] = await world.rows("select owner_id, name from assistants where id = ?", original.id);
  const id = world.services.ids.next();
  const slug = `${original.slug}-draft`;
  await insert(world, "assistants", {
    id,
    owner_id: owner,
    slug,
    name,
    sort_name: String(name).toLowerCase(),
    suggestions: "[]",
    editing_id: original.id,
    ...times(),
  });
  return { id, slug, naturalId: `${original.naturalId}-draft` };
}

export interface CommentOptions {
  readonly id?: string;
  readonly by: Principal | null;
  readonly message?: string;
  readonly mentions?: readonly Principal[];
  readonly answers?: Identified;
  readonly editorsOnly?: boolean;
  readonly resolvedBy?: Principal;
}

export async function arrangeComment(
  world: World,
  on: Identified,
  {
    id = world.services.ids.next(),
    by,
    message = "Hm.",
    mentions = [],
    answers,
    editorsOnly = false,
    resolvedBy,
  }: CommentOptions,
): Promise<Identified> {
  await insert(world, "comments", {
    id,
    assistant_id: on.id,
    parent_id: answers?.id ?? null,
    user_id: by?.id ?? null,
    message,
    mentions: JSON.stringify(mentions.map((user) => user.id)),
    editors_only: editorsOnly,
    resolved_at: resolvedBy ? Date.now() : null,
    resolved_by: resolvedBy?.id ?? null,
    ...times(),
  });
  return { id };
}

export async function arrangeTag(
  world: World,
  name: string,
  by: Principal,
  ...assistants: readonly Identified[]
): Promise<Identified> {
  const id = world.services.ids.next();
  await insert(world, "tags", { id, name, sort_name: nameKeyOf(name), created_by: by.id, ...times() });
  for (const assistant of assistants)
    await insert(world, "assistant_tags", { assistant_id: assistant.id, tag_id: id, created_at: Date.now() });
  return { id };
}

export interface FolderOptions {
  readonly id?: string;
  readonly parent?: Identified | null;
  readonly holds?: readonly Identified[];
}

export async function arrangeFolder(
  world: World,
  owner: Principal,
  name: string,
  { id = world.services.ids.next(), parent = null, holds = [] }: FolderOptions = {},
): Promise<Identified> {
  const row = { id, owner_id: owner.id, parent_id: parent?.id ?? null, name, sort_name: nameKeyOf(name), ...times() };
  await insert(world, "folders", row);
  for (const assistant of holds) await world.rows("update assistants set folder_id = ? where id = ?", id, assistant.id);
  return { id };
}

/**
 * Ada owns Sales; Ben may read it, Cleo of the crew may write it, and Dan is nobody. Ben has asked something, to which Ada
 * and Ben have replied; what Cleo said on a draft is for editors.
 */
export async function talk(world: World) {
  const ada = await world.user({ name: "ada", displayName: "Ada L." });
  const [ben, cleo, dan, root] = [
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
    await world.user({ name: "dan" }),
    await world.user({ name: "root", superuser: true }),
  ];
  const crew = await world.team({ name: "crew", members: [[cleo, "member"]] });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 1);
  await world.share(sales, crew, 2);
  const question = await arrangeComment(world, sales, { by: ben, message: "Why?", mentions: [ada] });
  const answer = await arrangeComment(world, sales, { by: ada, message: "Because.", answers: question });
  const thanks = await arrangeComment(world, sales, { by: ben, message: "I see.", answers: question });
  const hidden = await arrangeComment(world, sales, { by: cleo, message: "Hush.", editorsOnly: true });
  return { ada, ben, cleo, dan, root, crew, sales, question, answer, thanks, hidden };
}

/** As many comments more, by nobody. */
export const crowdOfComments = (world: World, assistantId: string, parentId: string | null, count: number) =>
  world.rows(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
     insert into comments (id, assistant_id, parent_id, message, mentions, created_at, updated_at)
     select 'c' || i, ?, ?, 'x', '[]', 1, 1 from n`,
    count,
    assistantId,
    parentId,
  );

/**
 * Ada has Work, in it Sales and Old, in which lie Sales and her assistant; the crew, which she designs for and of which Ben
 * is a member, has Shared. Cleo has a folder of her own.
 */
export async function cabinet(world: World) {
  const ada = await world.user({ name: "ada" });
  const [ben, cleo, root] = [
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
    await world.user({ name: "root", superuser: true }),
  ];
  const crew = await world.team({
    name: "crew",
    members: [
      [ada, "designer"],
      [ben, "member"],
    ],
  });
  const helper = await world.assistant({ owner: ada, name: "Helper" });
  const work = await arrangeFolder(world, ada, "Work");
  const sales = await arrangeFolder(world, ada, "Sales", { parent: work });
  const old = await arrangeFolder(world, ada, "Old", { parent: work, holds: [helper] });
  const nested = await arrangeFolder(world, ada, "Nested", { parent: old });
  const shared = await arrangeFolder(world, crew, "Shared");
  const secret = await arrangeFolder(world, cleo, "Secret");
  return { ada, ben, cleo, root, crew, helper, work, sales, old, nested, shared, secret };
}
export type Cabinet = Awaited<ReturnType<typeof cabinet>>;

export const nowhere = "01900000-0000-7000-8000-ffffffffffff";
export const tree = async (world: World) =>
  Object.fromEntries(
    await world.rows("select f.name, p.name from folders f left join folders p on p.id = f.parent_id order by 1"),
  );
export const placeOf = async (world: World, { id }: { readonly id: string }) =>
  (await world.rows("select folder_id, version from assistants where id = ?", id))[0];
export const refusesParent = {
  refuses: "validation_failed" as const,
  after: async (_: World, __: Cabinet, answer: unknown) =>
    expect(answer).toMatchObject({ details: [{ path: "parentId" }] }),
};

/** As many folders, each in the one before, from the top down. */
export async function chain(world: World, owner: Cabinet["ada"], count: number) {
  const links: { readonly id: string }[] = [];
  for (let index = 1; index <= count; index++)
    links.push(await arrangeFolder(world, owner, `Level ${index}`, { parent: links.at(-1) ?? null }));
  return { top: links[0] as { readonly id: string }, last: links.at(-1) as { readonly id: string } };
}

/** Ada has made two tags, and put one on her Sales, which Ben may read and Cleo may write. Root has made a third. */
export async function labelled(world: World) {
  const ada = await world.user({ name: "ada" });
  const [ben, cleo, root] = [
    await world.user({ name: "ben", role: "member" }),
    await world.user({ name: "cleo" }),
    await world.user({ name: "root", superuser: true }),
  ];
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 1);
  await world.share(sales, cleo, 2);
  const urgent = await arrangeTag(world, "Urgent", ada, sales);
  const eu = await arrangeTag(world, "EU", ada);
  const beta = await arrangeTag(world, "beta", root);
  return { ada, ben, cleo, root, sales, urgent, eu, beta };
}

export const versionOfAssistant = async (world: World, { id }: { readonly id: string }) =>
  (await world.rows("select version from assistants where id = ?", id))[0]?.[0];
export const namesOfTags = async (world: World) =>
  (await world.rows("select t.name from assistant_tags x join tags t on t.id = x.tag_id order by 1")).flat();

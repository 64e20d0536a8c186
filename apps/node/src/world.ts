import { operations } from "@steward/core";
import type { Ask } from "./asking.ts";
import { type Assistant, type DemoFile, folders, people, tags, teams } from "./demo.ts";
import { assistants } from "./demo-assistants.ts";
import { bytesOf, type Dataset, datasets } from "./demo-datasets.ts";

const { favorites, knowledge, skills, files, references, secrets, comments, drafts, tokens } = operations;

/** Days that the token of the first start's curl line lives. */
const tokenDays = 30;
const day = 24 * 60 * 60 * 1000;

export interface WorldOptions {
  /** Who has the demo's administration. */
  readonly admin: string;
  readonly now: Date;
  /** Whether bytes that are put into the store lie where they will be looked for. */
  readonly withFiles: boolean;
}

/** Makes the demo world, each step asked by whoever would take it, and answers with a token of the admin's that only reads. */
export async function makeWorld(ask: Ask, { admin, now, withFiles }: WorldOptions): Promise<string> {
  for (const { name, ...person } of people.filter(({ name }) => name !== admin)) {
    await ask(admin, operations.users.create, { username: name, ...person });
  }
  for (const team of teams) await makeTeam(ask, admin, team);
  for (const [name, by] of Object.entries(tags)) await ask(by, operations.tags.create, { name });
  const folderIds = await makeFolders(ask);
  for (const dataset of datasets) await makeDataset(ask, dataset);
  for (const assistant of assistants) await makeAssistant(ask, assistant, folderIds);
  // Some name each other, and each is read by others only once it is shared.
  for (const assistant of assistants) await equip(ask, withFiles ? assistant : { ...assistant, files: [] });
  for (const assistant of assistants) await useTogether(ask, assistant, admin);
  const { token } = await ask(admin, tokens.create, {
    readOnly: true,
    notes: "Made at the first start for its curl line",
    expiresAt: new Date(now.getTime() + tokenDays * day),
  });
  return token;
}

/** Who makes a team is its admin: the demo's admin takes over, and the maker leaves unless it is a member itself. */
async function makeTeam(ask: Ask, admin: string, { members, ...team }: (typeof teams)[number]): Promise<void> {
  const { id } = await ask(admin, operations.teams.create, team);
  for (const [username, role] of Object.entries(members)) {
    if (username === admin && role === "admin") continue;
    await ask(admin, operations.teams.setMember, { id, username, role });
  }
  if (!(admin in members)) await ask(admin, operations.teams.removeMember, { id, username: admin });
}

async function makeFolders(ask: Ask): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const { owner, name, within } of folders) {
    const parentId = ids.get(`${owner}/${within}`);
    const place = parentId === undefined ? { ownerId: owner } : { parentId };
    const { id } = await ask(makerOf(owner), operations.folders.create, { name, ...place });
    ids.set(`${owner}/${name}`, id);
  }
  return ids;
}

async function makeDataset(ask: Ask, dataset: Dataset): Promise<void> {
  const { owner, fields, shares = {} } = dataset;
  const by = makerOf(owner);
  const { id } = await ask(by, operations.datasets.create, { ...fields, ownerId: owner });
  await ask(by, operations.datasets.upload, { id, content: bytesOf(dataset) });
  for (const [principalId, share] of Object.entries(shares)) {
    await ask(by, operations.datasetShares.set, { id, principalId, ...share });
  }
}

async function makeAssistant(ask: Ask, assistant: Assistant, folderIds: ReadonlyMap<string, string>): Promise<void> {
  const { owner, fields, folder, shares = {} } = assistant;
  const by = makerOf(owner);
  const { id } = await ask(by, operations.assistants.create, { ...fields, ownerId: owner });
  for (const [principalId, accessLevel] of Object.entries(shares)) {
    await ask(by, operations.shares.set, { id, principalId, accessLevel });
  }
  if (folder !== undefined) {
    await ask(by, operations.assistants.update, { id, folderId: folderIds.get(`${owner}/${folder}`) ?? null });
  }
}

const naturalIdOf = ({ owner, fields }: Assistant) => `${owner}:${fields.slug}`;

/** Gives an assistant what it needs for its work, and changes it as its history tells. */
async function equip(ask: Ask, assistant: Assistant): Promise<void> {
  const [by, id] = [makerOf(assistant.owner), naturalIdOf(assistant)];
  for (const secret of assistant.secrets ?? []) await ask(by, secrets.create, { id, ...secret });
  for (const known of assistant.knowledge ?? []) await ask(by, knowledge.create, { id, ...known });
  for (const skill of assistant.skills ?? []) await ask(by, skills.create, { id, ...skill });
  for (const file of assistant.files ?? []) await ask(by, files.upload, { id, content: contentOf(file) });
  for (const reference of assistant.references ?? []) await ask(by, references.create, { id, ...reference });
  for (const { by: editor, change, message } of assistant.commits ?? []) {
    const draft = await ask(editor, drafts.edit, { id });
    await ask(editor, operations.assistants.update, { id: draft.id, ...change });
    await ask(editor, drafts.commit, { id, message });
  }
}

/** The bytes of a file, as a request would bring them. */
const contentOf = ({ name, type, text }: DemoFile) => ({ stream: new Blob([text]).stream(), length: null, type, name });

/** What people do with an assistant that is there. */
async function useTogether(ask: Ask, assistant: Assistant, admin: string): Promise<void> {
  const [by, id] = [makerOf(assistant.owner), naturalIdOf(assistant)];
  for (const tagId of assistant.tags ?? []) await ask(by, operations.tags.add, { id, tagId });
  for (const name of assistant.favoriteOf ?? []) {
    await ask(name === "admin" ? admin : name, favorites.set, { id });
  }
  await discuss(ask, id, assistant.comments);
  if (assistant.draft) await leaveOpen(ask, id, assistant.draft);
  if (assistant.token) await ask(by, tokens.create, { ...assistant.token, type: "assistant", assistantId: id });
}

async function leaveOpen(ask: Ask, id: string, draft: NonNullable<Assistant["draft"]>): Promise<void> {
  const { id: draftId } = await ask(draft.by, drafts.edit, { id });
  await ask(draft.by, operations.assistants.update, { id: draftId, ...draft.change });
  for (const skill of draft.skills ?? []) await ask(draft.by, skills.create, { id: draftId, ...skill });
  await discuss(ask, draftId, draft.comments);
}

async function discuss(ask: Ask, id: string, said: Assistant["comments"] = []): Promise<void> {
  for (const { by, message, mentions = [], replies = [], resolvedBy } of said) {
    const comment = await ask(by, comments.create, { id, message, mentions });
    for (const reply of replies) await ask(reply.by, comments.reply, { id: comment.id, message: reply.message });
    if (resolvedBy !== undefined) await ask(resolvedBy, comments.resolve, { id: comment.id });
  }
}

/** The person who makes what this owner owns: itself, or a team's first member. */
function makerOf(owner: string): string {
  const team = teams.find(({ name }) => name === owner);
  return Object.keys(team?.members ?? {})[0] ?? owner;
}

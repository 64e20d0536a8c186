/** A team's day on Steward, over tRPC: see README.md. Ends with 1 at the first answer that is not what it expects. */
import assert from "node:assert/strict";
import { createStewardClient, errorOf, type StewardClient } from "@steward/client";

const url = process.env.STEWARD_URL ?? "http://127.0.0.1:8787";
const elsewhereUrl = process.env.STEWARD_ELSEWHERE_URL ?? url;
const adminPassword = process.env.STEWARD_ADMIN_PASSWORD ?? "";
const day = `${Date.now()}`;
const [maya, noah, crew, tag] = [`maya-${day}`, `noah-${day}`, `crew-${day}`, `finance-${day}`];
const password = `a-password-of-${day}`;
// One of its own, so that nothing that somebody else has made is taken away at the end.
const slug = `day-${day}`;
const id = `${maya}:${slug}`;
const there = `admin:${slug}`;

const say = (text: string) => console.log(`\n${text}`);

/** A client for somebody who signs in. */
async function signIn(at: string, username: string, secret: string): Promise<StewardClient> {
  const { sid } = await createStewardClient({ url: at }).session.login.mutate({ username, password: secret });
  return createStewardClient({ url: at, session: sid });
}

/** The code with which a call is refused. */
async function refused(call: Promise<unknown>): Promise<string | undefined> {
  const error = await call.then(
    () => assert.fail("This should have been refused"),
    (reason: unknown) => reason,
  );
  return errorOf(error)?.code;
}

const admin = await signIn(url, "admin", adminPassword);
const elsewhere = await signIn(elsewhereUrl, "admin", process.env.STEWARD_ELSEWHERE_PASSWORD ?? adminPassword);

async function team() {
  say("The admin makes two people and a team");
  await admin.users.create.mutate({ username: maya, displayName: "Maya", role: "creator", password });
  await admin.users.create.mutate({ username: noah, displayName: "Noah", password });
  await admin.teams.create.mutate({ name: crew, displayName: "The crew" });
  await admin.teams.setMember.mutate({ id: crew, username: noah, role: "member" });
  return { asMaya: await signIn(url, maya, password), asNoah: await signIn(url, noah, password) };
}

async function create(asMaya: StewardClient) {
  say("Maya creates an assistant; a call that is made again makes no second one");
  const instructions = "You help the sales team.\nBe brief.\n";
  const input = { name: "Day", slug, instructions, idempotencyKey: `create-${day}` };
  const made = await asMaya.assistants.create.mutate(input);
  assert.equal((await asMaya.assistants.create.mutate(input)).id, made.id);
  assert.equal(await refused(asMaya.assistants.create.mutate({ ...input, name: "Another" })), "conflict");

  say("It gets a secret, which no answer shows, and two skills");
  const allowedHosts = ["prices.example.com"];
  const secret = await asMaya.secrets.create.mutate({
    id,
    name: "PRICES_KEY",
    value: "not-for-your-eyes",
    allowedHosts,
  });
  assert.equal(secret.value, "********");
  const astray = { id, secretId: secret.id, allowedHosts: ["evil.example.com"] };
  assert.equal(await refused(asMaya.secrets.update.mutate(astray)), "validation_failed");
  await asMaya.skills.create.mutate({ id, type: "code-execution", name: "Sums" });
  const headers = { authorization: "Bearer {{secrets.PRICES_KEY}}" };
  const data = { method: "GET", url: "https://prices.example.com/v1/prices", headers };
  const prices = await asMaya.skills.create.mutate({ id, type: "custom", name: "Prices", data });
  const driver = await asMaya.skills.driver.query({ id, skillId: prices.id });
  console.log(`The model is told of the tool ${driver.toolDefinition?.name}`);

  say("She shares it: Noah may write, his crew may read. It becomes a favorite, and gets a tag");
  await asMaya.shares.set.mutate({ id, principalId: noah, accessLevel: 2 });
  await asMaya.shares.set.mutate({ id, principalId: `team:${crew}`, accessLevel: 1 });
  await asMaya.favorites.set.mutate({ id });
  await asMaya.tags.create.mutate({ name: tag });
  await asMaya.tags.add.mutate({ id, tagId: tag });
  assert.equal((await asMaya.assistants.list.query({ tag })).total, 1);
  return made;
}

async function discuss(asMaya: StewardClient, asNoah: StewardClient) {
  say("Noah comments and mentions her; she answers and resolves");
  const comment = await asNoah.comments.create.mutate({ id, message: "Should it name its source?", mentions: [maya] });
  await asMaya.comments.reply.mutate({ id: comment.id, message: "Yes. Please try it in a draft." });
  assert.equal((await asMaya.comments.resolve.mutate({ id: comment.id })).resolvedBy, `user:${maya}`);
}

async function edit(asMaya: StewardClient, asNoah: StewardClient) {
  say("Noah edits in a draft, which nobody else meets");
  const draft = await asNoah.drafts.edit.mutate({ id });
  const instructions = "You help the sales team.\nName your source.\n";
  await asNoah.assistants.update.mutate({ id: draft.id, instructions });
  const { changes } = await asNoah.drafts.diff.query({ id });
  const mark = { same: " ", added: "+", removed: "-" };
  for (const { field, lines } of changes.fields)
    for (const { change, text } of lines ?? []) console.log(`${field} ${mark[change]} ${text.trimEnd()}`);

  say("Meanwhile Maya changes the live one: his commit is refused, with what has changed");
  const { version } = await asMaya.assistants.get.query({ id });
  await asMaya.assistants.update.mutate({ id, welcome: "Good morning", expectedVersion: version });
  const stale = asMaya.assistants.update.mutate({ id, welcome: "From a stale tab", expectedVersion: version });
  assert.equal(await refused(stale), "version_mismatch");
  const commit = { id, message: "Names its source" };
  const met = errorOf(await asNoah.drafts.commit.mutate(commit).catch((error: unknown) => error));
  assert.equal(met?.code, "conflict");
  console.log(`Changed since: ${met?.details?.map(({ path }) => path).join(", ")}`);
  await asNoah.assistants.update.mutate({ id: draft.id, welcome: "Good morning" });
  const committed = await asNoah.drafts.commit.mutate({ ...commit, force: true });
  assert.equal(committed.instructions, instructions);
  assert.equal(await refused(asNoah.drafts.get.query({ id })), "not_found");
}

async function restore(asMaya: StewardClient) {
  say("The history; Maya restores the state before, and then the newer one");
  const { items } = await asMaya.revisions.list.query({ id });
  const [newest, before] = items;
  assert.ok(newest && before);
  assert.equal(newest.message, "Names its source");
  const old = await asMaya.revisions.restore.mutate({ id, number: before.number });
  assert.match(old.instructions ?? "", /Be brief/);
  await asMaya.revisions.restore.mutate({ id, number: newest.number });
}

async function giveToken(asMaya: StewardClient, assistantId: string) {
  say("A system gets a token that only reads this one");
  const given = { type: "assistant", assistantId, readOnly: true, notes: "Intranet" } as const;
  const { token } = await asMaya.tokens.create.mutate(given);
  const system = createStewardClient({ url, token });
  assert.equal((await system.assistants.get.query({ id })).id, assistantId);
  assert.equal(await refused(system.assistants.update.mutate({ id, name: "Mine" })), "token_scope");
  assert.equal(await refused(system.secrets.list.query({ id })), "token_scope");
}

async function moveElsewhere(asMaya: StewardClient) {
  say("Export, and import elsewhere: first a dry run");
  const document = await asMaya.assistants.export.query({ id });
  assert.ok(!JSON.stringify(document).includes("not-for-your-eyes"));
  const input = { document, ownerId: "admin" };
  const planned = await elsewhere.assistants.import.mutate({ ...input, dryRun: true });
  assert.deepEqual([planned.outcome, planned.id], ["created", null]);
  const imported = await elsewhere.assistants.import.mutate(input);
  assert.deepEqual(imported.missingSecrets, ["PRICES_KEY"]);
  assert.equal((await elsewhere.assistants.import.mutate(input)).outcome, "unchanged");
  await elsewhere.secrets.create.mutate({ id: there, name: "PRICES_KEY", value: "another-one-here" });
}

/** Whatever there is by then. */
async function leave() {
  const gone = [
    () => admin.assistants.delete.mutate({ id }),
    () => elsewhere.assistants.delete.mutate({ id: there }),
    () => admin.teams.delete.mutate({ id: crew }),
    () => admin.users.delete.mutate({ username: maya }),
    () => admin.users.delete.mutate({ username: noah }),
    () => admin.tags.delete.mutate({ id: tag }),
  ];
  for (const end of gone)
    await end().catch((error: unknown) => {
      if (errorOf(error)?.code !== "not_found") throw error;
    });
}

try {
  const { asMaya, asNoah } = await team();
  const made = await create(asMaya);
  await discuss(asMaya, asNoah);
  await edit(asMaya, asNoah);
  await restore(asMaya);
  await giveToken(asMaya, made.id);
  await moveElsewhere(asMaya);
  say("Who did what");
  const { items } = await asMaya.assistants.activity.query({ id, limit: 6 });
  for (const { at, userId, operation } of items) console.log(at.toISOString(), userId, operation);
  say("All as expected.");
} finally {
  await leave();
}

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { createStewardClient, errorOf } from "@steward/client";

const [url = "http://localhost:8787", username = "admin", password = process.env.STEWARD_ADMIN_PASSWORD ?? ""] =
  process.argv.slice(2);

async function signIn(username: string, password: string) {
  const { sid } = await createStewardClient({ url }).session.login.mutate({ username, password });
  return createStewardClient({ url, session: sid });
}

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "done",
    (error: unknown) => errorOf(error)?.code ?? Promise.reject(error),
  );

// Names of its own, so that the program may run as often as one likes.
const run = randomUUID().slice(0, 8);
const admin = await signIn(username, password);

async function addUser(name: string, role: "creator" | "member") {
  const user = { username: `${name}-${run}`, displayName: name, password: randomUUID(), role };
  await admin.users.create.mutate(user);
  return { username: user.username, client: await signIn(user.username, user.password) };
}

const [author, member, stranger] = await Promise.all([
  addUser("author", "creator"),
  addUser("member", "member"),
  addUser("stranger", "member"),
]);
const team = await admin.teams.create.mutate({ name: `sales-${run}`, displayName: "Sales" });
await admin.teams.setMember.mutate({ id: team.id, username: member.username, role: "member" });

const { id, naturalId, version } = await author.client.assistants.create.mutate({ name: "Sales assistant" });
console.log(`${author.username} made ${naturalId}, version ${version}`);

await author.client.shares.set.mutate({ id, principalId: team.id, accessLevel: 1 });
const seen = await member.client.assistants.get.query({ id: naturalId });
assert.equal(seen.id, id);
assert.equal(seen.permissions.write, false);
assert.ok(seen.createdAt instanceof Date);
console.log(`${member.username} reads it as a member of ${team.id}, made ${seen.createdAt.toISOString()}`);

assert.equal(await codeOf(stranger.client.assistants.get.query({ id })), "not_found");
console.log(`${stranger.username} is told that there is no such assistant`);

const { version: current } = await author.client.assistants.get.query({ id });
const rename = (name: string) => author.client.assistants.update.mutate({ id, expectedVersion: current, name });
assert.equal((await rename("Sales")).version, current + 1);
assert.equal(await codeOf(rename("Marketing")), "version_mismatch");
console.log(`an edit of version ${current} no longer counts`);

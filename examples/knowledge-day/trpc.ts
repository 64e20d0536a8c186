/** A table becomes what an assistant knows, over tRPC: see README.md. Ends with 1 at the first answer that is not what it expects. */
import assert from "node:assert/strict";
import { openAsBlob } from "node:fs";
import { createStewardClient, errorOf, type StewardClient, type Upload } from "@steward/client";
import { EventSource } from "eventsource";

const url = process.env.STEWARD_URL ?? "http://127.0.0.1:8787";
const table = process.argv[2] ?? new URL("./orders.csv", import.meta.url);
const day = `${Date.now()}`;
const [maya, noah] = [`maya-${day}`, `noah-${day}`];
const password = `a-password-of-${day}`;
const orders = `${maya}:orders-${day}`;
const helper = `${maya}:helper-${day}`;

const say = (text: string) => console.log(`\n${text}`);

/** A client for somebody who signs in. Node has no EventSource of its own, by which progress is watched. */
async function signIn(username: string, secret: string): Promise<StewardClient> {
  const { sid } = await createStewardClient({ url }).session.login.mutate({ username, password: secret });
  return createStewardClient({ url, session: sid, EventSource });
}

/** The code with which a call is refused. */
async function refused(call: Promise<unknown>): Promise<string | undefined> {
  const error = await call.then(
    () => assert.fail("This should have been refused"),
    (reason: unknown) => reason,
  );
  return errorOf(error)?.code;
}

const admin = await signIn("admin", process.env.STEWARD_ADMIN_PASSWORD ?? "");

async function people() {
  say("The admin makes two people: Maya, who makes things, and Noah, who uses them");
  await admin.users.create.mutate({ username: maya, displayName: "Maya", role: "creator", password });
  await admin.users.create.mutate({ username: noah, displayName: "Noah", password });
  return { asMaya: await signIn(maya, password), asNoah: await signIn(noah, password) };
}

/** All that an upload says of itself until it is over. */
function watch(client: StewardClient, id: string): Promise<Upload[]> {
  const told: Upload[] = [];
  return new Promise((resolve, reject) => {
    client.uploads.watch.subscribe(
      { id },
      { onData: (upload) => told.push(upload), onComplete: () => resolve(told), onError: reject },
    );
  });
}

async function load(asMaya: StewardClient) {
  say("Maya makes a dataset, loads her table and watches it");
  await asMaya.datasets.create.mutate({ name: "Orders", slug: `orders-${day}` });
  const { id: uploadId } = await asMaya.uploads.create.mutate({});
  const watching = watch(asMaya, uploadId);
  const form = new FormData();
  form.set("id", orders);
  form.set("uploadId", uploadId);
  form.set("file", await openAsBlob(table, { type: "text/csv" }), "orders.csv");
  const loaded = await asMaya.datasets.upload.mutate(form);
  const told = await watching;
  assert.equal(told.at(-1)?.status, "done");
  console.log(`${loaded.rowsRead} rows read, ${loaded.rowsRejected} rejected`);
  assert.deepEqual([loaded.rowsRead, loaded.rowsRejected], [9, 2]);
}

async function ask(asMaya: StewardClient) {
  say("She asks it");
  const filter = { Region: "north", Ordered: { $gte: new Date("2026-02-01") } };
  assert.equal((await asMaya.records.list.query({ id: orders, filter })).total, 2);
  const { rows } = await asMaya.records.query.mutate({
    id: orders,
    groupBy: ["Region"],
    aggregates: [{ function: "sum", field: "Total", as: "total" }],
    sort: ["-total"],
  });
  console.log(rows);
  assert.equal(rows[0]?.Region, "west");
  assert.equal(await refused(asMaya.records.list.query({ id: orders, sort: ["Turnover"] })), "validation_failed");
}

async function bringAlong(asMaya: StewardClient, asNoah: StewardClient) {
  say("An assistant of hers brings along the orders of the north; Noah reaches them through it, and no more");
  await asMaya.assistants.create.mutate({ name: "Order helper", slug: `helper-${day}` });
  const known = await asMaya.knowledge.create.mutate({ id: helper, datasetId: orders, filter: { Region: "north" } });
  assert.deepEqual([known.mode, known.access], ["subset", "assistant"]);
  const { id: skillId } = await asMaya.skills.create.mutate({ id: helper, type: "dataset-query" });
  await asMaya.shares.set.mutate({ id: helper, principalId: noah, accessLevel: 1 });
  assert.equal(await refused(asNoah.datasets.get.query({ id: orders })), "not_found");
  const input = { dataset: "Orders", groupBy: ["Region"], aggregates: [{ function: "count", as: "orders" }] };
  const run = () => asNoah.skills.run.mutate({ id: helper, skillId, input });
  const first = await run();
  console.log(first.content);
  assert.deepEqual((first.content as { rows: unknown }).rows, [{ Region: "north", orders: 4 }]);

  say("With access for the asker, his own rights count as well: he has none, and is told so");
  await asMaya.knowledge.update.mutate({ id: helper, datasetId: orders, access: "asker" });
  const second = await run();
  console.log(second.content);
  assert.equal(second.failed, true);
  await asMaya.datasetShares.set.mutate({ id: orders, principalId: noah, accessLevel: 1, filter: { Paid: true } });
  const third = await run();
  assert.deepEqual((third.content as { rows: unknown }).rows, [{ Region: "north", orders: 3 }]);
}

async function cleanUp() {
  const gone = [
    () => admin.assistants.delete.mutate({ id: helper }),
    () => admin.datasets.delete.mutate({ id: orders }),
    () => admin.users.delete.mutate({ username: maya }),
    () => admin.users.delete.mutate({ username: noah }),
  ];
  for (const go of gone) {
    // What was not made, because something failed before, is not there to be deleted.
    await go().catch((error: unknown) => assert.equal(errorOf(error)?.code, "not_found"));
  }
}

try {
  const { asMaya, asNoah } = await people();
  await load(asMaya);
  await ask(asMaya);
  await bringAlong(asMaya, asNoah);
} finally {
  await cleanUp();
}
say("All as expected.");

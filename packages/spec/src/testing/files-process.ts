import { fileSystemBlobs } from "@steward/blobs/node";
import { embeddedExecutor } from "@steward/db/node";
import { createServices, jsonLog } from "@steward/server/services";
import { openApp, origin } from "../app.ts";

/** Uploads, replaces, commits, discards and deletes files of one assistant without end, and says when it has done so once. */
const [path = "", folder = "", sid = "", id = ""] = process.argv.slice(2);
const log = jsonLog("error", (line) => console.error(line));
const app = openApp(
  createServices({ executor: embeddedExecutor(path), log, keys: [], blobs: fileSystemBlobs(folder) }),
);
const headers = { cookie: `sid=${sid}` };

interface Uploads {
  readonly _embedded: { readonly "inf:upload": readonly (Answered & { readonly status: string })[] };
}

interface Answered {
  readonly id: string;
}

async function ask<Result = Answered>(method: string, address: string, body?: string | object): Promise<Result> {
  const type = typeof body === "string" ? "text/plain" : "application/json";
  const request = new Request(`${origin}/api/${address}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { "content-type": type }) },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await app.fetch(request);
  if (!response.ok && response.status !== 404)
    throw new Error(`${method} ${address}: ${response.status} ${await response.text()}`);
  return (response.ok && response.status !== 204 ? await response.json() : {}) as Result;
}

const one = `assistants/${id}`;
/** Few different ones, so that what was removed comes back, and what is there comes again. */
const textOf = (number: number) => `What was written as number ${number % 5}. `.repeat(2000 * (1 + (number % 3)));

// What the one before has left half done.
await ask("DELETE", `${one}/draft`);
const { _embedded: listed } = await ask<Uploads>("GET", "uploads?limit=200");
for (const { id: left, status } of listed["inf:upload"])
  if (status === "waiting" || status === "stored") await ask("DELETE", `uploads/${left}`);
for (let round = 0; ; round++) {
  for (const name of ["live.txt", "other.txt", "sent.txt"]) await ask("DELETE", `${one}/files/${name}`);
  const file = await ask("POST", `${one}/files/_upload?name=live.txt`, textOf(round));
  await ask("POST", `${one}/files/_upload?name=other.txt`, textOf(round + 1));
  await ask("PUT", `${one}/files/${file.id}/contents`, textOf(round + 2));
  const draft = await ask("POST", `${one}/_edit`, {});
  await ask("PUT", `assistants/${draft.id}/files/live.txt/contents`, textOf(round + 3));
  await ask("DELETE", `assistants/${draft.id}/files/other.txt`);
  if (round % 2 === 0) await ask("POST", `${one}/draft/_commit`, {});
  else await ask("DELETE", `${one}/draft`);
  const upload = await ask("POST", "uploads", {});
  await ask("PUT", `uploads/${upload.id}/contents?name=sent.txt`, textOf(round + 4));
  if (round % 3 !== 2) await ask("POST", `${one}/files`, { uploadId: upload.id, name: "sent.txt" });
  if (round === 0) process.stdout.write("begun\n");
}

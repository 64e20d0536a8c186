import { embeddedExecutor } from "@steward/db/node";
import { createServices, jsonLog } from "@steward/server/services";
import { openApp, origin } from "../app.ts";

/** Edits, commits, discards and restores one assistant without end, and says when it has done so once. */
const [path = "", sid = "", id = ""] = process.argv.slice(2);
const log = jsonLog("error", (line) => console.error(line));
const app = openApp(createServices({ executor: embeddedExecutor(path), log, keys: [] }));
const headers = { cookie: `sid=${sid}`, "content-type": "application/json" };

interface Answered {
  readonly id: string;
  readonly _embedded: Readonly<Record<string, readonly { readonly id: string; readonly number: number }[]>>;
}

async function ask(method: string, address: string, body?: object): Promise<Answered> {
  const request = new Request(`${origin}/api/assistants/${address}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  const response = await app.fetch(request);
  if (!response.ok && response.status !== 404)
    throw new Error(`${method} ${address}: ${response.status} ${await response.text()}`);
  return (response.ok && response.status !== 204 ? await response.json() : {}) as Answered;
}

// What the one before has left half done.
await ask("DELETE", `${id}/draft`);
for (let round = 0; ; round++) {
  const draft = await ask("POST", `${id}/_edit`, {});
  const skills = (await ask("GET", `${draft.id}/skills`))._embedded["inf:assistant-skill"] ?? [];
  const edition = `${process.pid} ${round}`;
  await ask("PUT", draft.id, { instructions: `Edition ${edition}`, welcome: `Welcome ${edition}` });
  for (const skill of skills.slice(round % 3, (round % 3) + 4))
    await ask("PUT", `${draft.id}/skills/${skill.id}`, { description: `Of edition ${edition}` });
  if (skills[0]) await ask("DELETE", `${draft.id}/skills/${skills[0].id}`);
  await ask("POST", `${draft.id}/skills`, { type: "code-execution", name: `Of ${edition}` });
  if (round % 4 === 3) await ask("DELETE", `${id}/draft`);
  else await ask("POST", `${id}/draft/_commit`, { message: edition });
  if (round === 0) process.stdout.write("begun\n");
  if (round % 5 !== 4) continue;
  const [, before] = (await ask("GET", `${id}/revisions`))._embedded["inf:revision"] ?? [];
  if (before) await ask("POST", `${id}/revisions/${before.number}/_restore`, {});
}

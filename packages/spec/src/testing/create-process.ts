import { embeddedExecutor } from "@steward/db/node";
import { createServices, jsonLog } from "@steward/server/services";
import { openApp, origin } from "../app.ts";

/** Creates so many assistants one by one, each under a key of its own, and prints the key and the body of each answer. */
const [path = "", sid = "", count = "0"] = process.argv.slice(2);
const log = jsonLog("error", (line) => console.error(line));
const app = openApp(createServices({ executor: embeddedExecutor(path), log, keys: [] }));
const headers = { cookie: `sid=${sid}`, "content-type": "application/json" };
process.stdout.write("ready\n");
for (let number = 0; number < Number(count); number++) {
  const response = await app.fetch(
    new Request(`${origin}/api/assistants`, {
      method: "POST",
      headers: { ...headers, "idempotency-key": `key-${number}` },
      body: JSON.stringify({ name: `Number ${number}` }),
    }),
  );
  process.stdout.write(`${number} ${response.status} ${await response.text()}\n`);
}
await app.drain();
process.stdout.write("done\n");

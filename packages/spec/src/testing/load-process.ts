import { embeddedExecutor } from "@steward/db/node";
import { createServices, jsonLog } from "@steward/server/services";
import { openApp, origin } from "../app.ts";

/** Loads into one dataset without end, in turn all of its data and more behind it, and says how many milliseconds the first took. */
const [path = "", sid = "", id = "", rows = "0"] = process.argv.slice(2);
const log = jsonLog("error", (line) => console.error(line));
const app = openApp(createServices({ executor: embeddedExecutor(path), log, keys: [] }));

/** Every record has the name of its edition, so that a mixture shows. */
function sheet(edition: string): Blob {
  return new Blob(["edition,number\n", ...Array.from({ length: Number(rows) }, (_, index) => `${edition},${index}\n`)]);
}

const began = performance.now();
for (let round = 0; ; round++) {
  const mode = round % 3 === 2 ? "append" : "replace";
  const response = await app.fetch(
    new Request(`${origin}/api/datasets/${id}/_upload?mode=${mode}`, {
      method: "POST",
      headers: { cookie: `sid=${sid}`, "content-type": "text/csv" },
      body: sheet(`e ${process.pid} ${round}`),
    }),
  );
  const text = await response.text();
  // Who was killed in the middle of adding has its lease for a minute.
  if (!response.ok && response.status !== 409) throw new Error(`${response.status} ${text}`);
  if (round === 0) process.stdout.write(`${performance.now() - began}\n`);
}

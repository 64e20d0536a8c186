import { openAsBlob } from "node:fs";

/** Sends a file as a user would, from a process of its own: `upload-process.ts <url> <token> <file>`. */
const [url = "", token = "", path = ""] = process.argv.slice(2);
const response = await fetch(url, {
  method: "POST",
  headers: { authorization: `Bearer ${token}`, "content-type": "text/csv" },
  body: await openAsBlob(path),
});
process.stdout.write(await response.text());
if (!response.ok) process.exitCode = 1;

import { startHranaServer } from "./index.ts";

const [path, port] = process.argv.slice(2);
if (!path) {
  console.error("usage: node src/main.ts <file> [port]   (a token may be given in HRANA_TOKEN)");
  process.exit(2);
}
const token = process.env.HRANA_TOKEN;
const server = await startHranaServer({ path, ...(port && { port: Number(port) }), ...(token && { token }) });
console.log(`libSQL over HTTP at ${server.url}`);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => server.close().then(() => process.exit(0)));
}

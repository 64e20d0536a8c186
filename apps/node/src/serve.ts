import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import * as authentication from "@steward/auth";
import { keysInUse, learnTenant, type Services } from "@steward/core";
import { type App, createApp } from "@steward/server";
import type { EncryptionKey } from "@steward/vault";
import { banner } from "./banner.ts";
import { fromSocket } from "./client-address.ts";
import { openCurrent, openMigrated } from "./database.ts";
import { encryptionKeys, requireEncryptionKeys } from "./encryption-keys.ts";
import type { Env } from "./env.ts";
import { Failure, sayings } from "./failure.ts";
import { seed } from "./seed.ts";
import { openAside, openLog, openServices } from "./services.ts";
import { shutDownOnSignal } from "./shutdown.ts";
import { keepTending } from "./tending.ts";

/** `start`: migrates, seeds an empty database, serves. */
export const start = (env: Env): Promise<void> => open(env, openMigrated, seed);

/** `serve`, on a database that is up to date */
export const serveOnly = (env: Env): Promise<void> => open(env, openCurrent, async () => null);

async function open(env: Env, openDatabase: typeof openMigrated, prepare: typeof seed): Promise<void> {
  requireEncryptionKeys(env);
  const executor = await openDatabase(env);
  const keys = encryptionKeys(env);
  const aside = openAside(env, executor, openLog(env));
  const services = openServices(env, executor, keys, aside);
  const seeded = await prepare(services, env);
  await Promise.all([learnTenant(services), reportMissingKeys(services, keys)]);
  const app = openApp(env, services);
  const server = createAdaptorServer({
    fetch: (request, bindings) => app.fetch(request, bindings),
    serverOptions: { requestTimeout: longestRequest },
  });
  server.on("request", endWhenAnswered);
  const stopTending = keepTending(services);
  shutDownOnSignal({ server, app, executor, aside: { close: () => Promise.all([stopTending(), aside.close()]) } });
  process.stdout.write(banner(await listen(server, env), seeded));
}

/**
 * Milliseconds until all of a request must have come: a large file over a slow line takes its time. Bodies that are held have
 * a deadline of their own, see `readAtMost`.
 */
const longestRequest = 6 * 60 * 60 * 1000;
/** Milliseconds that a body may go on coming after its request was answered. */
const afterwards = 2000;

/** Whoever has the answer and still sends, as with a GET, would keep the connection for as long as a large file may. */
function endWhenAnswered(incoming: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.once("finish", () => {
    if (incoming.complete) return;
    const timer = setTimeout(() => incoming.complete || incoming.destroy(), afterwards);
    timer.unref();
  });
}

/** Who starts without a key that is still needed should learn it now, and not from the first secret that fails. */
async function reportMissingKeys(services: Services, keys: readonly EncryptionKey[]): Promise<void> {
  const given = new Set(keys.map(({ id }) => id));
  for (const { keyId, secrets } of await keysInUse(services)) {
    if (!given.has(keyId))
      services.log.error("encryption key missing: these secrets cannot be used", { keyId, secrets });
  }
}

function openApp(env: Env, services: Services): App {
  const clientAddress = env.STEWARD_TRUSTED_PROXY ?? fromSocket;
  return createApp({
    services,
    authentication,
    address: ({ headers }, bindings) => {
      const { incoming } = bindings as { readonly incoming: IncomingMessage };
      return clientAddress(incoming.socket.remoteAddress ?? null, headers.get("x-forwarded-for"));
    },
    origin: env.STEWARD_BASE_URL,
  });
}

/** Answers with the address to visit. A port that is taken is a {@link Failure}. */
async function listen(server: ServerType, { PORT: port, HOST: host }: Env): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, resolve);
  try {
    await promise;
  } catch (error) {
    const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    throw new Failure(taken ? `PORT ${port} is taken: set PORT to another one` : `HOST or PORT: ${sayings(error)}`);
  }
  const { port: actual } = server.address() as AddressInfo;
  const everywhere = host === "0.0.0.0" || host === "::";
  const name = everywhere ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${actual}`;
}

import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import * as authentication from "@steward/auth";
import type { Services } from "@steward/core";
import { type App, createApp } from "@steward/server";
import { banner } from "./banner.ts";
import { fromSocket } from "./client-address.ts";
import { type OpenExecutor, openCurrent, openMigrated } from "./database.ts";
import type { Env } from "./env.ts";
import { Failure, sayings } from "./failure.ts";
import { type Seeded, seed } from "./seed.ts";
import { openServices } from "./services.ts";
import { shutDownOnSignal } from "./shutdown.ts";

/** `start`: migrates, seeds an empty database, serves. */
export async function start(env: Env): Promise<void> {
  const executor = await openMigrated(env);
  const services = openServices(env, executor);
  await serve(env, executor, services, await seed(services, env));
}

/** `serve`, on a database that is up to date */
export async function serveOnly(env: Env): Promise<void> {
  const executor = await openCurrent(env);
  await serve(env, executor, openServices(env, executor), null);
}

async function serve(env: Env, executor: OpenExecutor, services: Services, seeded: Seeded | null): Promise<void> {
  const app = openApp(env, services);
  const server = createAdaptorServer({ fetch: (request, bindings) => app.fetch(request, bindings) });
  const address = await listen(server, env);
  shutDownOnSignal({ server, app, executor });
  process.stdout.write(banner(address, seeded));
}

const document = () => JSON.parse(readFileSync(new URL("../../../docs/openapi.json", import.meta.url), "utf8"));

function openApp(env: Env, services: Services): App {
  const clientAddress = env.STEWARD_TRUSTED_PROXY ?? fromSocket;
  return createApp({
    services,
    authentication,
    document: document(),
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

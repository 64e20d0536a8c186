import type { ServerType } from "@hono/node-server";
import type { App } from "@steward/server";
import { sayings } from "./failure.ts";

interface Running {
  readonly server: ServerType;
  readonly app: App;
  readonly executor: { close(): void };
}

/** How long requests may still take, in milliseconds. */
const patience = 10_000;

/**
 * On the first SIGTERM or SIGINT the server takes no more connections, answers what it has been asked, does what was
 * left for after the answers, closes the database and exits with 0. On the second it exits at once.
 */
export function shutDownOnSignal(running: Running): void {
  let begun = false;
  const onSignal = () => {
    if (begun) process.exit(1);
    begun = true;
    shutDown(running).then(
      () => process.exit(0),
      (error) => {
        console.error(`The shutdown has failed: ${sayings(error)}`);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

async function shutDown({ server, app, executor }: Running): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that is kept alive is idle only after its last answer.
  const sweep = setInterval(() => closeIdle(server), 20);
  const giveUp = setTimeout(() => closeAll(server), patience);
  await closed;
  clearInterval(sweep);
  clearTimeout(giveUp);
  await app.drain();
  executor.close();
}

const closeIdle = (server: ServerType) => "closeIdleConnections" in server && server.closeIdleConnections();
const closeAll = (server: ServerType) => "closeAllConnections" in server && server.closeAllConnections();

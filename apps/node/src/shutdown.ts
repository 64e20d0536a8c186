import type { Socket } from "node:net";
import type { ServerType } from "@hono/node-server";
import type { App } from "@steward/server";
import { sayings } from "./failure.ts";

interface Running {
  readonly server: ServerType;
  readonly app: App;
  readonly executor: { close(): void };
  /** What is done beside the requests; let go of when the last of them is answered. */
  readonly aside: { close(): Promise<unknown> };
}

/** How long requests may still take, in milliseconds. */
const patience = 10_000;

/**
 * On the first SIGTERM or SIGINT the server takes no more connections, answers what it has been asked, does what was
 * left for after the answers, closes the database and exits with 0. On the second it exits at once.
 */
export function shutDownOnSignal(running: Running): void {
  const sockets = socketsOf(running.server);
  let begun = false;
  const onSignal = () => {
    if (begun) process.exit(1);
    begun = true;
    shutDown(running, sockets).then(
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

async function shutDown({ server, app, executor, aside }: Running, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  // A connection that is kept alive is idle only after its last answer.
  const sweep = setInterval(() => "closeIdleConnections" in server && server.closeIdleConnections(), 20);
  const giveUp = setTimeout(() => sockets.forEach((socket) => void socket.destroy()), patience);
  await closed;
  clearInterval(sweep);
  clearTimeout(giveUp);
  await aside.close();
  await app.drain();
  executor.close();
}

/** All that are open: Node does not count those as idle that a browser opens in advance, and would wait for them. */
function socketsOf(server: ServerType): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return sockets;
}

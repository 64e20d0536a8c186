import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Connection, toWireError } from "./connection.ts";
import { type Pipeline, ProtocolError } from "./protocol.ts";
import { Stream, type StreamResult } from "./stream.ts";

export interface HranaServerOptions {
  /** The database file, created when missing. */
  readonly path: string;
  /** Any free port unless told. */
  readonly port?: number;
  /** When given, requests must bear it. */
  readonly token?: string;
  /** Milliseconds after which a stream that a client left open is rolled back. */
  readonly idleAfter?: number;
  /** Functions of SQL that it says it does not have. */
  readonly lacks?: readonly string[];
}

export interface HranaServer {
  readonly url: string;
  /** How many pipelines were received: the round trips of the clients. */
  requests(): number;
  close(): Promise<void>;
}

/** A libSQL server for tests on 127.0.0.1: Hrana 2 over HTTP, as Turso speaks it. Rejects when it cannot listen. */
export async function startHranaServer(options: HranaServerOptions): Promise<HranaServer> {
  const streams = new StreamPool(options.path, options.idleAfter ?? 10_000, options.lacks ?? []);
  let requests = 0;
  const answer = async (request: IncomingMessage): Promise<object> => {
    if (request.method === "GET" && (request.url === "/v2" || request.url === "/health")) return {};
    if (options.token && request.headers.authorization !== `Bearer ${options.token}`) {
      throw new ProtocolError("AUTH", "Unauthorized", 401);
    }
    if (request.method !== "POST" || request.url !== "/v2/pipeline") {
      throw new ProtocolError("NOT_FOUND", "Not found", 404);
    }
    requests++;
    return runPipeline(streams, JSON.parse(await readText(request)));
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (body) => send(response, 200, body),
      (error) => send(response, error instanceof ProtocolError ? error.status : 500, toWireError(error)),
    );
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
      streams.close();
    },
  };
}

async function runPipeline(streams: StreamPool, { baton, requests }: Pipeline): Promise<object> {
  const stream = baton ? streams.resume(baton) : streams.open();
  const results: StreamResult[] = [];
  for (const request of requests) results.push(await stream.handle(request));
  return { baton: streams.suspend(stream), base_url: null, results };
}

/** Streams that wait for their client's next request, and connections that wait for a stream. */
class StreamPool {
  readonly #path: string;
  readonly #idleAfter: number;
  readonly #lacks: readonly string[];
  readonly #schema = { current: 0 };
  readonly #idle: Connection[] = [];
  readonly #suspended = new Map<string, { stream: Stream; expiry: NodeJS.Timeout }>();

  constructor(path: string, idleAfter: number, lacks: readonly string[]) {
    this.#path = path;
    this.#idleAfter = idleAfter;
    this.#lacks = lacks;
    this.#idle.push(this.#connect());
  }

  open(): Stream {
    return new Stream(this.#idle.pop() ?? this.#connect());
  }

  #connect(): Connection {
    return new Connection(this.#path, this.#schema, this.#lacks);
  }

  resume(baton: string): Stream {
    const found = this.#suspended.get(baton);
    if (!found) throw new ProtocolError("STREAM_EXPIRED", "The stream has expired");
    clearTimeout(found.expiry);
    this.#suspended.delete(baton);
    return found.stream;
  }

  /** The baton for the client's next request, or null when the stream is closed. */
  suspend(stream: Stream): string | null {
    if (stream.closed) {
      this.#release(stream);
      return null;
    }
    const baton = randomUUID();
    const expiry = setTimeout(() => this.#release(this.resume(baton)), this.#idleAfter).unref();
    this.#suspended.set(baton, { stream, expiry });
    return baton;
  }

  close(): void {
    for (const baton of [...this.#suspended.keys()]) this.#release(this.resume(baton));
    for (const connection of this.#idle.splice(0)) connection.close();
  }

  #release({ connection }: Stream): void {
    connection.rollback();
    if (connection.broken) connection.close();
    else this.#idle.push(connection);
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(request, "end");
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { "content-type": "application/json", "content-length": text.length });
  response.end(text);
}

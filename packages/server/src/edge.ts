import * as authentication from "@steward/auth";
import { remoteExecutor } from "@steward/db/web";
import { type App, createApp } from "./app.ts";
import type { ExecutionContext } from "./deferred.ts";
import { createServices, jsonLog } from "./services.ts";
import { edgeVariables, readVariables, WrongVariable } from "./variables.ts";

export interface EdgeOptions {
  /** The header in which the platform, and nobody else, tells the client's address. */
  readonly addressHeader: string;
}

export type Edge = (
  request: Request,
  variables: Readonly<Record<string, unknown>>,
  executionContext?: ExecutionContext,
) => Promise<Response>;

/** The server on an edge: made by an isolate's first request, from the variables that it brings. */
export function openEdge(options: EdgeOptions): Edge {
  let app: App | undefined;
  return async (request, variables, executionContext) => {
    try {
      app ??= createEdgeApp(options, variables);
    } catch (error) {
      if (!(error instanceof WrongVariable)) throw error;
      console.error(error.message);
      return new Response("This server is not configured: its log names the variable.\n", { status: 503 });
    }
    return app.fetch(request, undefined, executionContext);
  };
}

/** Milliseconds after which a read that takes long is given up. */
const longestScan = 10_000;

function createEdgeApp({ addressHeader }: EdgeOptions, given: Readonly<Record<string, unknown>>): App {
  const variables = readVariables(edgeVariables, given);
  const log = jsonLog(variables.LOG_LEVEL, (line) => console.log(line));
  const database = { url: variables.DATABASE_URL, authToken: variables.DATABASE_AUTH_TOKEN };
  const executor = remoteExecutor(database);
  const scans = remoteExecutor({ ...database, deadline: longestScan });
  return createApp({
    services: createServices({ executor, scans, log, keys: variables.STEWARD_ENCRYPTION_KEYS }),
    authentication,
    address: ({ headers }) => headers.get(addressHeader)?.split(",")[0]?.trim() || null,
    origin: variables.STEWARD_BASE_URL,
  });
}

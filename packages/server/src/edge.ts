import * as authentication from "@steward/auth";
import type { Executor } from "@steward/db";
import { type RemoteOptions, remoteExecutor } from "@steward/db/web";
import { type App, createApp } from "./app.ts";
import type { ExecutionContext } from "./deferred.ts";
import { createServices, jsonLog } from "./services.ts";
import { edgeVariables, readVariables, WrongVariable } from "./variables.ts";

export interface EdgeOptions {
  /** The document of `openapi()`, from docs/openapi.json. */
  readonly document: object;
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

function createEdgeApp({ document, addressHeader }: EdgeOptions, given: Readonly<Record<string, unknown>>): App {
  const variables = readVariables(edgeVariables, given);
  const log = jsonLog(variables.LOG_LEVEL, (line) => console.log(line));
  const executor = clientForEachBatch({ url: variables.DATABASE_URL, authToken: variables.DATABASE_AUTH_TOKEN });
  return createApp({
    services: createServices({ executor, log }),
    authentication,
    document,
    address: ({ headers }) => headers.get(addressHeader)?.split(",")[0]?.trim() || null,
    origin: variables.STEWARD_BASE_URL,
  });
}

/**
 * A client lets only so many requests out at once. One that is cut off with its caller never comes back, and on an edge
 * that would take its place from all who come after; so none outlives its batch.
 */
const clientForEachBatch = (options: RemoteOptions): Executor => ({
  batch: (statements, mode) => remoteExecutor(options).batch(statements, mode),
});

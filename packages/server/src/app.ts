import { type Caller, logCause } from "@steward/core";
import { problem } from "@steward/rest";
import { deferredTasks, type ExecutionContext, type RequestTasks } from "./deferred.ts";
import { type DoorOptions, openDoors, unknown, type Visit } from "./doors.ts";
import { requestIdOf, secure } from "./headers.ts";

export interface AppOptions extends DoorOptions {
  /** The client's address from what only the platform can set, or null. */
  readonly address?: (request: Request, env: unknown) => string | null;
}

/** The whole server, as a platform calls it. */
export interface App {
  fetch(request: Request, env?: unknown, executionContext?: ExecutionContext): Promise<Response>;
  /** Resolves when all that was left for after an answer is done: for a shutdown. */
  drain(): Promise<void>;
}

/** Puts the doors under one roof. Runs wherever `fetch` does. */
export function createApp(options: AppOptions): App {
  const { services, authentication, origin, address = () => null } = options;
  const doors = openDoors(options);
  const { openRequest, drain } = deferredTasks(services.log);

  function visitOf(request: Request, env: unknown, tasks: RequestTasks, requestId: string): Visit {
    const { credential, cookie: byCookie } = authentication.readCredential(request.headers, services);
    const caller: Caller = { credential, address: address(request, env), defer: tasks.defer };
    return { request, url: new URL(request.url), cookie: byCookie, caller, requestId };
  }

  async function answer(visit: Visit): Promise<Response> {
    const [, first = ""] = visit.url.pathname.split("/", 2);
    const door = Object.hasOwn(doors, first) ? doors[first] : undefined;
    try {
      return door ? await door(visit) : unknown(visit);
    } catch (error) {
      logCause(services.log, error, { requestId: visit.requestId });
      return problem(error, visit.requestId);
    }
  }

  return {
    async fetch(request, env, executionContext) {
      const began = performance.now();
      const requestId = requestIdOf(request.headers);
      const tasks = openRequest(requestId, executionContext);
      const visit = visitOf(request, env, tasks, requestId);
      const response = await answer(visit);
      secure(response.headers, { https: (origin ?? request.url).startsWith("https:"), requestId });
      services.log.info("request", lineOf(visit, response.status, began));
      tasks.answered();
      return response;
    },
    drain,
  };
}

/** What the log keeps of a request: never its query, its headers or its body. */
function lineOf({ request, route, url, requestId, userId }: Visit, status: number, began: number) {
  const ms = Math.round((performance.now() - began) * 100) / 100;
  const line = { method: request.method, route: route ?? url.pathname.slice(0, 200), status, ms, requestId };
  return userId === undefined ? line : { ...line, userId };
}

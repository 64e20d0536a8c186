import { type Caller, type Credential, type Services, StewardError } from "@steward/core";
import { createRest, type Exchange, logCause, problem, readAtMost } from "@steward/rest";
import { handleTrpc } from "@steward/trpc";
import { sessionCookies } from "./cookies.ts";
import { deferredTasks, type ExecutionContext, type RequestTasks } from "./deferred.ts";
import { documentation, isDocumentation } from "./docs/documentation.ts";
import { requestIdOf, secure } from "./headers.ts";
import { healthz, readyz } from "./health.ts";

/** What the server needs of `@steward/auth`, handed in by the app. */
export interface Authentication {
  readCredential(
    headers: Headers,
    services: Pick<Services, "sessions" | "tokens">,
  ): { readonly credential: Credential | null; readonly cookie: boolean };
  sameOrigin(check: {
    readonly method: string;
    readonly origin: string | null;
    readonly secFetchSite: string | null;
    readonly own: string;
  }): boolean;
  sessionCookie(sid: string, options: { readonly secure: boolean; readonly expiresAt: Date }): string;
  clearedSessionCookie(options: { readonly secure: boolean }): string;
}

export interface AppOptions {
  readonly services: Services;
  readonly authentication: Authentication;
  /** The document of `openapi()`, from docs/openapi.json. */
  readonly document: object;
  /** The client's address from what only the platform can set, or null. */
  readonly address?: (request: Request, env: unknown) => string | null;
  /** Where people reach this server (`https://steward.example`); without it, the host that a request names counts. */
  readonly origin?: string;
  /** The largest body, in bytes. */
  readonly bodyLimit?: number;
}

/** The whole server, as a platform calls it. */
export interface App {
  fetch(request: Request, env?: unknown, executionContext?: ExecutionContext): Promise<Response>;
  /** Resolves when all that was left for after an answer is done: for a shutdown. */
  drain(): Promise<void>;
}

interface Visit extends Exchange {
  readonly request: Request;
  readonly url: URL;
  readonly cookie: boolean;
}

type Door = (visit: Visit) => Response | Promise<Response>;

const unknown = ({ requestId }: Visit) => problem(new StewardError("not_found"), requestId);

/** What is only there to be read. */
async function reading({ request, requestId }: Visit, read: () => Response | Promise<Response>): Promise<Response> {
  const allow = { allow: "GET, HEAD, OPTIONS" };
  if (request.method === "GET") return read();
  if (request.method === "HEAD") return new Response(null, await read());
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: allow });
  return problem(new StewardError("method_not_allowed"), requestId, allow);
}

const mebibyte = 1024 * 1024;

/** Puts the doors under one roof. Runs wherever `fetch` does. */
export function createApp(options: AppOptions): App {
  const { services, authentication, bodyLimit = mebibyte, address = () => null } = options;
  const cookie = sessionCookies(authentication);
  const rest = createRest(services, { cookie, bodyLimit, document: options.document });
  const { openRequest, drain } = deferredTasks(services.log);

  const doors: Readonly<Record<string, Door>> = {
    api: (visit) => own(visit) ?? rest.fetch(visit.request, visit),
    trpc: async (visit) => own(visit) ?? trpc(visit),
    docs: (visit) => (isDocumentation(visit.url.pathname) ? reading(visit, documentation) : unknown(visit)),
    healthz: (visit) => reading(visit, healthz),
    readyz: (visit) => reading(visit, () => readyz(services)),
  };

  /** A cookie is sent by the browser, whoever's page asks it to: it counts only on requests of our own pages. */
  function own({ request, url, cookie: byCookie, requestId }: Visit): Response | undefined {
    const { headers, method } = request;
    const check = {
      method,
      origin: headers.get("origin"),
      secFetchSite: headers.get("sec-fetch-site"),
      own: options.origin ?? url.host,
    };
    if (!byCookie || authentication.sameOrigin(check)) return undefined;
    return problem(new StewardError("foreign_origin"), requestId);
  }

  async function trpc({ request, requestId, caller }: Visit): Promise<Response> {
    const context = {
      services,
      caller,
      requestId,
      cookie: (kind: "set" | "clear", output: unknown) => cookie(kind, output, request),
    };
    if (request.method === "GET" || request.method === "HEAD") return handleTrpc(request, context);
    const body = await readAtMost(request, bodyLimit, () => new StewardError("too_large"));
    return handleTrpc(new Request(request.url, { method: request.method, headers: request.headers, body }), context);
  }

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

  function note({ request, route, url, requestId, userId }: Visit, status: number, began: number): void {
    const ms = Math.round((performance.now() - began) * 100) / 100;
    const fields = { method: request.method, route: route ?? url.pathname.slice(0, 200), status, ms, requestId };
    services.log.info("request", userId === undefined ? fields : { ...fields, userId });
  }

  return {
    async fetch(request, env, executionContext) {
      const began = performance.now();
      const requestId = requestIdOf(request.headers);
      const tasks = openRequest(requestId, executionContext);
      const visit = visitOf(request, env, tasks, requestId);
      const response = await answer(visit);
      secure(response.headers, { https: (options.origin ?? request.url).startsWith("https:"), requestId });
      note(visit, response.status, began);
      tasks.answered();
      return response;
    },
    drain,
  };
}

import {
  type AnyOperation,
  type Caller,
  contentsOf,
  type Executed,
  executeStream,
  executeWithFacts,
  type Log,
  logCause,
  operations,
  requireCredential,
  type Services,
  StewardError,
} from "@steward/core";
import type { Context, Handler } from "hono";
import { accepts } from "hono/accepts";
import { Hono } from "hono/tiny";
import { contentsResponse } from "./contents.ts";
import { entityTag, matches } from "./etag.ts";
import { eventStream, eventStreamHead } from "./event-stream.ts";
import { placesOf } from "./links.ts";
import { type OpenapiOptions, openapi } from "./openapi.ts";
import { problem } from "./problem.ts";
import { type Representation, representationsOf, type Shown, type Surroundings, show } from "./representation.ts";
import { queryOf, readAsked } from "./request.ts";
import { type AnyRegistry, routesOf } from "./routes.ts";

/** What the server knows of a request before a door sees it, and what the door tells it for the log. */
export interface Exchange {
  readonly caller: Caller;
  readonly requestId: string;
  /** The address as it is written in the registry, without what stands in its places. */
  route?: string;
  userId?: string;
}

/** Every request is handed over with its own exchange: `rest.fetch(request, exchange)`. */
export interface RestEnv {
  Bindings: Exchange;
}

export interface RestOptions {
  /** Writes `Set-Cookie` after an operation that declares it: `output` is what it has answered. */
  readonly cookie?: (kind: "set" | "clear", output: unknown, request: Request) => string;
  /** The largest body, in bytes. */
  readonly bodyLimit?: number;
  readonly prefix?: string;
  /** Where the documentation lies, which `curies` and the root lead to. */
  readonly documentation?: string;
  readonly registry?: AnyRegistry;
}

const mebibyte = 1024 * 1024;
const json = "application/json";
const hal = "application/hal+json";

/** The REST door: every operation of the registry at its address, as HAL. */
export function createRest(services: Services, options: RestOptions = {}): Hono<RestEnv> {
  const { prefix = "/api", documentation = "/docs", bodyLimit = mebibyte, registry = operations } = options;
  const routes = routesOf(registry);
  const represent = representationsOf(routes, placesOf(routes, prefix));
  const surroundings = surroundingsOf(prefix, documentation);

  async function perform(context: Context<RestEnv>, representation: Representation): Promise<Response> {
    const { req: request, env: exchange } = context;
    const { route } = representation;
    const { name, operation } = route;
    requireCredential(operation.needs, exchange.caller);
    const { input, release } = await readAsked(route, request, bodyLimit);
    if (operation.stream) return performStream(context, name, operation, input);
    const execute = () => executeWithFacts(services, exchange.caller, name, operation, input);
    const executed = await execute().finally(release);
    if (executed.facts) exchange.userId = executed.facts.userId;
    const headers: Record<string, string> = {};
    if (operation.cookie && options.cookie)
      headers["set-cookie"] = options.cookie(operation.cookie, executed.output, request.raw);
    if (operation.contents) {
      const again = async () => contentsOf(operation, (await execute()).output);
      const contents = contentsOf(operation, executed.output);
      return contentsResponse(request.raw, contents, again, services, exchange.requestId);
    }
    if (executed.output === undefined) return new Response(null, { status: 204, headers });
    const asked = { places: request.param(), query: queryOf(request.url) };
    const shown = show(representation, executed, asked, surroundings);
    return respond(context, shown, statusOf(representation, executed), headers);
  }

  async function performStream(
    { req: request, env: exchange }: Context<RestEnv>,
    name: string,
    operation: AnyOperation,
    input: unknown,
  ): Promise<Response> {
    const { items, facts } = await executeStream(services, exchange.caller, name, operation, input);
    if (facts) exchange.userId = facts.userId;
    if (request.method === "HEAD") return eventStreamHead(items);
    return eventStream(items, { log: services.log, requestId: exchange.requestId, operation: name });
  }

  /** Answers at one path, whatever the method. */
  function handlerAt(path: string, byVerb: ReadonlyMap<string, Representation>): Handler<RestEnv> {
    return async (context) => {
      const { env: exchange, req: request } = context;
      const representation = byVerb.get(request.method === "HEAD" ? "GET" : request.method);
      exchange.route = prefix + path;
      if (!representation) return otherMethod(request.method, [...byVerb.keys()], exchange);
      try {
        return await perform(context, representation);
      } catch (error) {
        return failure(services.log, error, exchange, { operation: representation.route.name });
      }
    };
  }

  const app = new Hono<RestEnv>().basePath(prefix);
  serveDocument(app, { prefix, registry });
  for (const [path, here] of Map.groupBy(routes, (route) => route.path)) {
    app.all(honoPath(path), handlerAt(path, new Map(here.map((route) => [route.verb, represent(route)]))));
  }
  app.notFound(({ env }) => problem(new StewardError("not_found"), env.requestId));
  app.onError((error, { env }) => failure(services.log, error, env, {}));
  return app;
}

function failure(
  log: Log,
  error: unknown,
  { requestId }: Exchange,
  fields: Readonly<Record<string, unknown>>,
): Response {
  logCause(log, error, { requestId, ...fields });
  return problem(error, requestId);
}

const honoPath = (path: string) => path.replaceAll(/{(\w+)}/g, ":$1");

function surroundingsOf(prefix: string, documentation: string): Surroundings {
  return {
    curies: [{ name: "inf", href: `${documentation}/relations/{rel}`, templated: true }],
    root: {
      "service-doc": { href: documentation, type: "text/html" },
      "service-desc": { href: `${prefix}/openapi.json`, type: json },
    },
  };
}

/** Printed when it is first asked for, and then kept: whoever never asks does not carry it. */
function serveDocument(app: Hono<RestEnv>, of: OpenapiOptions): void {
  let shown: Shown | undefined;
  app.all("/openapi.json", (context) => {
    const { method } = context.req;
    if (method !== "GET" && method !== "HEAD") return otherMethod(method, ["GET"], context.env);
    shown ??= { text: JSON.stringify(openapi(of)), version: 0 };
    return respond(context, shown, 200, {});
  });
}

function otherMethod(method: string, verbs: readonly string[], { requestId }: Exchange): Response {
  const allow = [...verbs, ...(verbs.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  if (method === "OPTIONS") return new Response(null, { status: 204, headers: { allow } });
  return problem(new StewardError("method_not_allowed"), requestId, { allow });
}

function statusOf({ route, makes }: Representation, { output, made }: Executed): number {
  const { created, status } = route.operation;
  if (created) return created(output as never, made) ? 201 : 200;
  return status ?? (makes ? 201 : 200);
}

function respond(
  context: Context<RestEnv>,
  { text, version, location, next, media }: Shown,
  status: number,
  headers: Record<string, string>,
): Response {
  const { method, raw } = context.req;
  const reading = method === "GET" || method === "HEAD";
  const tag = entityTag(version, text);
  headers.etag = tag;
  headers.vary = "accept";
  headers["cache-control"] = reading ? "private, no-cache" : "no-store";
  if (next !== undefined) headers.link = `<${next}>; rel="next"`;
  const known = reading ? raw.headers.get("if-none-match") : null;
  if (known !== null && matches(known, tag)) return new Response(null, { status: 304, headers });
  headers["content-type"] = media ?? mediaType(context);
  if (status === 201 && location !== undefined) headers.location = location;
  return new Response(text, { status, headers });
}

function mediaType(context: Context<RestEnv>): string {
  if (!context.req.raw.headers.get("accept")?.includes("hal")) return json;
  return accepts(context, { header: "Accept", supports: [json, hal], default: json });
}

import { type Credential, isStewardError, type Services, StewardError } from "@steward/core";
import { createRest, type Exchange, problem, readAtMost, readUpload } from "@steward/rest";
import { handleTrpc, isUpload, refuseTrpc } from "@steward/trpc";
import { sessionCookies } from "./cookies.ts";
import { documentation, isDocumentation } from "./docs/documentation.ts";
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

/** What the doors are made from. */
export interface DoorOptions {
  readonly services: Services;
  readonly authentication: Authentication;
  /** Where people reach this server (`https://steward.example`); without it, the host that a request names counts. */
  readonly origin?: string;
  /** The largest body, in bytes. */
  readonly bodyLimit?: number;
}

/** One request, as the doors see it. */
export interface Visit extends Exchange {
  readonly request: Request;
  readonly url: URL;
  readonly cookie: boolean;
}

/** Answers what lies behind the first segment of a path. */
export type Door = (visit: Visit) => Response | Promise<Response>;

/** The answer to a path that leads nowhere. */
export const unknown = ({ requestId }: Visit) => problem(new StewardError("not_found"), requestId);

/** What is only there to be read. */
async function reading({ request, requestId }: Visit, read: () => Response | Promise<Response>): Promise<Response> {
  const allow = { allow: "GET, HEAD, OPTIONS" };
  if (request.method === "GET") return read();
  if (request.method === "HEAD") return new Response(null, await read());
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: allow });
  return problem(new StewardError("method_not_allowed"), requestId, allow);
}

const mebibyte = 1024 * 1024;

/** The doors, by the first segment of the paths that they answer. */
export function openDoors(options: DoorOptions): Readonly<Record<string, Door>> {
  const { services, authentication, bodyLimit = mebibyte } = options;
  const cookie = sessionCookies(authentication, options.origin);
  const rest = createRest(services, { cookie, bodyLimit });
  const guarded =
    (refuse: (error: StewardError, requestId: string) => Response, door: Door): Door =>
    (visit) =>
      fromElsewhere(visit, options) ? refuse(new StewardError("foreign_origin"), visit.requestId) : door(visit);

  async function trpc(visit: Visit): Promise<Response> {
    const { request, requestId, caller } = visit;
    const write = (kind: "set" | "clear", output: unknown) => cookie(kind, output, request);
    const onUser = (userId: string) => {
      visit.userId = userId;
    };
    const context = { services, caller, requestId, cookie: write, onUser, readUpload };
    const readsNoBody = request.method === "GET" || request.method === "HEAD";
    if (readsNoBody || isUpload(request)) return handleTrpc(request, context);
    try {
      const body = await readAtMost(request, bodyLimit, () => new StewardError("too_large"));
      return handleTrpc(new Request(request.url, { method: request.method, headers: request.headers, body }), context);
    } catch (error) {
      if (!isStewardError(error)) throw error;
      return refuseTrpc(error, requestId);
    }
  }

  return {
    api: guarded(problem, (visit) => rest.fetch(visit.request, visit)),
    trpc: guarded(refuseTrpc, trpc),
    docs: (visit) => (isDocumentation(visit.url.pathname) ? reading(visit, documentation) : unknown(visit)),
    healthz: (visit) => reading(visit, healthz),
    readyz: (visit) => reading(visit, () => readyz(services)),
  };
}

/** A cookie is sent by the browser, whoever's page asks it to: it counts only on requests of our own pages. */
function fromElsewhere({ request, url, cookie }: Visit, { authentication, origin = url.host }: DoorOptions): boolean {
  const { headers, method } = request;
  const check = { method, origin: headers.get("origin"), secFetchSite: headers.get("sec-fetch-site"), own: origin };
  return cookie && !authentication.sameOrigin(check);
}

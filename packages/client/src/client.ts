import { createTRPCClient, httpBatchLink, type Operation, splitLink, type TRPCClient } from "@trpc/client";
import superjson from "superjson";
import type { StewardRouter } from "./contract.ts";

/** Steward's procedures by group and name, each with `query` or `mutate`. */
export type StewardClient = TRPCClient<StewardRouter>;

type HeaderSource = Headers | Record<string, string>;
type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

export interface StewardClientOptions {
  /** Where Steward stands, without a path: `https://steward.example`. */
  readonly url: string | URL;
  /** An API token (`stw_...`), for programs that act by themselves. */
  readonly token?: string | undefined;
  /**
   * A session's `sid`, as `session.login` answers it, for programs in which people sign in. Not in a browser: there
   * the cookie goes by itself.
   */
  readonly session?: string | undefined;
  /** Instead of the platform's own `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** What goes with every request beside the credential; called for each one when it is a function. */
  readonly headers?: HeaderSource | (() => HeaderSource | Promise<HeaderSource>) | undefined;
}

/** Beyond this, proxies and servers begin to refuse an address. */
const longestAddress = 2000;
/** As many as the server takes. */
const largestBatch = 20;

/**
 * A typed client of a Steward server. Calls of the same tick travel in one HTTP request. A call rejects with an error
 * that {@link errorOf} reads.
 *
 * @example
 * const client = createStewardClient({ url: "https://steward.example", token: process.env.STEWARD_TOKEN });
 * const { items } = await client.assistants.list.query({ q: "sales" });
 */
export function createStewardClient({ url, token, session, fetch, headers }: StewardClientOptions): StewardClient {
  const address = `${String(url).replace(/\/+$/, "")}/trpc`;
  const link = {
    url: address,
    transformer: superjson,
    maxItems: largestBatch,
    ...(fetch && { fetch: fetch as NonNullable<Parameters<typeof httpBatchLink>[0]["fetch"]> }),
    headers: async () => {
      const all = new Headers(typeof headers === "function" ? await headers() : headers);
      if (token !== undefined) all.set("authorization", `Bearer ${token}`);
      if (session !== undefined) all.set("cookie", `sid=${session}`);
      return all;
    },
  };
  const isLong = ({ type, path, input }: Operation) =>
    type === "query" && address.length + path.length + encodedLength(input) > longestAddress;
  return createTRPCClient<StewardRouter>({
    links: [
      splitLink({
        condition: isLong,
        true: httpBatchLink<StewardRouter>({ ...link, methodOverride: "POST" }),
        false: httpBatchLink<StewardRouter>({ ...link, maxURLLength: longestAddress }),
      }),
    ],
  });
}

/** How long an input is as part of an address, with what a batch of one puts around it (`?batch=1&input={"0":}`). */
const encodedLength = (input: unknown): number =>
  encodeURIComponent(JSON.stringify({ 0: superjson.serialize(input) })).length + "/?batch=1&input=".length;

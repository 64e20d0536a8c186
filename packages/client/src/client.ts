import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  isNonJsonSerializable,
  type Operation,
  splitLink,
  type TRPCClient,
  type TRPCLink,
} from "@trpc/client";
import superjson from "superjson";
import type { StewardRouter } from "./contract.ts";

/** Steward's procedures by group and name, each with `query`, `mutate` or `subscribe`. */
export type StewardClient = TRPCClient<StewardRouter>;

type HeaderSource = Headers | Record<string, string>;
type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** The platform's own `EventSource`, or one like it. */
type EventSourceClass = NonNullable<Parameters<typeof httpSubscriptionLink>[0]["EventSource"]>;

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
  /**
   * For subscriptions, where the platform has no `EventSource` (Node), or where a token, a session or headers go along,
   * which a browser's own cannot send: that of the package `eventsource`, or any that takes a `fetch`.
   */
  readonly EventSource?: EventSourceClass | undefined;
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
export const createStewardClient = (options: StewardClientOptions): StewardClient =>
  createTRPCClient<StewardRouter>({ links: linksTo(options) });

/** The ways that the calls take: streams as events, forms alone, all others in batches. */
export function linksTo(options: StewardClientOptions): TRPCLink<StewardRouter>[] {
  const { url, fetch } = options;
  const address = `${String(url).replace(/\/+$/, "")}/trpc`;
  const link = {
    url: address,
    transformer: superjson,
    ...(fetch && { fetch: fetch as NonNullable<Parameters<typeof httpBatchLink>[0]["fetch"]> }),
    headers: () => headersOf(options),
  };
  const batch = { ...link, maxItems: largestBatch };
  const isLong = ({ type, path, input }: Operation) =>
    type === "query" && address.length + path.length + encodedLength(input) > longestAddress;
  const batches = splitLink({
    condition: isLong,
    true: httpBatchLink<StewardRouter>({ ...batch, methodOverride: "POST" }),
    false: httpBatchLink<StewardRouter>({ ...batch, maxURLLength: longestAddress }),
  });
  const calls = splitLink({
    condition: ({ input }) => isNonJsonSerializable(input),
    true: httpLink<StewardRouter>(link),
    false: batches,
  });
  const isStream = ({ type }: Operation) => type === "subscription";
  return [splitLink({ condition: isStream, true: streamLink(address, options), false: calls })];
}

const streamLink = (url: string, options: StewardClientOptions): TRPCLink<StewardRouter> =>
  httpSubscriptionLink<StewardRouter, EventSourceClass>({
    url,
    transformer: superjson,
    ...(options.EventSource && { EventSource: options.EventSource }),
    eventSourceOptions: () => {
      requireEventSource(options);
      return { fetch: fetchWithHeaders(options) };
    },
  });

async function headersOf({ token, session, headers }: StewardClientOptions): Promise<Headers> {
  const all = new Headers(typeof headers === "function" ? await headers() : headers);
  if (token !== undefined) all.set("authorization", `Bearer ${token}`);
  if (session !== undefined) all.set("cookie", `sid=${session}`);
  return all;
}

/** What an `EventSource` that takes a `fetch` calls: its own headers, and those of every request. */
const fetchWithHeaders =
  (options: StewardClientOptions): Fetch =>
  async (input, init) => {
    const all = await headersOf(options);
    for (const [name, value] of new Headers(init?.headers)) all.set(name, value);
    return (options.fetch ?? globalThis.fetch)(input, { ...init, headers: all });
  };

/** Refuses before it begins a subscription that would fail, or go without its credential. */
function requireEventSource({ EventSource, token, session, headers }: StewardClientOptions): void {
  const plain = token === undefined && session === undefined && headers === undefined;
  if (EventSource === undefined && !(plain && "EventSource" in globalThis))
    throw new Error("A subscription needs the option `EventSource`, as the package `eventsource` has it");
}

/** How long an input is as part of an address, with what a batch of one puts around it (`?batch=1&input={"0":}`). */
const encodedLength = (input: unknown): number =>
  encodeURIComponent(JSON.stringify({ 0: superjson.serialize(input) })).length + "/?batch=1&input=".length;

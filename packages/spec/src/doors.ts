import {
  type AnyOperation,
  type Caller,
  contentsOf,
  type ErrorCode,
  type ErrorDetail,
  errors,
  execute,
  executeStream,
  toStewardError,
} from "@steward/core";
import superjson from "superjson";
import { expect } from "vitest";
import * as z from "zod";
import { addressHeader, origin } from "./app.ts";
import type { Presented } from "./arrange.ts";
import { blobOf, fetchedFrom, fetchedOver, formOf } from "./bytes.ts";
import { eventsOf } from "./events.ts";
import { isRead, type OperationName, operationNamed } from "./operations.ts";
import { outputOf, requestFor, textsOf } from "./rest-door.ts";
import type { World } from "./world.ts";

/** What a door answers. `value` is plain JSON, with moments as ISO text. */
export type Answer = Success | Refused;
export interface Success {
  readonly ok: true;
  readonly status: number;
  readonly value: unknown;
  readonly headers: Headers;
  /** What HTTP carried, parsed; nothing for the core. */
  readonly body: unknown;
}
export interface Refused {
  readonly ok: false;
  readonly status: number;
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[];
  readonly headers: Headers;
  /** The whole answer, to the byte. */
  readonly body: unknown;
}

export interface CallOptions {
  /** The client's address. */
  readonly address?: string;
}

/** A way in: performs an operation as whoever is presented. */
export type Door = (
  world: World,
  as: Presented,
  name: OperationName,
  input: Readonly<Record<string, unknown>>,
  options?: CallOptions,
) => Promise<Answer>;

const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** All requests bear the same id, so that answers can be compared to the byte. */
const requestId = "spec";

export function headersFor(as: Presented, { address }: CallOptions = {}): Record<string, string> {
  return {
    "x-request-id": requestId,
    ...(as && "sid" in as && { cookie: `sid=${as.sid}` }),
    ...(as && "bearer" in as && { authorization: `Bearer ${as.bearer}` }),
    ...(address !== undefined && { [addressHeader]: address }),
  };
}

export function callerFor({ services, defer }: World, as: Presented, { address }: CallOptions = {}): Caller {
  const credential =
    as === null ? null : "sid" in as ? services.sessions.credential(as.sid) : services.tokens.credential(as.bearer);
  return { credential, address: address ?? null, defer };
}

/** What a request leaves for later waits until it is answered, as at the server. */
function untilAnswered({ defer }: World) {
  const answered = Promise.withResolvers<void>();
  const later = (task: () => Promise<unknown>) => defer(() => answered.promise.then(task));
  return { defer: later, answered: answered.resolve };
}

/** What an operation answers, or all the items that it streams. */
async function performed(world: World, caller: Caller, name: OperationName, input: object): Promise<unknown> {
  const { services } = world;
  const operation = operationNamed(name);
  if (operation.contents)
    return fetchedFrom(world, contentsOf(operation, await execute(services, caller, name, operation, input)));
  if (!operation.stream) return execute(services, caller, name, operation, input);
  const { items } = await executeStream(services, caller, name, operation, input);
  const all: unknown[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const core: Door = async (world, as, name, input, options) => {
  const headers = new Headers();
  const { defer, answered } = untilAnswered(world);
  try {
    const caller = { ...callerFor(world, as, options), defer };
    const value = await performed(world, caller, name, input);
    return { ok: true, status: 200, value: plain(value), headers, body: undefined };
  } catch (error) {
    const { code, details = [], message, retryAfter } = toStewardError(error);
    if (code === "internal") throw error;
    if (retryAfter !== undefined) headers.set("retry-after", String(retryAfter));
    return {
      ok: false,
      status: errors[code].status,
      code,
      details,
      headers,
      body: JSON.stringify({ code, message, details }),
    };
  } finally {
    answered();
  }
};

interface TrpcAnswer {
  readonly result?: { readonly data: never };
  readonly error?: {
    readonly json: { readonly data: { readonly cause: { code: ErrorCode; details?: ErrorDetail[] } } };
  };
}

const trpc: Door = async (world, as, name, input, options) => {
  const operation = operationNamed(name);
  const response = await world.app.fetch(await trpcRequest(name, operation, input, headersFor(as, options)));
  const text = await response.text();
  if (isEventStream(response)) return trpcStreamed(text, response);
  const body = text;
  const { result, error } = JSON.parse(body) as TrpcAnswer;
  const { status } = response;
  if (result && operation.contents) {
    const link = operation.output.parse(superjson.deserialize(result.data));
    return { ok: true, status, value: await followed(world, link), headers: response.headers, body: undefined };
  }
  if (result) {
    const value = plain(superjson.deserialize(result.data));
    return { ok: true, status, value, headers: response.headers, body: JSON.parse(body) };
  }
  const { code, details = [] } = error?.json.data.cause ?? { code: "internal" as const };
  return { ok: false, status, code, details, headers: response.headers, body };
};

/** The bytes behind a link, which anybody may follow; and the name that comes with it. */
async function followed({ app }: World, link: unknown) {
  const { url, filename, size, contentType } = ContentsLink.parse(link);
  if (url.startsWith("data:")) return { ...(await fetchedOver(await fetch(url))), filename };
  const fetched = await fetchedOver(await app.fetch(new Request(origin + url)));
  expect(fetched).toMatchObject({ filename, size, contentType });
  return fetched;
}
const ContentsLink = z.object({ url: z.string(), filename: z.string(), size: z.int(), contentType: z.string() });

async function trpcRequest(
  name: string,
  operation: AnyOperation,
  input: Readonly<Record<string, unknown>>,
  headers: Record<string, string>,
): Promise<Request> {
  const address = `${origin}/trpc/${name}`;
  const carried = operation.bytes === undefined ? null : await blobOf(input[operation.bytes]);
  if (operation.bytes !== undefined && carried) {
    const texts = textsOf(input, operation.bytes);
    return new Request(address, { method: "POST", ...(await formOf(texts, carried.blob, carried.name, headers)) });
  }
  const text = JSON.stringify(superjson.serialize(input));
  if (isRead(operation)) return new Request(`${address}?input=${encodeURIComponent(text)}`, { headers });
  const json = { ...headers, "content-type": "application/json" };
  return new Request(address, { method: "POST", headers: json, body: text });
}

const isEventStream = ({ headers }: Response) => headers.get("content-type") === "text/event-stream";

/** A failure, wherever in a stream, is what the whole of it is. */
function trpcStreamed(text: string, { status, headers }: Response): Answer {
  const events = eventsOf(text);
  const failed = events.find(({ event }) => event === "serialized-error");
  if (failed) {
    const error = JSON.parse(failed.data) as NonNullable<TrpcAnswer["error"]>;
    const { code, details = [] } = error.json.data.cause;
    return { ok: false, status: errors[code].status, code, details, headers, body: JSON.stringify({ error }) };
  }
  const items = events.filter(({ event }) => event === "message").map(({ data }) => JSON.parse(data));
  return { ok: true, status, value: plain(items.map((item) => superjson.deserialize(item))), headers, body: items };
}

function restStreamed(text: string, { status, headers }: Response): Answer {
  const events = eventsOf(text);
  const failed = events.find(({ event }) => event === "error");
  if (failed) {
    const { code, details = [] } = JSON.parse(failed.data) as { code: ErrorCode; details?: ErrorDetail[] };
    return { ok: false, status: errors[code].status, code, details, headers, body: failed.data };
  }
  const items: unknown[] = events.map(({ data }) => JSON.parse(data));
  return { ok: true, status, value: items, headers, body: items };
}

const rest: Door = async (world, as, name, input, options) => {
  const operation = operationNamed(name);
  const request = await requestFor(operation, input, headersFor(as, options));
  const response = await world.app.fetch(request);
  const { status, headers } = response;
  if (operation.contents && response.ok)
    return { ok: true, status, value: await fetchedOver(response), headers, body: undefined };
  const body = await response.text();
  if (isEventStream(response)) return restStreamed(body, response);
  if (response.ok) {
    const isText = operation.text !== undefined && headers.get("content-type") === operation.text;
    const parsed: unknown = isText ? body : body === "" ? undefined : JSON.parse(body);
    return { ok: true, status, value: outputOf(operation, parsed, headers), headers, body: parsed };
  }
  const { code, details = [] } = JSON.parse(body) as { code: ErrorCode; details?: ErrorDetail[] };
  return { ok: false, status, code, details, headers, body };
};

/** The three ways in. What is promised is promised at each of them. */
export const doors = { core, trpc, rest } as const satisfies Record<string, Door>;
export type DoorName = keyof typeof doors;
export const doorNames = Object.keys(doors) as DoorName[];

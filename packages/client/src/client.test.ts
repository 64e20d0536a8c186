import { TRPCClientError } from "@trpc/client";
import superjson from "superjson";
import { expect, test } from "vitest";
import { createStewardClient, errorOf, isStewardError, type StewardClientOptions } from "./index.ts";

/** A client whose requests are answered by `answer` for each of their calls. */
function clientOf(answer: (index: number) => object, options: Partial<StewardClientOptions> = {}) {
  const requests: Request[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    requests.push(request);
    const calls = new URL(request.url).pathname.split(",");
    return Response.json(calls.map((_, index) => answer(index)));
  };
  return { requests, client: createStewardClient({ url: "https://steward.test/", fetch, ...options }) };
}

const found = () => ({ result: { data: superjson.serialize({ createdAt: new Date(0) }) } });
const refused = (code: string) => () => {
  const data = { code: "NOT_FOUND", httpStatus: 404, cause: { code, requestId: "request-1" } };
  return { error: superjson.serialize({ message: "There is no such thing", code: -32004, data }) };
};

test("calls of one tick are one request, and moments are dates", async () => {
  const { client, requests } = clientOf(found);
  const [one] = await Promise.all([client.assistants.get.query({ id: "a" }), client.session.me.query()]);
  expect(requests.map(({ method, url }) => [method, new URL(url).pathname])).toEqual([
    ["GET", "/trpc/assistants.get,session.me"],
  ]);
  expect(one.createdAt).toEqual(new Date(0));
});

test("no request carries more than 20 calls, and no address is longer than 2,000 characters", async () => {
  const { client, requests } = clientOf(found);
  await Promise.all([
    ...Array.from({ length: 120 }, (_, index) => client.assistants.delete.mutate({ id: `assistant ${index}` })),
    ...Array.from({ length: 120 }, (_, index) => client.assistants.get.query({ id: `assistant ${index}` })),
  ]);
  const calls = requests.map(({ url }) => new URL(url).pathname.split(",").length);
  expect(Math.max(...calls)).toBe(20);
  expect(calls.reduce((sum, count) => sum + count)).toBe(240);
  expect(Math.max(...requests.map(({ url }) => url.length))).toBeLessThanOrEqual(2000);
});

test.for([1, 100, 1000, 1800, 1880, 1900, 1920, 1940, 1960, 2000, 20_000])(
  "a query with an input of %i characters arrives",
  async (length) => {
    const { client, requests } = clientOf(found);
    await client.assistants.list.query({ cursor: "x".repeat(length) });
    expect(requests).toHaveLength(1);
    const [request] = requests;
    expect(request?.url.length).toBeLessThanOrEqual(2000);
    expect(request?.method).toBe(length < 1900 ? "GET" : "POST");
  },
);

test("credentials and headers go with every request", async () => {
  const sent = async (options: Partial<StewardClientOptions>) => {
    const { client, requests } = clientOf(found, options);
    await client.session.me.query();
    const { headers } = requests[0] as Request;
    return [headers.get("authorization"), headers.get("cookie"), headers.get("x-request-id")];
  };
  expect(await sent({})).toEqual([null, null, null]);
  expect(await sent({ token: "stw_abc" })).toEqual(["Bearer stw_abc", null, null]);
  expect(await sent({ session: "abc" })).toEqual([null, "sid=abc", null]);
  expect(await sent({ token: "stw_abc", headers: { "x-request-id": "1" } })).toEqual(["Bearer stw_abc", null, "1"]);
  expect(await sent({ headers: async () => new Headers({ "x-request-id": "2" }) })).toEqual([null, null, "2"]);
});

test("an error of Steward is read as its code, its details and its request", async () => {
  const { client } = clientOf(refused("not_found"));
  const error: unknown = await client.assistants.get.query({ id: "a" }).catch((thrown: unknown) => thrown);
  expect(isStewardError(error) && error.data.httpStatus).toBe(404);
  expect(errorOf(error)).toEqual({ code: "not_found", requestId: "request-1" });
});

test("what is not Steward's answer is no error of Steward", async () => {
  const broken = createStewardClient({
    url: "https://steward.test",
    fetch: async () => new Response("<html>", { status: 502 }),
  });
  const error: unknown = await broken.session.me.query().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TRPCClientError);
  for (const other of [error, new Error("x"), { data: { cause: { code: "x" } } }, undefined, null, "text"]) {
    expect([isStewardError(other), errorOf(other)]).toEqual([false, undefined]);
  }
});

import { createTRPCClient, type TRPCClient } from "@trpc/client";
import type { TRPCBuiltRouter, TRPCMutationProcedure, TRPCSubscriptionProcedure } from "@trpc/server";
import { EventSource } from "eventsource";
import superjson from "superjson";
import { expect, test } from "vitest";
import { linksTo, type StewardClientOptions } from "./client.ts";
import type { StewardErrorShape } from "./contract.ts";
import { errorOf } from "./index.ts";

/** What no operation of the contract need be: one that takes a form, and one that streams. */
type Router = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: StewardErrorShape; transformer: true },
  {
    files: { receive: TRPCMutationProcedure<{ input: FormData; output: { at: Date }; meta: unknown }> };
    ticks: {
      watch: TRPCSubscriptionProcedure<{ input: { id: string }; output: AsyncIterable<{ at: Date }>; meta: unknown }>;
    };
  }
>;

function clientOf(answer: () => Response, options: Partial<StewardClientOptions> = {}) {
  const requests: Request[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    requests.push(new Request(input, init));
    return answer();
  };
  const client = createTRPCClient<Router>({ links: linksTo({ url: "https://steward.test", fetch, ...options }) });
  return { client, requests };
}

const streamed = (events: string) => () => new Response(events, { headers: { "content-type": "text/event-stream" } });
const event = (name: string | null, data: string) => `${name === null ? "" : `event: ${name}\n`}data: ${data}\n\n`;
const tick = event(null, JSON.stringify(superjson.serialize({ at: new Date(0) })));
const failure = {
  message: "Sign in",
  code: -32001,
  data: { code: "UNAUTHORIZED", httpStatus: 401, cause: { code: "unauthenticated", requestId: "r-1" } },
};

function watch(client: TRPCClient<Router>) {
  return new Promise<{ items: readonly { at: Date }[]; error?: unknown }>((resolve) => {
    const items: { at: Date }[] = [];
    client.ticks.watch.subscribe(
      { id: "a" },
      {
        onData: (item) => void items.push(item),
        onComplete: () => resolve({ items }),
        onError: (error) => resolve({ items, error }),
      },
    );
  });
}

test("a form is sent as it stands, alone in its request", async () => {
  const { client, requests } = clientOf(
    () => Response.json({ result: { data: superjson.serialize({ at: new Date(0) }) } }),
    {
      token: "stw_abc",
    },
  );
  const form = new FormData();
  form.set("note", "x");
  form.set("file", new File(["a,b"], "a.csv", { type: "text/csv" }));
  const answers = await Promise.all([client.files.receive.mutate(form), client.files.receive.mutate(form)]);
  expect(answers).toEqual([{ at: new Date(0) }, { at: new Date(0) }]);
  expect(requests.map(({ url }) => url)).toEqual(Array(2).fill("https://steward.test/trpc/files.receive"));
  const [request] = requests;
  expect(request?.headers.get("authorization")).toBe("Bearer stw_abc");
  const sent = await request?.formData();
  expect([sent?.get("note"), sent?.get("file")]).toEqual(["x", expect.objectContaining({ name: "a.csv" })]);
});

test("a subscription gives each item, with the credential on its request", async () => {
  const events = event("connected", "{}") + tick + tick + event("return", "");
  const { client, requests } = clientOf(streamed(events), { token: "stw_abc", EventSource });
  expect(await watch(client)).toEqual({ items: [{ at: new Date(0) }, { at: new Date(0) }] });
  const [request] = requests;
  const { pathname, searchParams } = new URL(request?.url ?? "");
  expect([pathname, searchParams.get("input")]).toEqual(["/trpc/ticks.watch", '{"json":{"id":"a"}}']);
  expect(request?.headers.get("authorization")).toBe("Bearer stw_abc");
  expect(request?.headers.get("accept")).toBe("text/event-stream");
});

test("a subscription that fails says why", async () => {
  const events =
    event("connected", "{}") + tick + event("serialized-error", JSON.stringify(superjson.serialize(failure)));
  const { items, error } = await watch(clientOf(streamed(events), { EventSource }).client);
  expect(items).toHaveLength(1);
  expect(errorOf(error)).toEqual({ code: "unauthenticated", requestId: "r-1" });
});

test("a subscription whose credential would not go along is not begun", async () => {
  const { client, requests } = clientOf(streamed(""), { token: "stw_abc" });
  const { error } = await watch(client);
  expect(String(error)).toContain("needs the option `EventSource`");
  expect(requests).toEqual([]);
});

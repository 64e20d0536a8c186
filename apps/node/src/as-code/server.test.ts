import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { Failure } from "../failure.ts";
import { Refused } from "./refusal.ts";
import { openServer } from "./server.ts";

const token = "stw_0123456789";

/** A server that answers like this, and what a client notes beside it. */
async function against(answer: RequestListener, timeout = 5) {
  const program = createServer(answer).listen(0, "127.0.0.1");
  await once(program, "listening");
  onTestFinished(() => {
    program.closeAllConnections();
    program.close();
  });
  const address = program.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const notes: string[] = [];
  return { url, notes, server: openServer({ url, token, timeout }, (text) => notes.push(text)) };
}

const json = (status: number, body: object, headers: Record<string, string> = {}): RequestListener => {
  return (_, response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
};
const refusal = (code: string, more: object = {}) => [
  {
    error: {
      json: {
        message: "No.",
        code: -32004,
        data: { code: "X", httpStatus: 400, cause: { code, requestId: "r-1", ...more } },
      },
    },
  },
];
const failureOf = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => new Error("It did not fail"),
    (error: Error) => error,
  );

test.each<[string, RequestListener, RegExp]>([
  ["another program", (_, response) => response.end("<html>"), /answers 200 with no content type, as no Steward does/],
  ["a proxy without its server", json(502, {}), /answers 502 with application\/json, as no Steward does/],
  [
    "a proxy that wants a credential",
    (_, response) => response.writeHead(401).end("x"),
    /in front of http.+ answers 401/,
  ],
  [
    "a redirect",
    (_, response) => response.writeHead(308, { location: "https://elsewhere.example/trpc" }).end(),
    /leads on to https:\/\/elsewhere\.example\/trpc/,
  ],
  ["a bad token", json(401, refusal("unauthenticated")), /does not take the token in STEWARD_TOKEN/],
  ["a token that may not", json(403, refusal("token_scope")), /does not reach that far/],
  ["a user without a seat", json(403, refusal("ai_entitlement_required")), /No\.$/],
  [
    "too many requests",
    json(429, refusal("rate_limited"), { "retry-after": "500" }),
    /asked too often: try again in 500 s/,
  ],
  [
    "a proxy that has too many requests",
    (_, response) => response.writeHead(429, { "retry-after": "500" }).end("<html>"),
    /asked too often: try again in 500 s/,
  ],
  ["too many requests without a word", json(429, {}), /asked too often: wait, then try again/],
  ["a connection that breaks", (request) => request.socket.destroy(), /cannot be reached: .+/],
])("%s is a failure in one line", async (_, answer, message) => {
  const { server } = await against(answer);
  const error = await failureOf(server.export("ada:sales"));
  expect(error).toBeInstanceOf(Failure);
  expect(error.message).toMatch(message);
  expect(error.message).not.toMatch(new RegExp(`${token}|\n`));
});

test("what the server says against one assistant is told apart", async () => {
  const details = [{ path: "document.name", message: "Too long" }];
  const { server } = await against(json(400, refusal("validation_failed", { details })));
  const error = await failureOf(server.export("ada:sales"));
  expect(error).toBeInstanceOf(Refused);
  expect(error).toMatchObject({ code: "validation_failed", misfits: details });
});

test("a server that is not there, and one that does not answer", async () => {
  const gone = await against(() => undefined);
  const { server } = await against(() => undefined, 0.1);
  expect((await failureOf(server.list())).message).toMatch(/has not answered within 0\.1 s \(--timeout\)$/);
  const nowhere = openServer({ url: "http://127.0.0.1:1", token, timeout: 5 }, () => undefined);
  expect((await failureOf(nowhere.list())).message).toMatch(/^http:\/\/127\.0\.0\.1:1 cannot be reached: .+/);
  expect(gone.notes).toEqual([]);
});

test("waits as long as the server asks, and then asks again", async () => {
  let calls = 0;
  const page = [{ result: { data: { json: { items: [], next: null } } } }];
  const { server, notes, url } = await against((request, response) => {
    calls += 1;
    if (calls === 1) json(429, refusal("rate_limited"), { "retry-after": "1" })(request, response);
    else json(200, page)(request, response);
  });
  expect(await server.list()).toEqual([]);
  expect([calls, notes]).toEqual([2, [`${url} asks to wait 1 s`]]);
});

test("reads every page of a list, and each assistant once", async () => {
  const item = (id: string) => ({ id, naturalId: `ada:${id}`, version: 2, permissions: { delete: id === "b" } });
  const pages = [
    { items: [item("a"), item("b")], next: "n" },
    { items: [item("b"), item("c")], next: null },
  ];
  const asked: string[] = [];
  const { server } = await against((request, response) => {
    asked.push(decodeURIComponent(request.url ?? ""));
    json(200, [{ result: { data: { json: pages[asked.length - 1] } } }])(request, response);
  });
  expect((await server.list("ada")).map(({ naturalId, mayDelete }) => [naturalId, mayDelete])).toEqual([
    ["ada:a", false],
    ["ada:b", true],
    ["ada:c", false],
  ]);
  expect(asked).toEqual([expect.stringContaining('"ownerId":"ada"'), expect.stringContaining('"cursor":"n"')]);
});

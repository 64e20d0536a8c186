import superjson from "superjson";
import { expect, test } from "vitest";
import { maxBatchSize } from "./index.ts";
import { openWorld, type World } from "./testing/world.ts";

const url = "http://steward.test/trpc";
const json = { "content-type": "application/json" };

const post = (path: string, payload: unknown, headers: Record<string, string> = json) =>
  new Request(`${url}/${path}`, {
    method: "POST",
    headers,
    body: typeof payload === "string" ? payload : JSON.stringify(payload),
  });

const batchOf = (calls: readonly (readonly [path: string, input: unknown])[]) => {
  const inputs = Object.fromEntries(calls.map(([, input], index) => [index, superjson.serialize(input)]));
  const paths = calls.map(([path]) => path).join(",");
  return new Request(`${url}/${paths}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`);
};

interface Answer {
  readonly result?: { readonly data: { readonly json: Record<string, unknown> } };
  readonly error?: { readonly json: { readonly message: string; readonly data: Record<string, unknown> } };
}
const read = async (response: Response) => (await response.json()) as Answer;
const readAll = async (response: Response) => (await response.json()) as Answer[];
const dataOf = async (response: Response) => (await read(response)).error?.json.data;

async function create(world: World, name: string): Promise<string> {
  const response = await world.handle(post("assistants.create", superjson.serialize({ name })));
  expect(response.status).toBe(200);
  return (await read(response)).result?.data.json.id as string;
}

test("ten reads of one HTTP batch are one trip to the database", async () => {
  const world = await openWorld();
  const id = await create(world, "Sales");
  world.trips.length = 0;
  const response = await world.handle(batchOf(Array.from({ length: 10 }, () => ["assistants.get", { id }])));
  expect(response.status).toBe(200);
  expect((await readAll(response)).map(({ result }) => result?.data.json.name)).toEqual(Array(10).fill("Sales"));
  expect(world.trips).toHaveLength(1);
});

test("one of ten that fails leaves its neighbours alone", async () => {
  const world = await openWorld();
  const id = await create(world, "Sales");
  const calls = Array.from(
    { length: 10 },
    (_, index) => ["assistants.get", { id: index === 3 ? "ada:nowhere" : id }] as const,
  );
  const response = await world.handle(batchOf(calls));
  expect(response.status).toBe(207);
  const answers = await readAll(response);
  expect(answers.map(({ result }) => result?.data.json.name)).toEqual(
    calls.map((_, index) => (index === 3 ? undefined : "Sales")),
  );
  expect(answers[3]?.error?.json.data).toEqual({
    code: "NOT_FOUND",
    httpStatus: 404,
    path: "assistants.get",
    cause: { code: "not_found", requestId: world.requestId },
  });
});

test("an input of one call that cannot be read leaves its neighbours alone", async () => {
  const world = await openWorld();
  const id = await create(world, "Sales");
  const inputs = {
    0: superjson.serialize({ id }),
    1: { json: { id }, meta: { values: { id: ["bigint"] } } },
    2: "nonsense",
  };
  const response = await world.handle(post("assistants.get,assistants.get,assistants.get?batch=1", inputs));
  const codes = (await readAll(response)).map(
    ({ error }) => (error?.json.data.cause as { code: string } | undefined)?.code,
  );
  expect(codes).toEqual([undefined, "validation_failed", "validation_failed"]);
});

test("dates arrive as dates, and a list has no envelope", async () => {
  const world = await openWorld();
  await create(world, "Sales");
  const answer = await read(await world.handle(post("assistants.list", superjson.serialize({}))));
  const page = superjson.deserialize(answer.result?.data as never) as Record<string, unknown> & {
    items: { createdAt: Date }[];
  };
  expect(Object.keys(page).sort()).toEqual(["count", "items", "next", "permissions", "start", "total", "totalIsExact"]);
  expect(page.items[0]?.createdAt).toBeInstanceOf(Date);
});

test("no input at all is an empty one", async () => {
  const world = await openWorld();
  expect((await world.handle(new Request(`${url}/assistants.list`))).status).toBe(200);
});

test("a batch has a bound", async () => {
  const world = await openWorld();
  const many = (count: number) => world.handle(batchOf(Array.from({ length: count }, () => ["assistants.list", {}])));
  expect((await many(maxBatchSize)).status).toBe(200);
  const response = await many(maxBatchSize + 1);
  expect(response.status).toBe(400);
  expect(await dataOf(response)).toMatchObject({
    code: "BAD_REQUEST",
    cause: { code: "validation_failed", requestId: world.requestId },
  });
});

const refused: readonly [name: string, request: () => Request, status: number, code: string][] = [
  ["a path that is not there", () => new Request(`${url}/assistants.nothing`), 404, "not_found"],
  ["no path", () => new Request(url), 404, "not_found"],
  ["a path into a prototype", () => new Request(`${url}/__proto__`), 404, "not_found"],
  ["a path into an object", () => new Request(`${url}/assistants.get.constructor`), 404, "not_found"],
  ["a path that is badly encoded", () => new Request(`${url}/%E0%A4%A`), 400, "validation_failed"],
  [
    "a mutation by GET",
    () => new Request(`${url}/assistants.create?input=${encodeURIComponent('{"json":{"name":"x"}}')}`),
    405,
    "method_not_allowed",
  ],
  [
    "another method",
    () => new Request(`${url}/assistants.get`, { method: "DELETE", headers: json }),
    405,
    "method_not_allowed",
  ],
  ["OPTIONS", () => new Request(`${url}/assistants.get`, { method: "OPTIONS" }), 415, "unsupported_media_type"],
  ["no content type", () => new Request(`${url}/assistants.create`, { method: "POST" }), 415, "unsupported_media_type"],
  [
    "plain text",
    () => post("assistants.create", "{}", { "content-type": "text/plain" }),
    415,
    "unsupported_media_type",
  ],
  [
    "bytes",
    () => post("assistants.create", "{}", { "content-type": "application/octet-stream" }),
    415,
    "unsupported_media_type",
  ],
  [
    "a form",
    () => new Request(`${url}/assistants.create`, { method: "POST", body: new FormData() }),
    415,
    "unsupported_media_type",
  ],
  [
    "a broken form",
    () => post("assistants.create", "{}", { "content-type": "multipart/form-data" }),
    400,
    "validation_failed",
  ],
  ["no JSON", () => post("assistants.create", "{"), 400, "validation_failed"],
  ["no JSON in the address", () => new Request(`${url}/assistants.get?input={`), 400, "validation_failed"],
  ["a batch that is no object", () => post("assistants.create?batch=1", "[1"), 400, "validation_failed"],
  ["a batch of nothing", () => post("assistants.create?batch=1", "null"), 400, "validation_failed"],
  [
    "a batch of queries and mutations",
    () => post("assistants.get,assistants.create?batch=1", {}),
    400,
    "validation_failed",
  ],
  [
    "broken connection parameters",
    () => new Request(`${url}/assistants.list?connectionParams={`),
    400,
    "validation_failed",
  ],
  [
    "a stream without a batch",
    () => new Request(`${url}/assistants.list`, { headers: { "trpc-accept": "application/jsonl" } }),
    400,
    "validation_failed",
  ],
];

test.for(refused)("%s is refused", async ([, request, status, code]) => {
  const world = await openWorld();
  const response = await world.handle(request());
  const answer = (await response.json()) as Answer | Answer[];
  const { error } = Array.isArray(answer) ? (answer[0] ?? {}) : answer;
  expect([response.status, error?.json.data.httpStatus, error?.json.data.cause]).toEqual([
    status,
    status,
    { code, requestId: world.requestId },
  ]);
  expect(world.logged).toEqual([]);
  expect(world.trips).toEqual([]);
});

/** As text: JSON.stringify would overflow the stack, which JSON.parse does not. */
const nested = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
const doubling = () => {
  const levels = Object.fromEntries(Array.from({ length: 28 }, (_, index) => [`l${index}`, { a: 1, b: 1 }]));
  const same = Object.fromEntries(
    Array.from({ length: 27 }, (_, index) => [`data.l${index + 1}`, [`data.l${index}.a`, `data.l${index}.b`]]),
  );
  return { json: { name: "x", data: levels }, meta: { v: 1, referentialEqualities: same } };
};
const annotated = (values: unknown, json: unknown = { name: "x", data: { a: [] } }) => ({
  json,
  meta: { v: 1, values },
});
const own = (text: string) => JSON.parse(text) as unknown;

const hostile: readonly [name: string, payload: unknown][] = [
  ["a map", superjson.serialize({ name: "x", data: { a: new Map([[1, 2]]) } })],
  ["a map for all", superjson.serialize(new Map([["name", "x"]]))],
  ["a set", superjson.serialize({ name: "x", data: new Set([1]) })],
  ["a big integer", superjson.serialize({ name: "x", data: { a: 10n } })],
  ["a regular expression", superjson.serialize({ name: /x/ })],
  ["an error", superjson.serialize({ name: "x", data: { a: new Error("x") } })],
  ["a URL", superjson.serialize({ name: new URL("http://x.test") })],
  ["a date where none belongs", superjson.serialize({ name: "x", data: { a: new Date() } })],
  ["a date that is none", annotated({ name: ["Date"] })],
  ["not a number", superjson.serialize({ name: "x", data: { a: Number.NaN } })],
  ["no value", superjson.serialize({ name: "x", data: { a: undefined } })],
  [
    "an enormous typed array",
    annotated({ "data.a": [["typed-array", "Float64Array"]] }, { name: "x", data: { a: 2 ** 33 } }),
  ],
  ["a class", annotated({ "data.a": [["class", "Date"]] })],
  ["a symbol", annotated({ "data.a": [["symbol", "x"]] })],
  ["a custom type", annotated({ "data.a": [["custom", "x"]] })],
  ["an unknown type", annotated({ name: ["nothing"] })],
  ["a type that Object.prototype has", annotated({ name: ["toString"] })],
  ["an annotation at __proto__", annotated(own('{"__proto__": ["undefined"]}'))],
  ["an annotation below __proto__", annotated({ "__proto__.polluted": ["undefined"] })],
  ["an annotation at constructor.prototype", annotated({ "constructor.prototype.polluted": ["undefined"] })],
  ["an annotation with a broken path", annotated({ "da\\ta": ["Date"] })],
  ["annotations that are no tree", annotated(5)],
  ["annotations without end", `{"json":{"name":"x"},"meta":{"v":1,"values":${nested}}}`],
  ["meta that is no object", { json: { name: "x" }, meta: "v" }],
  ["a key __proto__", { json: own('{"__proto__": {"name": "x"}}') }],
  ["a key __proto__ inside", { json: own('{"name": "x", "data": {"a": {"__proto__": {"polluted": true}}}}') }],
  ["a key constructor", { json: own('{"name": "x", "data": {"constructor": {"prototype": {"polluted": true}}}}') }],
  ["nesting without end", `{"json":{"name":"x","data":${nested}}}`],
  ["a list", { json: [] }],
  ["a text", { json: "x" }],
  ["JSON that is not superjson's", { name: "x" }],
  ["a number", 5],
  ["nothing", null],
];

test.for(hostile)("an input that holds %s answers 400", async ([, payload]) => {
  const world = await openWorld();
  const response = await world.handle(post("assistants.create", payload));
  expect([response.status, (await dataOf(response))?.cause]).toMatchObject([400, { code: "validation_failed" }]);
  expect(world.logged).toEqual([]);
  expect(Object.prototype).not.toHaveProperty("polluted");
});

test("equal references cost no more than they are long", async () => {
  const world = await openWorld();
  const started = performance.now();
  const response = await world.handle(post("assistants.create", doubling()));
  expect(response.status).toBe(200);
  expect(performance.now() - started).toBeLessThan(1000);
});

test("an error says what it is to both kinds of reader, and no more", async () => {
  const world = await openWorld();
  const response = await world.handle(post("assistants.create", superjson.serialize({ name: "" })));
  expect(response.status).toBe(400);
  const { error } = await read(response);
  expect(Object.keys(error?.json ?? {}).sort()).toEqual(["code", "data", "message"]);
  expect(error?.json.data).toEqual({
    code: "BAD_REQUEST",
    httpStatus: 400,
    path: "assistants.create",
    cause: {
      code: "validation_failed",
      details: [{ path: "name", message: expect.any(String) }],
      requestId: world.requestId,
    },
  });
});

test("nobody is told so before the input is looked at", async () => {
  const world = await openWorld();
  const response = await world.handle(post("assistants.create", superjson.serialize({ name: "" })), null);
  expect([response.status, (await dataOf(response))?.cause]).toMatchObject([401, { code: "unauthenticated" }]);
});

test("what breaks inside tells nothing, and the log holds the reason without values", async () => {
  const world = await openWorld();
  const broken = () => Promise.reject(new Error("Failed query: select secret\nparams: hunter2"));
  const services = { ...world.services, executor: { batch: broken } };
  const response = await world.handle(post("assistants.create", superjson.serialize({ name: "hunter2" })), "ada", {
    services,
  });
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(JSON.parse(text).error.json.data).toEqual({
    code: "INTERNAL_SERVER_ERROR",
    httpStatus: 500,
    path: "assistants.create",
    cause: { code: "internal", requestId: world.requestId },
  });
  expect(text).not.toMatch(/secret|hunter2|stack|at /);
  expect(world.logged).toEqual([
    [
      "internal error",
      expect.objectContaining({
        requestId: world.requestId,
        operation: "assistants.create",
        cause: "Failed query: select secret",
      }),
    ],
  ]);
  expect(JSON.stringify(world.logged)).not.toContain("hunter2");
});

test("an operation that sets or clears the cookie has it set or cleared", async () => {
  const world = await openWorld();
  const cookie = (kind: "set" | "clear", output: unknown) => `${kind}=${(output as { sid?: string } | undefined)?.sid}`;
  const call = (path: string, input: unknown, as: string | null) =>
    world.handle(post(path, superjson.serialize(input)), as, { cookie });
  const signIn = await call("session.login", { username: "ada", password: "ada" }, null);
  expect([signIn.status, signIn.headers.getSetCookie()]).toEqual([200, [`set=${"s".repeat(40)}`]]);
  const wrong = await call("session.login", { username: "ada", password: "wrong" }, null);
  expect([wrong.status, wrong.headers.getSetCookie()]).toEqual([401, []]);
});

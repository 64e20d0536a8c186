import superjson from "superjson";
import { expect, test } from "vitest";
import { type Answer, dataOf, json, post, url } from "./testing/requests.ts";
import { openWorld } from "./testing/world.ts";

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

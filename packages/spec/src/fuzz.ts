import type { AnyOperation } from "@steward/core";
import * as z from "zod";
import { origin } from "./app.ts";
import { damage } from "./fuzz-damage.ts";
import { type Attack, encode, hostileInput, wire } from "./fuzz-values.ts";
import { everyOperation, methodOf, pathOf } from "./operations.ts";
import type { Random } from "./random.ts";

/** Names and ids that exist, by the kind of row or else by the key under which an input names them. */
export type Known = Readonly<Record<string, readonly string[]>>;

/** Makes a request for an operation: sometimes good, mostly damaged in one or several ways. */
export function attackOn(
  random: Random,
  name: string,
  operation: AnyOperation,
  known: Known,
  credential: Record<string, string>,
): Attack {
  const door = random.one(["rest", "trpc"] as const);
  const input = inputFor(random, operation, known);
  const plain =
    door === "rest" ? restAttack(random, name, operation, input) : trpcAttack(random, name, operation, input);
  const attack = { ...plain, headers: { ...plain.headers, ...credential } };
  return damage(random, attack);
}

const schemas = new WeakMap<AnyOperation, z.core.JSONSchema.BaseSchema>();

function inputSchema(operation: AnyOperation) {
  let schema = schemas.get(operation);
  if (!schema) {
    schema = z.toJSONSchema(operation.input, { io: "input", unrepresentable: "any" });
    schemas.set(operation, schema);
  }
  return schema;
}

type Input = Record<string, unknown>;

function inputFor(random: Random, operation: AnyOperation, known: Known): Input {
  const { properties = {}, required = [] } = inputSchema(operation);
  const { resource } = operation.needs.on ?? {};
  const input: Input = {};
  // One misfit is enough for a refusal: the more keys there are, the fewer requests would be without.
  const good = random.chance(0.4);
  for (const [key, schema] of Object.entries(properties)) {
    if (!required.includes(key) && random.chance(good ? 0.8 : 0.6)) continue;
    const there = (key === resource?.key && random.chance(0.8) ? known[resource.name] : undefined) ?? known[key];
    if (there && (good || random.chance(0.8))) input[key] = random.one(there);
    else input[key] = good || random.chance(0.7) ? fitting(random, schema) : hostileInput(random);
  }
  if (random.chance(0.05))
    input[random.one(["nope", "_links", "_embedded", "toString", "", "a.b", "id "])] = hostileInput(random);
  return input;
}

/** A value that may well fit. */
function fitting(random: Random, schema: unknown): unknown {
  const { type, enum: options, anyOf, items, maximum } = (schema ?? {}) as z.core.JSONSchema.BaseSchema;
  if (options) return random.one(options);
  if (anyOf) return fitting(random, random.one(anyOf));
  if (type === "string")
    return random.one(["sales", "Sales Helper", "new-name", "x".repeat(random.below(70)), "ünï 🐳", "ada"]);
  if (type === "integer" || type === "number") return random.below(Math.min(maximum ?? 5, 5)) + 1;
  if (type === "boolean") return random.chance(0.5);
  if (type === "array") return Array.from({ length: random.below(3) }, () => fitting(random, items));
  if (type === "object") return { key: random.one([1, "text", null, [1, { a: 2 }]]) };
  return random.one([null, "2026-04-01T00:00:00.000Z", new Date("2026-04-01T00:00:00.000Z")]);
}

const asText = (value: unknown) => (typeof value === "string" ? value : wire(value));

function restAttack(random: Random, operation: string, { ...definition }: AnyOperation, input: Input): Attack {
  const method = methodOf(definition);
  const rest = { ...input };
  const path = pathOf(definition).replaceAll(/{(\w+)}/g, (_, key: string) => {
    const value = asText(rest[key] ?? "x");
    delete rest[key];
    return encode(value);
  });
  const headers: Record<string, string> = {};
  if (random.chance(0.1))
    headers["if-match"] = random.one(['"1-x"', "*", '"2-abc", "3-x"', "W/1", '"', `"${"9".repeat(50)}-a"`]);
  if (random.chance(0.1)) headers["if-none-match"] = random.one(["*", '"1-x"', "garbage", '"'.repeat(500)]);
  if (random.chance(0.1)) headers.accept = random.one(["application/hal+json", "*/*;q=x", "", "text/html", ",;,;q=2"]);
  const base = { door: "rest", operation, method, headers } as const;
  if (definition.bytes !== undefined) return withBytes(random, base, `${origin}/api${path}`, definition.bytes, rest);
  if (method === "POST" || method === "PUT") {
    return {
      ...base,
      url: `${origin}/api${path}`,
      headers: { ...headers, "content-type": "application/json" },
      body: wire(rest),
    };
  }
  const query = queryOf(rest);
  if (query.length > 0 && random.chance(0.1)) query.push(query[0] as string);
  return { ...base, url: `${origin}/api${path}${query.length > 0 ? `?${query.join("&")}` : ""}` };
}

const queryOf = (input: Input) =>
  Object.entries(input).map(([key, value]) => `${encode(key)}=${encode(asText(value))}`);

const contents = [
  "a,b\n1,2\n",
  "a;b\r\n1;2",
  '{"a":1}\n',
  '[{"a":1}]',
  '"open\n',
  "\0\0",
  "",
  "a,a\n1",
  "x".repeat(70_000),
];
const ends = ["--x--\r\n", "--x--", "--x", "", "--x\r\n\r\n", "--x\r\ncontent-disposition: form-data\r\n\r\n--x--"];

/** Bytes as they stand, with all else in the query, or in a form. */
function withBytes(random: Random, base: Omit<Attack, "url" | "body">, url: string, key: string, input: Input): Attack {
  const { [key]: _, ...rest } = input;
  if (base.door === "trpc" || random.chance(0.5)) {
    const headers = { ...base.headers, "content-type": "multipart/form-data; boundary=x" };
    return { ...base, url, headers, body: formOf(random, rest) };
  }
  const query = queryOf(rest);
  const type = random.one(["text/csv", "application/x-ndjson", "application/json", "text/csv; charset=utf-16le", "x"]);
  return {
    ...base,
    url: query.length > 0 ? `${url}?${query.join("&")}` : url,
    headers: { ...base.headers, "content-type": type },
    body: random.one(contents),
  };
}

function formOf(random: Random, input: Input): string {
  const part = (name: string, content: string) =>
    `--x\r\ncontent-disposition: form-data; name="${name.replaceAll(/["\r\n]/g, "")}"${content}\r\n`;
  const fields = Object.entries(input).map(([key, value]) => part(key, `\r\n\r\n${asText(value)}`));
  const name = random.one(["file", "file", "file", "file", "content", "other"]);
  const file = part(name, `; filename="${random.one(["a.csv", "../a", "ü.json", ""])}"\r\n\r\n${random.one(contents)}`);
  const parts = random.chance(0.9) ? [...fields, file] : [file, ...fields];
  return parts.join("") + (random.chance(0.8) ? ends[0] : random.one(ends));
}

const metas = [
  '{"values":{"id":["bigint"]}}',
  '{"values":{"id":["Date"],"name":["undefined"]}}',
  '{"values":{"id":[["typed-array","Float64Array"]]}}',
  '{"values":["map"]}',
  '{"values":{"__proto__":["Date"]}}',
  '{"values":{"a.b.c.d":["set"]}}',
  '{"referentialEqualities":{"id":["name","slug"]}}',
  '{"values":{"name":[["class","User"]]}}',
  '{"values":{"name":["regexp"]}}',
  '{"values":{"id":[["custom","x"],["Date"]]},"v":9}',
  '{"values":{"name":["Error"]}}',
  '{"values":{"name":["URL"]}}',
  "null",
  "[]",
];

function trpcAttack(random: Random, operation: string, definition: AnyOperation, input: Input): Attack {
  const isQuery = methodOf(definition) === "GET";
  const payload = random.chance(0.85)
    ? `{"json":${wire(input)}${random.chance(0.2) ? `,"meta":${random.one(metas)}` : ""}}`
    : random.one([wire(input), "null", "[]", '{"json":null}', '{"meta":{}}', '"text"', "", "{}"]);
  const headers: Record<string, string> = {};
  const base = { door: "trpc", operation, headers } as const;
  if (definition.bytes !== undefined && random.chance(0.9)) {
    const url = `${origin}/trpc/${operation}`;
    return withBytes(random, { ...base, method: "POST" }, url, definition.bytes, input);
  }
  if (random.chance(0.15)) return batch(random, base, operation, payload, isQuery);
  if (isQuery && random.chance(0.9))
    return { ...base, method: "GET", url: `${origin}/trpc/${operation}?input=${encode(payload)}` };
  headers["content-type"] = "application/json";
  return { ...base, method: "POST", url: `${origin}/trpc/${operation}`, body: payload };
}

function batch(
  random: Random,
  base: Pick<Attack, "door" | "operation" | "headers">,
  name: string,
  payload: string,
  isQuery: boolean,
): Attack {
  const others = [...everyOperation.keys()];
  const names = [
    name,
    ...Array.from({ length: random.below(4) }, () => random.one([name, random.one(others), "no.such", "__proto__.x"])),
  ];
  const inputs = `{${names.map((_, index) => `"${random.chance(0.9) ? index : "x"}":${payload || "null"}`).join(",")}}`;
  const url = `${origin}/trpc/${names.join(",")}?batch=${random.one(["1", "1", "1", "true", "0"])}`;
  if (isQuery) return { ...base, method: "GET", url: `${url}&input=${encode(inputs)}` };
  return { ...base, method: "POST", url, headers: { "content-type": "application/json" }, body: inputs };
}

/** The request itself, or null where no client could send it. */
export function toRequest({ method, url, headers, body }: Attack): Request | null {
  try {
    const bodiless = /^(get|head)$/i.test(method);
    return new Request(url, { method, headers, ...(body !== undefined && !bodiless && { body }) });
  } catch {
    return null;
  }
}

/** The attack in a few lines, for the report of a failure. */
export const describeAttack = ({ body, ...attack }: Attack): string =>
  JSON.stringify({
    ...attack,
    url: attack.url.slice(0, 2000),
    body: typeof body === "string" ? body.slice(0, 2000) : body && [...body.subarray(0, 500)],
  });

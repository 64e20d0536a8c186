import { type ErrorDetail, invalid, StewardError } from "@steward/core";
import type { HonoRequest } from "hono";
import { isJson, parseObject, readAtMost } from "./body.ts";
import { noVersion, versionWanted } from "./etag.ts";
import { type InputPlan, inputPlan } from "./inputs.ts";
import type { Route } from "./routes.ts";
import { readUpload, type Upload } from "./upload.ts";

type Input = Record<string, unknown>;

const tooLarge = () => new StewardError("too_large");
const notJson = () => new StewardError("unsupported_media_type");
const refuse = (details: ErrorDetail[]) => new StewardError("validation_failed", { details });

/** The text behind the question mark of a request's address. */
export function queryOf(url: string): string {
  const mark = url.indexOf("?");
  if (mark === -1) return "";
  const hash = url.indexOf("#", mark);
  return url.slice(mark + 1, hash === -1 ? undefined : hash);
}

/**
 * What a request asks of an operation: its path, and its query or its body; where it takes bytes, its query and the body
 * as these. The schema is the core's to check.
 */
export const readAsked = (route: Route, request: HonoRequest, bodyLimit: number): Promise<Upload> =>
  route.operation.bytes === undefined ? readWhole(route, request, bodyLimit) : readWithBytes(route, request);

const nothing = () => undefined;
const readWhole = async (route: Route, request: HonoRequest, bodyLimit: number): Promise<Upload> => ({
  input: await readInput(route, request, bodyLimit),
  release: nothing,
});

async function readWithBytes(route: Route, request: HonoRequest): Promise<Upload> {
  const { bytes: key = "", input } = route.operation;
  const plan = inputPlan(input);
  const named = readParameters(route, request, plan);
  const texts = readTexts(queryOf(request.url), route, plan);
  if (Object.hasOwn(texts, key)) throw invalid(key, "Send it in the body");
  const { input: sent, release } = await readUpload(route.operation, request.raw);
  const twice = Object.keys(sent).filter((name) => Object.hasOwn(named, name) || Object.hasOwn(texts, name));
  if (twice.length > 0) {
    release();
    throw refuse(twice.map((path) => ({ path, message: "Given in the address already" })));
  }
  return { input: withHeaders({ ...texts, ...sent, ...named }, request.raw.headers, plan.keys), release };
}

async function readInput(route: Route, request: HonoRequest, bodyLimit: number): Promise<Input> {
  const plan = inputPlan(route.operation.input);
  const named = readParameters(route, request, plan);
  const query = queryOf(request.url);
  const input = changes(route) ? await readChange(query, request.raw, plan, bodyLimit) : readTexts(query, route, plan);
  Object.assign(input, named);
  return route.verb === "GET" ? input : withHeaders(input, request.raw.headers, plan.keys);
}

/** What an input may say itself, where the operation takes it. */
function withHeaders(input: Input, headers: Headers, keys: readonly string[]): Input {
  const condition = keys.includes("expectedVersion") ? headers.get("if-match") : null;
  const key = keys.includes("idempotencyKey") ? headers.get("idempotency-key") : null;
  const versioned = condition === null ? input : withVersion(input, condition);
  return key === null ? versioned : withKey(versioned, key);
}

function withKey(input: Input, key: string): Input {
  const { idempotencyKey: given = key } = input;
  if (given !== key) throw invalid("idempotencyKey", "Idempotency-Key says another one");
  return { ...input, idempotencyKey: key };
}

const changes = ({ verb }: Route) => verb === "POST" || verb === "PUT";

function readParameters({ parameters, path }: Route, request: HonoRequest, plan: InputPlan): Input {
  const input: Input = {};
  if (parameters.length === 0) return input;
  if (request.url.includes("%")) refuseMalformed(path, request.path);
  const texts: Readonly<Record<string, string | undefined>> = request.param();
  for (const name of parameters) input[name] = plan.fromText(name, texts[name] ?? "");
  return input;
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The router reads a malformed escape as it stands; here it is an error of the parameter that holds it. */
function refuseMalformed(pattern: string, path: string): void {
  const names = pattern.split("/").reverse();
  const broken = path
    .split("/")
    .reverse()
    .flatMap((text, index) => (isEncoded(text) ? [] : [names[index] ?? ""]));
  if (broken.length > 0)
    throw refuse(broken.map((name) => ({ path: name.replace(/[{}]/g, ""), message: "Not encoded as UTF-8" })));
}

function readQuery(text: string): Map<string, string> {
  const query = new Map<string, string>();
  if (!isEncoded(text)) throw invalid("", "The query is not encoded as UTF-8");
  for (const [key, value] of new URLSearchParams(text)) {
    if (query.has(key)) throw invalid(key, "Given more than once");
    query.set(key, value);
  }
  return query;
}

/** By entries, for a key may be `__proto__`, which the core is to find and refuse. */
function readTexts(text: string, { parameters }: Route, plan: InputPlan): Input {
  if (text === "") return {};
  const query = readQuery(text);
  const twice = parameters.filter((name) => query.has(name));
  if (twice.length > 0) throw refuse(twice.map((path) => ({ path, message: "Given in the path already" })));
  return Object.fromEntries(Array.from(query, ([key, value]) => [key, plan.fromText(key, value)]));
}

async function readChange(query: string, request: Request, plan: InputPlan, bodyLimit: number): Promise<Input> {
  const misplaced = query === "" ? [] : [...readQuery(query).keys()];
  if (misplaced.length > 0) throw refuse(misplaced.map((path) => ({ path, message: "Send it in the body" })));
  return plan.withMoments(await readBody(request, bodyLimit));
}

async function readBody(request: Request, limit: number): Promise<Input> {
  const json = isJson(request.headers.get("content-type"));
  if (!json && Number(request.headers.get("content-length")) > limit) throw tooLarge();
  return parseObject(json ? await readAtMost(request, limit, tooLarge) : await readAtMost(request, 0, notJson));
}

function withVersion(input: Input, condition: string): Input {
  const expectedVersion = versionWanted(condition);
  if (expectedVersion === undefined) return input;
  const { expectedVersion: given = expectedVersion } = input;
  if (expectedVersion !== noVersion && given !== expectedVersion)
    throw invalid("expectedVersion", "If-Match says another one");
  return { ...input, expectedVersion };
}

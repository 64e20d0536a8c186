import { type ErrorDetail, invalid, StewardError } from "@steward/core";
import type { HonoRequest } from "hono";
import { isJson, parseObject, readAtMost } from "./body.ts";
import { noVersion, versionWanted } from "./etag.ts";
import { type InputPlan, inputPlan } from "./inputs.ts";
import type { Route } from "./routes.ts";

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

/** What a request asks of an operation: its path, and its query or its body. The schema is the core's to check. */
export async function readInput(route: Route, request: HonoRequest, bodyLimit: number): Promise<Input> {
  const plan = inputPlan(route.operation.input);
  const parameters = readParameters(route, request);
  const query = readQuery(queryOf(request.url));
  const inBody = route.verb === "POST" || route.verb === "PUT";
  if (inBody && query.size > 0) refuseQuery(query.keys(), "Not known here: send it in the body");
  refuseQuery([...query.keys()].filter((key) => key in parameters), "Given in the path already");
  const given = inBody ? plan.withMoments(await readBody(request.raw, bodyLimit)) : readTexts(query, plan);
  const input = { ...given, ...readTexts(Object.entries(parameters), plan) };
  const condition = request.raw.headers.get("if-match");
  return condition !== null && route.verb !== "GET" && plan.keys.includes("expectedVersion") ? versioned(input, condition) : input;
}

function refuseQuery(keys: Iterable<string>, message: string): void {
  const details = Array.from(keys, (path) => ({ path, message }));
  if (details.length > 0) throw refuse(details);
}

function readParameters({ parameters, path }: Route, request: HonoRequest): Record<string, string> {
  if (parameters.length === 0) return {};
  if (request.url.includes("%")) refuseMalformed(path, request.path);
  return request.param();
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
  const broken = path.split("/").reverse().flatMap((text, index) => (isEncoded(text) ? [] : [names[index] ?? ""]));
  if (broken.length > 0) throw refuse(broken.map((name) => ({ path: name.replace(/[{}]/g, ""), message: "Not encoded as UTF-8" })));
}

function readQuery(text: string): Map<string, string> {
  const query = new Map<string, string>();
  if (text === "") return query;
  if (!isEncoded(text)) throw invalid("", "The query is not encoded as UTF-8");
  for (const [key, value] of new URLSearchParams(text)) {
    if (query.has(key)) throw invalid(key, "Given more than once");
    query.set(key, value);
  }
  return query;
}

/** By entries, for a key may be `__proto__`, which the core is to find and refuse. */
const readTexts = (texts: Iterable<[string, string]>, plan: InputPlan): Input =>
  Object.fromEntries(Array.from(texts, ([key, text]) => [key, plan.fromText(key, text)]));

async function readBody(request: Request, limit: number): Promise<Input> {
  const json = isJson(request.headers.get("content-type"));
  if (!json && Number(request.headers.get("content-length")) > limit) throw tooLarge();
  return parseObject(json ? await readAtMost(request, limit, tooLarge) : await readAtMost(request, 0, notJson));
}

function versioned(input: Input, condition: string): Input {
  const expectedVersion = versionWanted(condition);
  if (expectedVersion === undefined) return input;
  const { expectedVersion: given = expectedVersion } = input;
  if (expectedVersion !== noVersion && given !== expectedVersion) throw invalid("expectedVersion", "If-Match says another one");
  return { ...input, expectedVersion };
}

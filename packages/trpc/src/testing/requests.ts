import superjson from "superjson";
import { expect } from "vitest";
import type { World } from "./world.ts";

export const url = "http://steward.test/trpc";
export const json = { "content-type": "application/json" };

export const post = (path: string, payload: unknown, headers: Record<string, string> = json) =>
  new Request(`${url}/${path}`, {
    method: "POST",
    headers,
    body: typeof payload === "string" ? payload : JSON.stringify(payload),
  });

export const batchOf = (calls: readonly (readonly [path: string, input: unknown])[]) => {
  const inputs = Object.fromEntries(calls.map(([, input], index) => [index, superjson.serialize(input)]));
  const paths = calls.map(([path]) => path).join(",");
  return new Request(`${url}/${paths}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`);
};

export interface Answer {
  readonly result?: { readonly data: { readonly json: Record<string, unknown> } };
  readonly error?: { readonly json: { readonly message: string; readonly data: Record<string, unknown> } };
}
export const read = async (response: Response) => (await response.json()) as Answer;
export const readAll = async (response: Response) => (await response.json()) as Answer[];
export const dataOf = async (response: Response) => (await read(response)).error?.json.data;

/** Makes an assistant, and answers with its id. */
export async function create(world: World, name: string): Promise<string> {
  const response = await world.handle(post("assistants.create", superjson.serialize({ name })));
  expect(response.status).toBe(200);
  return (await read(response)).result?.data.json.id as string;
}

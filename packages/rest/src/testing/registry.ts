import { anything, nothing, operation, StewardError, signedIn } from "@steward/core";
import * as z from "zod";
import type { Registry } from "../routes.ts";

const Thing = z
  .object({ id: z.string(), naturalId: z.string(), version: z.int(), at: z.date().nullable(), got: z.json() })
  .meta({ id: "TestThing" });

const moment = new Date("2030-01-02T03:04:05.006Z");
const thing = (id: string, got: unknown = null) => ({
  id,
  naturalId: `ada:${id}`,
  version: 3,
  at: moment,
  got: plain(got),
});

/** What JSON makes of it. */
const plain = (value: unknown) => z.json().parse(JSON.parse(JSON.stringify(value ?? null)));

const page = {
  start: z.int().min(0).default(0),
  limit: z.int().min(1).max(10).default(2),
  cursor: z.string().optional(),
  q: z.string().optional(),
};
const total = 5;

function pageOf({ start, limit, cursor }: { start: number; limit: number; cursor?: string | undefined }) {
  const from = cursor === undefined ? start : Number(cursor.slice(1));
  const items = Array.from({ length: Math.max(0, Math.min(limit, total - from)) }, (_, index) =>
    thing(`t${from + index}`),
  );
  const next = from + items.length < total ? `c${from + items.length}` : null;
  return { items, start: from, count: items.length, total, totalIsExact: true, next };
}
const Page = z.object({
  items: z.array(Thing),
  start: z.int(),
  count: z.int(),
  total: z.int(),
  totalIsExact: z.boolean(),
  next: z.string().nullable(),
});

const key = { id: z.string() };
const body = {
  whole: z.int().optional(),
  flag: z.boolean().optional(),
  at: z.date().nullable().optional(),
  list: z.array(z.object({ at: z.date() })).optional(),
  text: z.string().optional(),
};

const things = {
  list: operation({
    http: "GET /things",
    rel: "inf:things",
    summary: "Lists",
    needs: anything,
    input: page,
    output: Page,
    items: { rel: "inf:thing", at: "/things/{id}" },
    run: async (_, input) => pageOf(input),
  }),
  listAll: operation({
    http: "GET /things-list",
    rel: "inf:things-list",
    summary: "Lists all",
    needs: anything,
    input: { cursor: page.cursor, q: page.q },
    output: z.object({ items: z.array(Thing), next: z.string().nullable() }),
    bare: true,
    run: async (_, { cursor }) => pageOf({ start: 0, limit: 2, cursor }),
  }),
  get: operation({
    http: "GET /things/{id}",
    summary: "Reads",
    needs: nothing,
    input: { ...key, whole: body.whole, flag: body.flag, at: body.at },
    output: Thing,
    run: async (_, { id, ...got }) => thing(id, got),
  }),
  create: operation({
    http: "POST /things",
    summary: "Makes",
    needs: nothing,
    input: { name: z.string(), ...body },
    output: Thing,
    run: async (_, { name, ...got }) => thing(name, got),
  }),
  guarded: operation({
    http: "POST /guarded",
    rel: "inf:guarded",
    summary: "Needs somebody",
    needs: signedIn("write"),
    input: body,
    output: z.object({}),
    run: async () => ({}),
  }),
  update: operation({
    http: "PUT /things/{id}",
    summary: "Changes",
    needs: nothing,
    input: { ...key, ...body, expectedVersion: z.int().min(0).optional() },
    output: Thing,
    run: async (_, { id, ...got }) => thing(id, got),
  }),
  delete: operation({
    http: "DELETE /things/{id}",
    summary: "Deletes",
    needs: nothing,
    input: key,
    output: z.void(),
    run: async () => undefined,
  }),
  import: operation({
    http: "POST /things/_import",
    rel: "inf:import",
    summary: "Imports",
    needs: nothing,
    input: {},
    output: z.object({ done: z.boolean() }),
    run: async () => ({ done: true }),
  }),
  copy: operation({
    http: "POST /things/{id}/_copy",
    rel: "inf:copy",
    summary: "Copies",
    needs: nothing,
    input: key,
    output: Thing,
    run: async () => thing("copy"),
  }),
  part: operation({
    http: "GET /things/{id}/part",
    rel: "inf:part",
    summary: "A part",
    needs: nothing,
    input: key,
    output: z.object({ of: z.string() }),
    run: async (_, { id }) => ({ of: id }),
  }),
  mark: operation({
    http: "PUT /things/{id}/part",
    summary: "Upserts",
    needs: nothing,
    input: { ...key, fresh: z.boolean() },
    output: z.object({ fresh: z.boolean() }),
    created: ({ fresh }) => fresh,
    run: async (_, { fresh }) => ({ fresh }),
  }),
};

const signs = {
  in: operation({
    http: "POST /sign/in",
    aliases: ["POST /enter"],
    summary: "In",
    needs: nothing,
    input: { name: z.string() },
    output: z.object({ sid: z.string() }),
    status: 200,
    cookie: "set",
    run: async (_, { name }) => ({ sid: `s-${name}` }),
  }),
  out: operation({
    http: "POST /sign/out",
    summary: "Out",
    needs: nothing,
    input: {},
    output: z.void(),
    cookie: "clear",
    run: async () => undefined,
  }),
};

const breaks = {
  internally: operation({
    http: "POST /breaks",
    summary: "Breaks",
    needs: nothing,
    input: { secret: z.string() },
    output: z.object({}),
    run: async (_, { secret }) => {
      throw Object.assign(new Error(`Failed query: select ?\nparams: ${secret}`), { cause: new SyntaxError(secret) });
    },
  }),
  inItsAnswer: operation({
    http: "GET /breaks",
    summary: "Answers wrongly",
    needs: nothing,
    input: {},
    output: z.object({ number: z.int().max(1) }),
    run: async () => ({ number: 2 }),
  }),
  slowly: operation({
    http: "POST /slows",
    summary: "Asks to wait",
    needs: nothing,
    input: {},
    output: z.object({}),
    run: async () => {
      throw new StewardError("rate_limited", { retryAfter: 12.2 });
    },
  }),
};

const entry = {
  get: operation({
    http: "GET /",
    summary: "The root",
    needs: anything,
    input: {},
    output: z.object({ name: z.string() }),
    run: async () => ({ name: "root" }),
  }),
};

/** Operations that show what the door does and nothing else. */
export const registry: Registry = { things, signs, breaks, entry };

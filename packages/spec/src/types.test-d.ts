/** Mistakes that do not compile, by design. Each line under `@ts-expect-error` is one; tsc fails when it is accepted. */
import { assistants, type Context, granted, level, operation, signedIn } from "@steward/core";
import { tables } from "@steward/db";
import type { AppRouter } from "@steward/trpc";
import { createTRPCClient, type TRPCClient } from "@trpc/client";
import * as z from "zod";
import type { InputOf, OperationName } from "./operations.ts";
import { specify } from "./specify.ts";

const base = { summary: "Try something", needs: signedIn("read"), input: {}, output: z.object({ name: z.string() }) };
const run = async () => ({ name: "x" });

/** What is right compiles, or the rest would prove nothing. */
export const right = operation({ ...base, http: "GET /things/{id}", input: { id: z.string() }, run });

// @ts-expect-error a {param} that the input lacks
export const parameter = operation({ ...base, http: "GET /things/{id}", run });
// @ts-expect-error a second one, too
export const second = operation({ ...base, http: "GET /a/{id}/b/{other}", input: { id: z.string() }, run });
// @ts-expect-error a method that there is not
export const method = operation({ ...base, http: "FETCH /things", run });
// @ts-expect-error a path that does not begin with a slash
export const path = operation({ ...base, http: "GET things", run });

// @ts-expect-error an unknown grant
granted("assistants:paint", "write");
// @ts-expect-error an unknown scope
signedIn("paint");
// @ts-expect-error an unknown level
level(assistants, 4, "own", "write");
// @ts-expect-error an unknown kind of credential
signedIn("read", { credential: "password" });
// @ts-expect-error needs that are only a name
export const needs = operation({ ...base, http: "GET /things", needs: "assistants:create", run });

// @ts-expect-error an output that lacks a field
export const output = operation({ ...base, http: "GET /things", run: async () => ({}) });
// @ts-expect-error an output of another type
export const otherOutput = operation({ ...base, http: "GET /things", run: async () => ({ name: 7 }) });
// @ts-expect-error an error that is not in the table
export const error = operation({ ...base, http: "GET /things", errors: ["teapot"], run });
export const input = operation({
  ...base,
  http: "GET /things",
  input: { id: z.string() },
  // @ts-expect-error a key that the input does not have
  run: async (_, { other }) => ({ name: String(other) }),
});

// @ts-expect-error bytes under a key that the input lacks
export const bytes = operation({ ...base, http: "POST /things", bytes: "content", run });
const items = async function* () {
  yield { name: "x" };
};
export const streamed = operation({ ...base, http: "GET /things", stream: true, run: items });
// @ts-expect-error a stream that answers at once
export const atOnce = operation({ ...base, http: "GET /things", stream: true, run });
// @ts-expect-error an answer at once that streams
export const unsaid = operation({ ...base, http: "GET /things", run: items });

type ReadOf = Parameters<Context["read"]>[0];
type StepOf = Parameters<Context["commit"]>[0][number];

/** A handler's two ways to the database, and what does not fit through them. */
export async function handler(ctx: Context, read: ReadOf, write: StepOf & { mode: "write" }): Promise<void> {
  await ctx.read(read);
  await ctx.commit([write]);
  // @ts-expect-error a write handed to ctx.read
  await ctx.read(write);
  await ctx.commit([write, read]);
  // @ts-expect-error SQL text
  await ctx.read("select 1");
  // @ts-expect-error no database to ask
  await ctx.database.select().from(tables.assistants);
  // @ts-expect-error no executor either
  await ctx.executor.batch([], "write");
  // @ts-expect-error nor may it be replaced
  ctx.now = new Date();
}

/** What a client calls; never run. */
export async function client(steward: TRPCClient<AppRouter>): Promise<void> {
  const { items } = await steward.assistants.list.query({ q: "sales" });
  const found: string | undefined = items[0]?.naturalId;
  await steward.assistants.create.mutate({ name: found ?? "x" });
  // @ts-expect-error a required key is missing
  await steward.assistants.create.mutate({});
  // @ts-expect-error an unknown key
  await steward.assistants.create.mutate({ name: "x", nope: 1 });
  // @ts-expect-error a key of another type
  await steward.assistants.get.query({ id: 7 });
  // @ts-expect-error a sort that there is not
  await steward.assistants.list.query({ sort: "slug" });
  // @ts-expect-error a level that is no number
  await steward.shares.set.mutate({ id: "x", principalId: "y", accessLevel: "1" });
  // @ts-expect-error a read is no mutation
  await steward.assistants.get.mutate({ id: "x" });
  // @ts-expect-error a write is no query
  await steward.assistants.delete.query({ id: "x" });
  await steward.datasets.upload.mutate(new FormData());
  // @ts-expect-error bytes go in a form
  await steward.datasets.upload.mutate({ id: "x" });
  steward.uploads.watch.subscribe({ id: "x" }, { onData: ({ version }) => version.toFixed() });
  // @ts-expect-error a stream is no query
  await steward.uploads.watch.query({ id: "x" });
  // @ts-expect-error an operation that there is not
  await steward.assistants.paint.mutate({ id: "x" });
  // @ts-expect-error a group that there is not
  await steward.robots.list.query();
  // @ts-expect-error a field that the answer does not have
  (await steward.assistants.get.query({ id: "x" })).password;
  const moment: Date = (await steward.assistants.get.query({ id: "x" })).createdAt;
  // @ts-expect-error a moment is no text
  const text: string = (await steward.assistants.get.query({ id: "x" })).createdAt;
  void [moment, text, createTRPCClient];
}

// @ts-expect-error an operation that there is not
export const name: OperationName = "assistants.paint";
// @ts-expect-error an input that its schema would refuse
export const wrong: InputOf<"shares.set"> = { id: "x", principalId: "y" };

/** A spec is held to the same types; never run. */
export const specs = () => [
  // @ts-expect-error an operation that there is not
  specify("assistants.paint", { arrange: async () => ({}), as: () => null, input: () => ({}) }),
  // @ts-expect-error an input that lacks what is required
  specify("assistants.create", { arrange: async () => ({}), as: () => null, input: () => ({}) }),
  // @ts-expect-error something that was not arranged
  specify("assistants.list", { arrange: async () => ({ ada: null }), as: ({ ben }) => ben, input: () => ({}) }),
];

import { createTRPCClient, httpBatchLink } from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import superjson from "superjson";
import {
  type Assistant,
  type AssistantsUpdateInput,
  createStewardClient,
  errorOf,
  type StewardErrorCode,
  type StewardRouter,
} from "./index.ts";

/** What an app must be able to write, and what must not compile. */
export async function check(thrown: unknown) {
  const client = createStewardClient({ url: "https://steward.example", token: undefined, session: "sid" });
  const { items } = await client.assistants.list.query();
  const first: Assistant | undefined = items[0];
  const moment: Date | undefined = first?.createdAt;
  await client.assistants.update.mutate({ id: "a", expectedVersion: 1, description: null });
  const { rowsRead } = await client.datasets.upload.mutate(new FormData());
  // @ts-expect-error bytes come as a form
  await client.datasets.upload.mutate({ id: "d" });
  client.uploads.watch.subscribe({ id: "u" }, { onData: ({ status }) => status === "done" });
  // @ts-expect-error there is no answer
  (await client.assistants.delete.mutate({ id: "a" })).id;
  // @ts-expect-error an input that lacks its id
  await client.assistants.update.mutate({ name: "x" });
  // @ts-expect-error a key that is not there
  await client.assistants.create.mutate({ name: "x", nam: "x" });
  // @ts-expect-error a word that is none of the union
  await client.assistants.list.query({ sort: "size" });
  // @ts-expect-error a query is not a mutation
  await client.assistants.list.mutate({});
  // @ts-expect-error a code that does not exist
  const unknown = errorOf(thrown)?.code === "nope";
  const code: StewardErrorCode | undefined = errorOf(thrown)?.code;
  return { moment, unknown, code, rowsRead };
}

createTRPCClient<StewardRouter>({ links: [httpBatchLink({ url: "", transformer: superjson })] });
// @ts-expect-error without superjson a moment would be a text
createTRPCClient<StewardRouter>({ links: [httpBatchLink({ url: "" })] });

/** tRPC's own inference gives the published names. */
export const input = (given: AssistantsUpdateInput): inferRouterInputs<StewardRouter>["assistants"]["update"] => given;
export const output = (given: Assistant): inferRouterOutputs<StewardRouter>["assistants"]["get"] => given;

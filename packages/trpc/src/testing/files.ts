import { type AnyOperation, nothing, operation, StewardError, signedIn } from "@steward/core";
import * as z from "zod";
import { doorTo } from "../router.ts";

const Bytes = z.custom<{ readonly stream: ReadableStream<Uint8Array> }>(
  (value) => typeof value === "object" && value !== null && "stream" in value,
);
const input = { note: z.string().optional(), content: Bytes };

const files = {
  receive: operation({
    http: "POST /files",
    summary: "Receives",
    needs: nothing,
    input,
    output: z.object({ note: z.string().nullable(), length: z.int(), at: z.date() }),
    bytes: "content",
    run: async (_, { note = null, content }) => {
      let length = 0;
      for await (const chunk of content.stream) length += chunk.length;
      return { note, length, at: new Date(0) };
    },
  }),
  guarded: operation({
    http: "POST /guarded",
    summary: "Needs somebody",
    needs: signedIn("write"),
    input,
    output: z.void(),
    bytes: "content",
    run: async () => undefined,
  }),
};

const Tick = z.object({ version: z.int(), at: z.date() });

/** How many streams were told that nobody listens any more. */
export const heard = { left: 0, returned: 0 };

const ticks = {
  some: operation({
    http: "GET /ticks/{id}",
    summary: "Ticks",
    needs: nothing,
    input: { id: z.string(), failAt: z.int().optional() },
    output: Tick,
    stream: true,
    async *run(_, { failAt }) {
      for (let version = 1; version <= 3; version++) {
        if (version === failAt) throw new StewardError("conflict");
        yield { version, at: new Date(0) };
      }
    },
  }),
  endless: operation({
    http: "GET /endless-ticks",
    summary: "Ticks until nobody listens",
    needs: nothing,
    input: {},
    output: Tick,
    stream: true,
    async *run({ signal }) {
      const { promise, resolve } = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => {
        heard.left++;
        resolve();
      });
      try {
        yield { version: 1, at: new Date(0) };
        await promise;
      } finally {
        heard.returned++;
      }
    },
  }),
  guarded: operation({
    http: "GET /guarded-ticks",
    summary: "Ticks for somebody",
    needs: signedIn("read"),
    input: {},
    output: Tick,
    stream: true,
    async *run() {
      yield { version: 1, at: new Date(0) };
    },
  }),
};

/** A door to operations that take bytes, and to operations that stream. */
export const filesAndTicks = doorTo({ files, ticks } satisfies Record<string, Record<string, AnyOperation>>);

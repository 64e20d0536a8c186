import { type Context, nothing, operation, StewardError, signedIn } from "@steward/core";
import * as z from "zod";
import type { Registry } from "../routes.ts";

/** As `Bytes` of the core says it. */
const Bytes = z
  .custom<{ stream: ReadableStream<Uint8Array>; length: number | null; type: string | null; name: string | null }>(
    (value) => typeof value === "object" && value !== null && "stream" in value,
    "Send the bytes of a file",
  )
  .meta({ type: "string", format: "binary" });

const Received = z.object({
  id: z.string(),
  note: z.string().nullable(),
  count: z.int().nullable(),
  at: z.date().nullable(),
  length: z.int(),
  announced: z.int().nullable(),
  type: z.string().nullable(),
  name: z.string().nullable(),
  /** The bytes, each taken into account at its place. */
  sum: z.int(),
});

const given = {
  id: z.string(),
  note: z.string().max(100_000).optional(),
  count: z.int().optional(),
  at: z.date().optional(),
  content: Bytes,
};

/** What tells bytes from others, whichever chunks they come in. */
export function sumOf(bytes: Uint8Array, before = 0): number {
  let sum = before;
  for (const byte of bytes) sum = (Math.imul(sum, 31) + byte) | 0;
  return sum;
}

const files = {
  receive: operation({
    http: "POST /files/{id}/_receive",
    summary: "Receives",
    needs: nothing,
    input: given,
    output: Received,
    bytes: "content",
    run: async (_, { id, note = null, count = null, at = null, content }) => {
      let length = 0;
      let sum = 0;
      for await (const chunk of content.stream) {
        length += chunk.length;
        // Of what is large only the length, so that the test measures the door.
        if (length < 1024 * 1024) sum = sumOf(chunk, sum);
      }
      const { length: announced, type, name } = content;
      return { id, note, count, at, length, announced, type, name, sum };
    },
  }),
  refuse: operation({
    http: "POST /files/{id}/_refuse",
    summary: "Reads a little, and refuses",
    needs: nothing,
    input: given,
    output: Received,
    bytes: "content",
    run: async (_, { content }) => {
      await content.stream.getReader().read();
      throw new StewardError("not_found");
    },
  }),
  guarded: operation({
    http: "POST /files/{id}/_guarded",
    summary: "Needs somebody",
    needs: signedIn("write"),
    input: given,
    output: z.object({}),
    bytes: "content",
    run: async () => ({}),
  }),
};

const Tick = z.object({ version: z.int(), at: z.date(), text: z.string() }).meta({ id: "TestTick" });
const moment = new Date("2030-01-02T03:04:05.006Z");
const tick = (version: number) => ({ version, at: moment, text: "two\nlines" });

/** How many streams have begun, and how many were told that nobody listens any more. */
export const heard = { begun: 0, left: 0, returned: 0 };

const one = { mode: "read", query: { sql: "select 1", width: 0, args: () => [], map: () => [] }, values: {} } as const;

async function* untilLeft({ signal }: Context) {
  heard.begun++;
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => {
    heard.left++;
    resolve();
  });
  try {
    yield tick(1);
    await promise;
    yield tick(2);
  } finally {
    heard.returned++;
  }
}

const ticks = {
  some: operation({
    http: "GET /ticks/{id}",
    summary: "Ticks",
    needs: nothing,
    input: { id: z.string(), count: z.int().min(0).max(1_000_000).default(3), failAt: z.int().optional() },
    output: Tick,
    stream: true,
    async *run(_, { id, count, failAt }) {
      if (id === "nowhere") throw new StewardError("not_found");
      for (let version = 1; version <= count; version++) {
        if (version === failAt) throw new StewardError("conflict", { message: "Stopped" });
        yield tick(version);
      }
    },
  }),
  broken: operation({
    http: "GET /broken-ticks",
    summary: "Ticks wrongly",
    needs: nothing,
    input: {},
    output: z.object({ version: z.int().max(1) }),
    stream: true,
    async *run() {
      yield { version: 1 };
      yield { version: 2 };
    },
  }),
  endless: operation({
    http: "GET /endless-ticks",
    summary: "Ticks until nobody listens",
    needs: nothing,
    input: {},
    output: Tick,
    stream: true,
    run: untilLeft,
  }),
  guarded: operation({
    http: "GET /guarded-ticks",
    summary: "Ticks for somebody",
    needs: signedIn("read"),
    input: {},
    output: Tick,
    stream: true,
    async *run(ctx) {
      for (let version = 1; ; version++) {
        await ctx.read(one);
        yield tick(version);
      }
    },
  }),
  unread: operation({
    http: "GET /unread-ticks",
    summary: "Ticks for somebody without reading anything",
    needs: signedIn("read"),
    input: {},
    output: Tick,
    stream: true,
    async *run() {
      yield tick(1);
    },
  }),
};

/** Operations that take bytes, and operations that stream. */
export const filesAndTicks: Registry = { files, ticks };

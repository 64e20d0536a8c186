import { type Log, logCause, type Streamed } from "@steward/core";
import { errorBody } from "./problem.ts";

/** Often enough that nothing between takes the connection for dead. */
const heartbeat = 15_000;

const headers = {
  "content-type": "text/event-stream",
  "cache-control": "no-store",
  // A proxy that collects what it passes on would hold back the events.
  "x-accel-buffering": "no",
};

export interface EventStreamOptions {
  readonly log: Log;
  readonly requestId: string;
  readonly operation: string;
}

/**
 * An answer that carries each item as an event, its data in JSON and its version as the id. A failure is the last event,
 * `error`, with the body that an answer with that error has. Whoever goes away ends the stream.
 */
export function eventStream(items: Streamed["items"], options: EventStreamOptions): Response {
  const encoder = new TextEncoder();
  let beating: ReturnType<typeof setInterval> | undefined;
  const close = () => {
    clearInterval(beating);
    return items.return?.();
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      beating = setInterval(() => {
        // Who does not read what is there already needs no sign of life.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(":\n\n"));
      }, heartbeat);
    },
    async pull(controller) {
      try {
        const { done, value } = await items.next();
        if (!done) return controller.enqueue(encoder.encode(eventOf(value)));
      } catch (error) {
        const { requestId, operation, log } = options;
        logCause(log, error, { requestId, operation });
        controller.enqueue(encoder.encode(`event: error\ndata: ${JSON.stringify(errorBody(error, requestId))}\n\n`));
      }
      clearInterval(beating);
      controller.close();
    },
    async cancel() {
      await close();
    },
  });
  return new Response(body, { headers });
}

/** The answer to a `HEAD`: nobody will take the items. */
export async function eventStreamHead(items: Streamed["items"]): Promise<Response> {
  await items.return?.();
  return new Response(null, { headers });
}

function eventOf(item: unknown): string {
  const version = typeof item === "object" && item !== null && "version" in item ? item.version : undefined;
  const id = typeof version === "number" ? `id: ${version}\n` : "";
  return `${id}data: ${JSON.stringify(item)}\n\n`;
}

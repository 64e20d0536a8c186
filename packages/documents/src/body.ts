import { joinedBytes } from "./bytes.ts";
import { failed, megabytes } from "./refusals.ts";

/** All bytes of a stream; fails with a `DocumentError` when there are more than `most`. An error of the stream is passed on. */
export async function wholeBody(body: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // To leave the loop cancels the stream.
  for await (const part of iterate(body)) {
    length += part.length;
    if (length > most)
      throw failed(`The file has more than ${megabytes(most)}, which is the most that is read: split it`);
    parts.push(part);
  }
  return joinedBytes(parts);
}

async function* iterate(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      ended = done;
      if (done) return;
      yield value;
    }
  } finally {
    // What made it end early is what is told, and not that a stream that failed cannot be cancelled.
    if (!ended) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}

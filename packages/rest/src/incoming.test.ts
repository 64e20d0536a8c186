import { expect, test } from "vitest";
import { IncomingBody, streamOf } from "./incoming.ts";

function opened() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new IncomingBody(
    new ReadableStream({
      start(given) {
        controller = given;
      },
    }),
  );
  const stream = streamOf(body, () => body.read());
  return { stream, send: (byte: number) => controller?.enqueue(new Uint8Array([byte])), controller: () => controller };
}

test("whoever has not read yet learns at once that the sender is gone", async () => {
  const { stream, send, controller } = opened();
  const reader = stream.getReader();
  send(1);
  controller()?.error(new Error("The line is dead"));
  await expect(reader.closed).rejects.toMatchObject({ code: "validation_failed" });
  await expect(reader.read()).rejects.toMatchObject({ code: "validation_failed" });
});

test("one that has come whole is no failure, read or unread", async () => {
  const { stream, send, controller } = opened();
  send(1);
  send(2);
  controller()?.close();
  expect(await new Response(stream).bytes()).toEqual(new Uint8Array([1, 2]));
});

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { type ImageModelOptions, imageModel } from "./image-model.ts";

const key = "sk-very-secret";
const picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const order = { prompt: "a red square", model: undefined, width: 64, height: 32 };

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function textOf(incoming: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** A server that speaks the protocol, and a model behind it. */
async function open(answer: (outgoing: ServerResponse) => unknown, options: Partial<ImageModelOptions> = {}) {
  const asked: Asked[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const text = await textOf(incoming);
    const { method, url, headers } = incoming;
    asked.push({ method, url, authorization: headers.authorization, body: text === "" ? null : JSON.parse(text) });
    answer(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return { asked, origin, model: imageModel({ baseUrl: `${origin}/v1`, key, model: "painter", ...options }) };
}

const json =
  (value: unknown, status = 200) =>
  (outgoing: ServerResponse) =>
    outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
const drawn = json({ created: 1, data: [{ b64_json: picture }] });

test("draws what it is told, with the key, in the size", async () => {
  const { asked, model } = await open(drawn);
  const { bytes, model: named } = await model.draw(order);
  expect(named).toBe("painter");
  expect(Buffer.from(bytes).toString("base64")).toBe(picture);
  expect(asked).toEqual([
    {
      method: "POST",
      url: "/v1/images/generations",
      authorization: `Bearer ${key}`,
      body: { model: "painter", prompt: "a red square", n: 1, size: "64x32", response_format: "b64_json" },
    },
  ]);
});

test("names another model, and spares those the format that refuse to be asked for it", async () => {
  const { asked, model } = await open(drawn);
  await model.draw({ ...order, model: "gpt-image-1" });
  expect(asked[0]?.body).toEqual({ model: "gpt-image-1", prompt: "a red square", n: 1, size: "64x32" });
});

const spoken = { error: { message: `No such key: ${key}`, type: "invalid", param: null, code: null } };

test.each([
  ["400", json(spoken, 400), /change the prompt/],
  ["401", json(spoken, 401), /key/],
  ["404", json(spoken, 404), /no such image model/],
  ["429", json(spoken, 429), /too much to do/],
  ["500", json(spoken, 500), /try again later/],
  ["an error that is no JSON", (outgoing: ServerResponse) => outgoing.writeHead(502).end(`<h1>${key}</h1>`), /failed/],
  ["no JSON", (outgoing: ServerResponse) => outgoing.end(`<html>${key}</html>`), /failed/],
  ["something else", json({ key }), /failed/],
  ["no picture", json({ data: [] }), /failed/],
  ["no base64", json({ data: [{ b64_json: "***" }] }), /failed/],
  [
    "half of an answer",
    (outgoing: ServerResponse) => outgoing.writeHead(200, { "content-length": 99 }).destroy(),
    /failed/,
  ],
  ["a lost connection", (outgoing: ServerResponse) => outgoing.destroy(), /failed/],
] as const)("%s is a failure of the provider, which says nothing of it", async (_, answer, message) => {
  const said = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const { asked, model } = await open(answer);
  const error: unknown = await model.draw(order).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: "StewardError",
    code: "upstream_failed",
    message: expect.stringMatching(message),
  });
  // Once: who asked decides whether it is tried again.
  expect(asked).toHaveLength(1);
  const shown = JSON.stringify(error, (_key, value: unknown) =>
    value instanceof Error ? { ...value, message: value.message, stack: value.stack, cause: value.cause } : value,
  );
  expect(shown).not.toContain(key);
  expect(shown).not.toContain(order.prompt);
  expect(JSON.stringify(said.mock.calls)).not.toContain(key);
});

test("an address in the answer is not followed, and a redirect neither", async () => {
  const { asked: reached, origin } = await open(drawn);
  const pointing = await open((outgoing) => json({ data: [{ url: `${origin}/picture.png` }] })(outgoing));
  await expect(pointing.model.draw(order)).rejects.toMatchObject({ code: "upstream_failed" });
  for (const status of [301, 302, 307, 308]) {
    const redirecting = await open((outgoing) => outgoing.writeHead(status, { location: `${origin}/v1/x` }).end());
    await expect(redirecting.model.draw(order)).rejects.toMatchObject({ code: "upstream_failed" });
  }
  const own = await open((outgoing) => json({ data: [{ url: "/v1/picture.png" }] })(outgoing));
  await expect(own.model.draw(order)).rejects.toMatchObject({ code: "upstream_failed" });
  expect(own.asked).toHaveLength(1);
  expect(reached).toEqual([]);
});

test("an answer without end is read no further than it may be", async () => {
  let sent = 0;
  const { model } = await open(
    (outgoing) => {
      outgoing.writeHead(200, { "content-type": "application/json" });
      const piece = Buffer.alloc(64 * 1024, "a");
      const write = () => {
        while (!outgoing.destroyed) {
          sent += piece.length;
          if (!outgoing.write(piece)) break;
        }
      };
      outgoing.on("drain", write);
      write();
    },
    { mostBytes: 256 * 1024 },
  );
  await expect(model.draw(order)).rejects.toMatchObject({ code: "upstream_failed" });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(sent).toBeLessThan(16 * 1024 * 1024);
});

test("a picture that does not come is not waited for", async () => {
  const { model } = await open(() => undefined, { timeout: 100 });
  const began = performance.now();
  await expect(model.draw(order)).rejects.toMatchObject({ code: "upstream_failed" });
  expect(performance.now() - began).toBeLessThan(5000);
});

import { request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createRest } from "./rest.ts";
import { filesAndTicks, heard } from "./testing/files.ts";
import { openServices } from "./testing/world.ts";

const mebibyte = 1024 * 1024;
const size = 20 * mebibyte;

/** The door behind a real server, as apps/node puts it. */
async function serve() {
  const { services, logged } = await openServices();
  const rest = createRest(services, { registry: filesAndTicks });
  const answered: number[] = [];
  const server = createAdaptorServer({
    fetch: async (incoming) => {
      const credential = incoming.headers.has("authorization") ? ({ kind: "token", hash: "nobody's" } as const) : null;
      const caller = { credential, address: null, defer: () => undefined };
      const answer = await rest.fetch(incoming, { caller, requestId: "r-1" });
      answered.push(answer.status);
      return answer;
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, answered, logged };
}

/** Sends as a plain client does, which goes on sending while the server answers already. */
function send(port: number, path: string, headers: Record<string, string>, pieces: readonly Uint8Array[]) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const call = request({ port, host: "127.0.0.1", path, method: "POST", headers }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => {
        text += chunk;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
      answer.on("error", reject);
    });
    // A server that has answered may close the connection before it has been told everything.
    call.on("error", (error) => setTimeout(reject, 100, error));
    const write = () => {
      for (const piece of pieces) call.write(piece);
      call.end();
    };
    if (headers.expect) call.on("continue", write);
    else write();
  });
}

const boundary = "b";
const form = { "content-type": `multipart/form-data; boundary=${boundary}` };
const head = Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n`);
const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
const megabytes = (count: number) => Array.from({ length: count }, () => new Uint8Array(mebibyte));

describe("20 MB over HTTP", () => {
  test("arrive, as they stand and in a form", async () => {
    const { port } = await serve();
    const raw = await send(port, "/api/files/a/_receive", { "content-length": String(size) }, megabytes(20));
    expect(JSON.parse(raw.text)).toMatchObject({ length: size, announced: size });
    const inForm = await send(port, "/api/files/a/_receive", form, [head, ...megabytes(20), tail]);
    expect(JSON.parse(inForm.text)).toMatchObject({ length: size, name: "a.csv" });
  });

  test.each([
    ["nobody", "_guarded", {}, 401],
    ["an unknown token", "_guarded", { authorization: "Bearer x" }, 401],
    ["somebody whom the operation turns away", "_refuse", {}, 404],
    ["somebody whose query does not fit", "_receive?count=x", {}, 400],
  ] as const)("of %s are answered at once (%s)", async (_, at, credential, status) => {
    const { port, url } = await serve();
    const path = `/api/files/a/${at}`;
    const either: readonly Record<string, string>[] = [credential, { ...credential, expect: "100-continue" }];
    for (const headers of either) {
      const raw = await send(port, path, { ...headers, "content-length": String(size) }, megabytes(20));
      expect([raw.status, JSON.parse(raw.text).statusCode]).toEqual([status, status]);
      const inForm = await send(port, path, { ...headers, ...form }, [head, ...megabytes(20), tail]);
      expect(inForm.status).toBe(status);
    }
    const fetched = await fetch(url + path, { method: "POST", headers: credential, body: new Uint8Array(size) });
    expect([fetched.status, (await fetched.json()).statusCode]).toEqual([status, status]);
  });
});

test("a client that breaks off ends the operation", async () => {
  const { port, answered, logged } = await serve();
  for (const headers of [
    "content-length: 1000000",
    `content-type: ${form["content-type"]}\r\ncontent-length: 1000000`,
  ]) {
    const socket = connect(port, "127.0.0.1");
    socket.write(`POST /api/files/a/_receive HTTP/1.1\r\nhost: x\r\n${headers}\r\n\r\n`);
    socket.write(head);
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.destroy();
  }
  await vi.waitFor(() => expect(answered).toEqual([400, 400]));
  expect(logged).toEqual([]);
});

test("a client that leaves a stream ends its handler", async () => {
  const { url } = await serve();
  const { left, returned } = heard;
  const leaving = new AbortController();
  const answer = await fetch(`${url}/api/endless-ticks`, { signal: leaving.signal });
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toContain("id: 1");
  const next = reader.read();
  leaving.abort();
  await expect(next).rejects.toThrow("abort");
  await vi.waitFor(() => expect([heard.left, heard.returned]).toEqual([left + 1, returned + 1]));
});

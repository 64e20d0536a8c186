import { describe, expect, onTestFinished, test, vi } from "vitest";
import { filesAndTicks, sumOf } from "./testing/files.ts";
import { type Answer, openWorld } from "./testing/world.ts";

const encoder = new TextEncoder();
const boundary = "----bound-ary--";

interface Part {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly filename?: string;
  readonly type?: string;
}

function formOf(parts: readonly Part[], end = `--${boundary}--\r\n`): Uint8Array<ArrayBuffer> {
  const pieces = parts.flatMap(({ name, content, filename, type }) => [
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"`,
    filename === undefined ? "" : `; filename="${filename}"`,
    type === undefined ? "" : `\r\ncontent-type: ${type}`,
    "\r\n\r\n",
    content,
    "\r\n",
  ]);
  const bytes = [...pieces, end].map((piece) => (typeof piece === "string" ? encoder.encode(piece) : piece));
  const whole = new Uint8Array(bytes.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of bytes) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

const chunked = (bytes: Uint8Array, sizes: (position: number) => number) => {
  let position = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (position >= bytes.length) return controller.close();
      const size = sizes(position);
      controller.enqueue(bytes.slice(position, position + size));
      position += size;
    },
  });
};

async function openDoor() {
  const world = await openWorld({ registry: filesAndTicks });
  const post = (path: string, body: BodyInit | null, headers: Record<string, string> = {}, as: string | null = "ada") =>
    world.call(path, { method: "POST", body, headers, duplex: "half", as });
  const postForm = (parts: readonly Part[] | Uint8Array<ArrayBuffer>, query = "") =>
    post(`/api/files/a/_receive${query}`, parts instanceof Uint8Array ? parts : formOf(parts), {
      "content-type": `multipart/form-data; boundary=${boundary}`,
    });
  return { ...world, post, postForm };
}

const refused = ({ status, body }: Answer) => [status, body.code, body.details?.[0]?.path];
const file = { name: "file", filename: "ä.csv", type: "Text/CSV; charset=utf-8", content: "a,b\r\n--\r\n1,2\r\n" };

describe("a body as it stands", () => {
  test("is what the operation takes, whatever its type; path and query are the rest of its input", async () => {
    const { post } = await openDoor();
    const bytes = encoder.encode('{"json": "is bytes, too"}');
    const answer = await post("/api/files/a/_receive?note=x&count=7&at=2030-01-01T00:00:00Z", bytes, {
      "content-type": "Application/JSON; charset=utf-8",
      "content-length": String(bytes.length),
    });
    expect(answer.body).toMatchObject({
      id: "a",
      note: "x",
      count: 7,
      at: "2030-01-01T00:00:00.000Z",
      length: bytes.length,
      announced: bytes.length,
      type: "application/json",
      name: null,
      sum: sumOf(bytes),
    });
  });

  test("may be larger than any other body", async () => {
    const { post } = await openDoor();
    const answer = await post("/api/files/a/_receive", new Uint8Array(5 * 1024 * 1024));
    expect(answer.body).toMatchObject({ length: 5 * 1024 * 1024, announced: null, type: null });
  });

  test("must be there", async () => {
    const { post } = await openDoor();
    expect(refused(await post("/api/files/a/_receive", null))).toEqual([400, "validation_failed", "content"]);
    const empty = { "content-length": "0" };
    expect(refused(await post("/api/files/a/_receive", "", empty))).toEqual([400, "validation_failed", "content"]);
    const nothing = chunked(new Uint8Array(), () => 1);
    expect(refused(await post("/api/files/a/_receive", nothing))).toEqual([400, "validation_failed", "content"]);
  });

  test.each([
    ["?content=x", "content"],
    ["?id=b", "id"],
    ["?count=x", "count"],
    ["?nope=1", ""],
    ["?note=a&note=b", "note"],
  ])("with %s is refused", async (query, path) => {
    const { post } = await openDoor();
    expect(refused(await post(`/api/files/a/_receive${query}`, "x"))).toEqual([400, "validation_failed", path]);
  });

  test("that breaks off is the client's fault", async () => {
    const { post, logged } = await openDoor();
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(encoder.encode("abc"));
        controller.error(new Error("gone"));
      },
    });
    expect(refused(await post("/api/files/a/_receive", body))).toEqual([400, "validation_failed", ""]);
    expect(logged).toEqual([]);
  });
});

describe("a request that is refused", () => {
  test.each([
    ["_guarded", null, 401, 0],
    ["_guarded", "nonsense", 401, 0],
    ["_refuse", "ada", 404, 1],
  ] as const)("at %s as %s lets go of its body", async (at, as, status, most) => {
    const { post } = await openDoor();
    let sent = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          sent++;
          controller.enqueue(new Uint8Array(1000));
        },
        cancel: () => resolve(),
      },
      { highWaterMark: 0 },
    );
    expect((await post(`/api/files/a/${at}`, body, {}, as)).status).toBe(status);
    if (as !== null) await promise; // Without any credential it is not even opened.
    expect(sent).toBeLessThanOrEqual(most + 1);
  });
});

describe("a form", () => {
  const fields: Part[] = [
    { name: "note", content: "x;\r\ny" },
    { name: "count", content: "7" },
    { name: "at", content: "2030-01-01T00:00:00Z" },
  ];

  test("gives its fields as texts, and its file as the bytes", async () => {
    const { postForm } = await openDoor();
    const { body } = await postForm([...fields, file]);
    const length = encoder.encode(file.content).length;
    expect(body).toMatchObject({ id: "a", note: "x;\r\ny", count: 7, at: "2030-01-01T00:00:00.000Z", length });
    expect(body).toMatchObject({ type: "text/csv", name: "ä.csv", sum: sumOf(encoder.encode(file.content)) });
  });

  test("is what the platform itself makes of FormData", async () => {
    const { call } = await openDoor();
    const form = new FormData();
    form.set("note", "x");
    form.set("file", new File(["a,b"], "a.csv", { type: "text/csv" }));
    const { body } = await call("/api/files/a/_receive?count=3", { method: "POST", body: form });
    expect(body).toMatchObject({ note: "x", count: 3, length: 3, type: "text/csv", name: "a.csv" });
  });

  test("is the same however it is cut into chunks", async () => {
    const { post, postForm } = await openDoor();
    const content = encoder.encode(`\r\n--${boundary.slice(0, -1)}\r\n-\r\n--${boundary.slice(0, -2)}\r\n-`);
    const whole = formOf([
      { name: "note", content: "-" },
      { ...file, content },
    ]);
    const { body: expected } = await postForm(whole);
    expect(expected).toMatchObject({ length: content.length, sum: sumOf(content) });
    const type = { "content-type": `multipart/form-data; boundary="${boundary}"` };
    for (let cut = 1; cut < whole.length; cut++) {
      const halves = chunked(whole, (position) => (position === 0 ? cut : whole.length));
      expect((await post("/api/files/a/_receive", halves, type)).body, `cut at ${cut}`).toEqual(expected);
    }
    for (const size of [1, 2, 3, 5, 7]) {
      const pieces = chunked(whole, () => size);
      expect((await post("/api/files/a/_receive", pieces, type)).body, `pieces of ${size}`).toEqual(expected);
    }
  });

  test.each<[string, readonly Part[], readonly unknown[]]>([
    ["without a file", fields, [400, "validation_failed", "file"]],
    ["with nothing in it", [], [400, "validation_failed", "file"]],
    ["with a field behind its file", [file, { name: "note", content: "x" }], [400, "validation_failed", "file"]],
    ["with two files", [file, file], [400, "validation_failed", "file"]],
    ["with another file", [{ ...file, name: "other" }], [400, "validation_failed", "other"]],
    ["with a field twice", [...fields, { name: "note", content: "y" }, file], [400, "validation_failed", "note"]],
    ["with a field that the address gives", [{ name: "id", content: "b" }, file], [400, "validation_failed", "id"]],
    ["with the bytes as a field", [{ name: "content", content: "b" }, file], [400, "validation_failed", "content"]],
    ["with an unknown field", [{ name: "nope", content: "b" }, file], [400, "validation_failed", ""]],
    ["with a prototype", [{ name: "__proto__", content: "b" }, file], [400, "validation_failed", ""]],
    ["with a null byte", [{ name: "note", content: "\0" }, file], [400, "validation_failed", "note"]],
    ["with a null byte in the file's name", [{ ...file, filename: "a\0" }], [400, "validation_failed", ""]],
    [
      "with what is no UTF-8",
      [{ name: "note", content: Uint8Array.of(0xff) }, file],
      [400, "validation_failed", "note"],
    ],
    ["with a large field", [{ name: "note", content: "x".repeat(65_537) }, file], [413, "too_large", undefined]],
    [
      "with many parts",
      Array.from({ length: 5000 }, () => ({ name: "n", content: "" })),
      [413, "too_large", undefined],
    ],
    ["with a large head", [{ ...file, filename: "x".repeat(100_000) }], [400, "validation_failed", ""]],
  ])("%s is refused", async (_, parts, expected) => {
    const { postForm, logged } = await openDoor();
    // Whatever is found first among many equal names.
    const unlike = parts.map((part, index) => (parts.length > 1000 ? { ...part, name: `n${index}` } : part));
    expect(refused(await postForm(unlike))).toEqual(expected);
    expect(logged).toEqual([]);
  });

  test.each([
    ["that ends within its file", formOf([file], ""), ""],
    ["that ends within a field", formOf([...fields], "").slice(0, -3), ""],
    [
      "whose file's name is badly encoded",
      encoder.encode(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename*=UTF-8''%ff\r\n\r\nx\r\n--${boundary}--`,
      ),
      "",
    ],
    ["that is none", encoder.encode("a,b\r\n1,2\r\n"), ""],
  ])("%s is refused", async (_, body, path) => {
    const { postForm, logged } = await openDoor();
    expect(refused(await postForm(body))).toEqual([400, "validation_failed", path]);
    expect(logged).toEqual([]);
  });

  test("is not over where its file is: what comes later is refused, too", async () => {
    const { post } = await openDoor();
    const type = { "content-type": `multipart/form-data; boundary=${boundary}` };
    const inPieces = (parts: readonly Part[], end?: string) => chunked(formOf(parts, end), () => 7);
    const more = inPieces([file, { name: "note", content: "x" }]);
    expect(refused(await post("/api/files/a/_receive", more, type))).toEqual([400, "validation_failed", "file"]);
    const openEnd = inPieces([file], `--${boundary}`);
    expect(refused(await post("/api/files/a/_receive", openEnd, type))).toEqual([400, "validation_failed", ""]);
  });

  test("with much before its file is refused before all of it is read", async () => {
    const { post } = await openDoor();
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent++;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const type = { "content-type": `multipart/form-data; boundary=${boundary}` };
    expect(refused(await post("/api/files/a/_receive", endless, type))).toEqual([413, "too_large", undefined]);
    expect(sent).toBeLessThan(100);
  });

  test("may take a minute until its file begins, and its file may take longer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { post } = await openDoor();
    const type = { "content-type": `multipart/form-data; boundary=${boundary}` };
    const [start, end] = [formOf([file], "").slice(0, -5), formOf([file]).slice(formOf([file], "").length - 5)];
    const sendSlowly = (first: Uint8Array) => {
      const { promise, resolve } = Promise.withResolvers<ReadableStreamDefaultController<Uint8Array>>();
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          controller.enqueue(first);
          resolve(controller);
        },
      });
      return { answer: post("/api/files/a/_receive", body, type), controller: promise };
    };
    const never = sendSlowly(start.slice(0, 30));
    const late = sendSlowly(start);
    await vi.advanceTimersByTimeAsync(61_000);
    const { status, body } = await never.answer;
    expect([status, body.details?.[0]?.message]).toEqual([400, "The body took longer than 60 seconds to come"]);
    const controller = await late.controller;
    controller.enqueue(end);
    controller.close();
    expect((await late.answer).body).toMatchObject({ sum: sumOf(encoder.encode(file.content)) });
  });

  test("must name its boundary", async () => {
    const { post } = await openDoor();
    const type = { "content-type": "multipart/form-data" };
    expect(refused(await post("/api/files/a/_receive", formOf([file]), type))).toEqual([400, "validation_failed", ""]);
  });
});

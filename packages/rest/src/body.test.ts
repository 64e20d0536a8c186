import { StewardError } from "@steward/core";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { isJson, parseObject, readAtMost } from "./body.ts";

const tooLarge = () => new StewardError("too_large");
const post = (body: BodyInit | ReadableStream, headers: Record<string, string> = {}) =>
  new Request("https://steward.test/", { method: "POST", body, headers, duplex: "half" } as RequestInit);

/** Sends kilobytes for as long as somebody takes them. */
function endless() {
  let sent = 0;
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1024;
      controller.enqueue(new Uint8Array(1024));
    },
    cancel() {
      cancelled = true;
    },
  });
  return { stream, sent: () => sent, cancelled: () => cancelled };
}

describe("readAtMost", () => {
  it("reads up to the limit, streamed or announced", async () => {
    expect((await readAtMost(post("abc"), 3, tooLarge)).length).toBe(3);
    expect((await readAtMost(post("abc", { "content-length": "3" }), 3, tooLarge)).length).toBe(3);
    expect((await readAtMost(new Request("https://steward.test/"), 0, tooLarge)).length).toBe(0);
  });

  it("refuses at once what is announced as longer", async () => {
    const { stream, sent } = endless();
    await expect(readAtMost(post(stream, { "content-length": "99999" }), 10, tooLarge)).rejects.toMatchObject({
      code: "too_large",
    });
    expect(sent()).toBeLessThan(3000);
  });

  it("stops reading a stream that turns out longer", async () => {
    const { stream, sent, cancelled } = endless();
    await expect(readAtMost(post(stream), 4096, tooLarge)).rejects.toMatchObject({ code: "too_large" });
    expect(sent()).toBeLessThan(10_000);
    expect(cancelled()).toBe(true);
  });

  it.each([
    ["announced", { "content-length": "3" }],
    ["streamed", {}],
  ])("waits a minute for a body that is %s, and no longer", async (_, headers) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const stalled = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(Uint8Array.of(97)) });
    const refused = expect(readAtMost(post(stalled, headers), 3, tooLarge)).rejects.toMatchObject({
      code: "validation_failed",
      details: [{ path: "", message: "The body took longer than 60 seconds to come" }],
    });
    await vi.advanceTimersByTimeAsync(59_000);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1000);
    await refused;
    await readAtMost(post("abc"), 3, tooLarge);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not believe a length that is too small", async () => {
    await expect(readAtMost(post("abcdef", { "content-length": "2" }), 3, tooLarge)).rejects.toMatchObject({
      code: "too_large",
    });
  });
});

describe("isJson", () => {
  it.each([
    "application/json",
    "Application/JSON; charset=UTF-8",
    "application/merge-patch+json",
    'application/json;charset="utf-8"',
  ])("%s", (type) => expect(isJson(type)).toBe(true));
  it.each([
    null,
    "",
    "text/json",
    "application/jsonx",
    "text/plain",
    "application/json; charset=latin1",
    "multipart/form-data",
  ])("not %s", (type) => expect(isJson(type)).toBe(false));
});

describe("parseObject", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  it("reads an object, with or without a byte order mark", () => {
    expect(parseObject(bytes('{"a":1}'))).toEqual({ a: 1 });
    expect(parseObject(bytes('\ufeff{"a":1}'))).toEqual({ a: 1 });
    expect(parseObject(bytes(""))).toEqual({});
  });
  it.each(["[]", "null", '"a"', "1", "{", "{'a':1}", " "])("refuses %s", (text) => {
    expect(() => parseObject(bytes(text))).toThrow(expect.objectContaining({ code: "validation_failed" }));
  });
  it("refuses bytes that are no UTF-8", () => {
    expect(() => parseObject(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d))).toThrow(
      expect.objectContaining({ code: "validation_failed" }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { registry } from "./testing/registry.ts";
import { openWorld } from "./testing/world.ts";

const open = () => openWorld({ registry, bodyLimit: 1000 });
const invalid = (path: string) => ({ status: 400, body: { code: "validation_failed", details: [{ path }] } });
const moment = "2030-01-02T03:04:05.006Z";

describe("paths", () => {
  it.each([
    ["a:b", "a:b"],
    ["a%3Ab", "a:b"],
    ["a%2Fb", "a/b"],
    ["%E6%97%A5", "日"],
    ["100%25", "100%"],
    ["%2541", "%41"],
    ["a+b", "a+b"],
  ])("reads %s as %s", async (raw, id) => {
    const { call } = await open();
    expect(await call(`/api/things/${raw}`)).toMatchObject({ status: 200, body: { id } });
  });

  it.each(["a%", "%zz", "%E6%97", "%FF"])("refuses %s", async (raw) => {
    const { call } = await open();
    expect(await call(`/api/things/${raw}/part`)).toMatchObject(invalid("id"));
  });

  it("prefers a literal to a parameter", async () => {
    const { send } = await open();
    expect(await send("POST", "/api/things/_import", {})).toMatchObject({ status: 200, body: { done: true } });
  });

  it("lets the path win over the body", async () => {
    const { send } = await open();
    expect(await send("PUT", "/api/things/one", { id: "two", text: "x" })).toMatchObject({
      body: { id: "one", got: { text: "x" } },
    });
  });

  it("serves aliases", async () => {
    const { send } = await open();
    expect(await send("POST", "/api/enter", { name: "ada" })).toMatchObject({ status: 200, body: { sid: "s-ada" } });
  });
});

describe("queries", () => {
  it("become what the schema says", async () => {
    const { call } = await open();
    const { body } = await call(`/api/things/a?whole=5&flag=true&at=${encodeURIComponent(moment)}`);
    expect(body.got).toEqual({ whole: 5, flag: true, at: moment });
  });

  it.each([
    ["whole=x", "whole"],
    ["whole=", "whole"],
    ["flag=yes", "flag"],
    ["at=yesterday", "at"],
    ["at=2030-02-30T00:00:00Z", "at"],
    ["whole=1&whole=1", "whole"],
    ["id=b", "id"],
  ])("%s is refused under its name", async (query, path) => {
    const { call } = await open();
    expect(await call(`/api/things/a?${query}`)).toMatchObject(invalid(path));
  });

  it.each(["nope=1", "__proto__=1", "constructor=1", "=1", "whole=%zz", "whole=%FF"])(
    "%s is refused",
    async (query) => {
      const { call } = await open();
      expect(await call(`/api/things/a?${query}`)).toMatchObject({ status: 400, body: { code: "validation_failed" } });
    },
  );

  it("are not taken where a body is", async () => {
    const { send } = await open();
    expect(await send("POST", "/api/things?text=x", { name: "a" })).toMatchObject(invalid("text"));
  });
});

describe("bodies", () => {
  it("carry moments, nested too", async () => {
    const { send } = await open();
    const { body } = await send("POST", "/api/things", { name: "a", at: moment, list: [{ at: moment }] });
    expect(body).toMatchObject({ at: moment, got: { at: moment, list: [{ at: moment }] } });
    expect(await send("POST", "/api/things", { name: "a", list: [{ at: "no" }] })).toMatchObject(invalid("list.0.at"));
    expect(await send("POST", "/api/things", { name: "a", at: 5 })).toMatchObject(invalid("at"));
    expect(await send("POST", "/api/things", { name: "a", at: null })).toMatchObject({ status: 201 });
  });

  it("may be left out where nothing is needed, without a type", async () => {
    const { call } = await open();
    expect(await call("/api/things/a", { method: "PUT" })).toMatchObject({ status: 200 });
    expect(await call("/api/things", { method: "POST" })).toMatchObject(invalid("name"));
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1"])(
    "refuses %s",
    async (type) => {
      const { send } = await open();
      const answer = await send("POST", "/api/things", { name: "a" }, { headers: { "content-type": type } });
      expect(answer).toMatchObject({
        status: 415,
        body: { code: "unsupported_media_type", error: "Unsupported Media Type" },
      });
    },
  );

  it("accepts other JSON", async () => {
    const { send } = await open();
    const headers = { "content-type": "application/hal+json; charset=utf-8" };
    expect((await send("POST", "/api/things", { name: "a" }, { headers })).status).toBe(201);
  });

  it.each(["{", "[]", "null", '"x"', "{'name':'a'}"])("refuses %s", async (text) => {
    const { send } = await open();
    expect(await send("POST", "/api/things", text)).toMatchObject(invalid(""));
  });

  it.each([
    '{"name":"a","__proto__":{"flag":true}}',
    '{"name":"a","nope":1}',
    '{"name":"a","list":[{"__proto__":{}}]}',
  ])("refuses %s", async (text) => {
    const { send } = await open();
    expect(await send("POST", "/api/things", text)).toMatchObject({ status: 400, body: { code: "validation_failed" } });
  });

  it("are limited, announced or streamed", async () => {
    const { call, send } = await open();
    const tooLarge = { status: 413, body: { code: "too_large", error: "Content Too Large" } };
    const large = JSON.stringify({ name: "a".repeat(1000) });
    expect(await send("POST", "/api/things", large)).toMatchObject(tooLarge);
    expect(
      await send("POST", "/api/things", large, { headers: { "content-length": String(large.length) } }),
    ).toMatchObject(tooLarge);
    expect(
      await call("/api/things", {
        method: "POST",
        body: large,
        headers: { "content-type": "text/plain", "content-length": "1025" },
      }),
    ).toMatchObject(tooLarge);
  });
});

describe("order of checks", () => {
  it.each([
    ["malformed", "{", {}],
    ["too large", " ".repeat(2000), {}],
    ["of another type", "x", { "content-type": "text/plain" }],
    ["unknown in its keys", '{"x":1}', {}],
  ])("nobody with a body that is %s is 401", async (_, body, headers) => {
    const { send } = await open();
    const answer = await send("POST", "/api/guarded", body, { as: null, headers });
    expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  it("a bad credential comes behind the input", async () => {
    const { send } = await open();
    expect((await send("POST", "/api/guarded", "{", { as: "nonsense" })).status).toBe(400);
    expect((await send("POST", "/api/guarded", {}, { as: "nonsense" })).status).toBe(401);
    expect((await send("POST", "/api/guarded", {}, { as: "stranger" })).status).toBe(401);
    expect((await send("POST", "/api/guarded", {})).status).toBe(200);
  });
});

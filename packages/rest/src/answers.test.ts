import { describe, expect, it } from "vitest";
import { registry } from "./testing/registry.ts";
import { openWorld } from "./testing/world.ts";

const open = () =>
  openWorld({
    registry,
    cookie: (kind, output, request) =>
      `sid=${kind}; for=${JSON.stringify(output) ?? ""}; at=${new URL(request.url).host}`,
  });

describe("statuses", () => {
  it("201 with Location for what is made", async () => {
    const { send } = await open();
    const answer = await send("POST", "/api/things", { name: "a b" });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("location")).toBe("/api/things/a%20b");
    expect(answer.body._links.self.href).toBe("/api/things/a%20b");
  });

  it("200 for actions, which show their object where it stands", async () => {
    const { call } = await open();
    const answer = await call("/api/things/one/_copy", { method: "POST" });
    expect(answer).toMatchObject({ status: 200, body: { id: "copy", _links: { self: { href: "/api/things/copy" } } } });
    expect(answer.headers.get("location")).toBeNull();
  });

  it("204 for nothing", async () => {
    const { call } = await open();
    expect(await call("/api/things/a", { method: "DELETE" })).toMatchObject({ status: 204, text: "" });
  });

  it("201 for a PUT that made something, 200 for one that replaced", async () => {
    const { send } = await open();
    const made = await send("PUT", "/api/things/a/part", { fresh: true });
    expect([made.status, made.headers.get("location")]).toEqual([201, "/api/things/a/part"]);
    expect((await send("PUT", "/api/things/a/part", { fresh: false })).status).toBe(200);
  });

  it("the operation's own, and its cookie", async () => {
    const { call, send } = await open();
    const signedIn = await send("POST", "/api/sign/in", { name: "ada" });
    expect(signedIn.status).toBe(200);
    expect(signedIn.headers.get("set-cookie")).toBe('sid=set; for={"sid":"s-ada"}; at=steward.test');
    const out = await call("/api/sign/out", { method: "POST" });
    expect([out.status, out.headers.get("set-cookie")]).toEqual([204, "sid=clear; for=; at=steward.test"]);
  });
});

describe("methods", () => {
  it("HEAD is GET without its body", async () => {
    const { call } = await open();
    const [head, get] = [await call("/api/things/a", { method: "HEAD" }), await call("/api/things/a")];
    expect([head.status, head.text, head.headers.get("etag")]).toEqual([200, "", get.headers.get("etag")]);
  });

  it("OPTIONS tells what there is", async () => {
    const { call } = await open();
    const answer = await call("/api/things/a", { method: "OPTIONS", as: null });
    expect([answer.status, answer.headers.get("allow")]).toEqual([204, "GET, PUT, DELETE, HEAD, OPTIONS"]);
  });

  it.each(["PATCH", "POST"])("%s is refused with what there is", async (method) => {
    const { call } = await open();
    const answer = await call("/api/things/a", { method });
    expect(answer).toMatchObject({ status: 405, body: { code: "method_not_allowed", error: "Method Not Allowed" } });
    expect(answer.headers.get("allow")).toBe("GET, PUT, DELETE, HEAD, OPTIONS");
  });

  it("knows no other addresses", async () => {
    const { call } = await open();
    const body = {
      statusCode: 404,
      error: "Not Found",
      message: "There is no such thing, or it is not yours to see",
      code: "not_found",
      requestId: "r-1",
    };
    for (const path of ["/api/nothing", "/api/things/a/b/c", "/api//things", "/api/things//"]) {
      expect(await call(path)).toMatchObject({ status: 404, body });
    }
    expect((await call("/api/things/")).status).toBe(200); // A slash behind it is no other address.
  });
});

describe("errors", () => {
  it("tell nothing of what broke, and log neither input nor parameters", async () => {
    const { send, logged } = await open();
    const answer = await send("POST", "/api/breaks", { secret: "hunter2" });
    expect(answer).toMatchObject({ status: 500, body: { code: "internal", requestId: "r-1" } });
    expect(logged).toMatchObject([
      { fields: { requestId: "r-1", operation: "breaks.internally", cause: { name: "Error" } } },
    ]);
    expect(JSON.stringify(logged) + answer.text).not.toContain("hunter2");
    expect(JSON.stringify(logged)).toContain("registry.ts");
  });

  it("log where an answer does not fit", async () => {
    const { call, logged } = await open();
    expect((await call("/api/breaks")).status).toBe(500);
    expect(logged).toMatchObject([{ fields: { cause: { issues: [{ code: "too_big", path: ["number"] }] } } }]);
  });

  it("say when to come back", async () => {
    const { call } = await open();
    const answer = await call("/api/slows", { method: "POST" });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "13"]);
  });
});

describe("media types", () => {
  it.each([
    [undefined, "application/json"],
    ["*/*", "application/json"],
    ["application/hal+json", "application/hal+json"],
    ["application/json;q=0.5, application/hal+json", "application/hal+json"],
    ["application/json, application/hal+json;q=0.9", "application/json"],
    ["application/hal+json;q=0, */*", "application/json"],
    ["application/hal+json, */*;q=0.1", "application/hal+json"],
    ["text/html", "application/json"],
  ])("%s gives %s", async (accept, type) => {
    const { call } = await open();
    const { headers } = await call("/api/things/a", { headers: accept === undefined ? {} : { accept } });
    expect([headers.get("content-type"), headers.get("vary")]).toEqual([type, "accept"]);
  });
});

describe("entity tags", () => {
  it("begin with the version, change with the content and answer 304", async () => {
    const { call } = await open();
    const [one, other] = [await call("/api/things/a"), await call("/api/things/a?whole=1")];
    const tag = one.headers.get("etag") ?? "";
    expect(tag).toMatch(/^"3-[0-9a-z]+"$/);
    expect(other.headers.get("etag")).not.toBe(tag);
    for (const known of [tag, `W/${tag}`, `"x", ${tag}`, "*"]) {
      const again = await call("/api/things/a", { headers: { "if-none-match": known } });
      expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", tag]);
    }
    expect((await call("/api/things/a", { headers: { "if-none-match": '"3-x"' } })).status).toBe(200);
    expect((await call("/api/things")).headers.get("etag")).toMatch(/^"0-/);
    expect((await call("/api/things/a", { method: "PUT", headers: { "if-none-match": "*" } })).status).toBe(200);
  });

  it("become the expected version of a change", async () => {
    const { send } = await open();
    const put = (tag: string, body: object = {}) =>
      send("PUT", "/api/things/a", body, { headers: { "if-match": tag } });
    expect((await put('"3-abc"')).body.got).toEqual({ expectedVersion: 3 });
    expect((await put("*")).body.got).toEqual({});
    expect((await put("*", { expectedVersion: 9 })).body.got).toEqual({ expectedVersion: 9 });
    expect((await put('"3-abc"', { expectedVersion: 3 })).body.got).toEqual({ expectedVersion: 3 });
    expect(await put('"3-abc"', { expectedVersion: 4 })).toMatchObject({
      status: 400,
      body: { details: [{ path: "expectedVersion" }] },
    });
    // No row has version 0: the core answers 412, where that belongs.
    expect((await put('W/"3-abc"')).body.got).toEqual({ expectedVersion: 3 });
    for (const tag of ["3", '"abc"']) expect((await put(tag)).body.got).toEqual({ expectedVersion: 0 });
  });
});

describe("collections", () => {
  it("are pages with links that lead through all of it", async () => {
    const { call } = await open();
    const { body } = await call("/api/things?q=x%20y");
    expect(Object.keys(body)).toEqual(["_links", "_embedded", "start", "count", "total", "totalIsExact"]);
    expect(body._links).toMatchObject({
      self: { href: "/api/things?q=x%20y" },
      next: { href: "/api/things?q=x+y&start=2&limit=2&cursor=c2" },
      curies: [{ name: "inf", href: "/docs/relations/{rel}", templated: true }],
    });
    expect(body._links.prev).toBeUndefined();
    expect(body._embedded["inf:thing"]).toMatchObject([
      {
        id: "t0",
        at: "2030-01-02T03:04:05.006Z",
        _links: { self: { href: "/api/things/t0" }, "inf:part": { href: "/api/things/ada:t0/part" } },
      },
      { id: "t1" },
    ]);
    const seen: string[] = [];
    for (let href: string | undefined = "/api/things?limit=2"; href; ) {
      const { status, body: page } = await call(href);
      expect(status).toBe(200);
      seen.push(...page._embedded["inf:thing"].map(({ id }: { id: string }) => id));
      href = page._links.next?.href;
    }
    expect(seen).toEqual(["t0", "t1", "t2", "t3", "t4"]);
  });

  it("lead back", async () => {
    const { call } = await open();
    expect((await call("/api/things?start=3&limit=2")).body._links.prev.href).toBe("/api/things?start=1&limit=2");
    expect((await call("/api/things?start=1&limit=2&cursor=c1")).body._links.prev.href).toBe(
      "/api/things?start=0&limit=2",
    );
  });

  it("may be bare, with the next in a header", async () => {
    const { call } = await open();
    const first = await call("/api/things-list?q=x");
    expect(first.body.map(({ id }: { id: string }) => id)).toEqual(["t0", "t1"]);
    expect(first.headers.get("link")).toBe('</api/things-list?q=x&cursor=c2>; rel="next"');
    expect((await call("/api/things-list?cursor=c4")).headers.get("link")).toBeNull();
  });
});

describe("links", () => {
  it("lead to what lies beneath, by the natural id, and to itself by the id", async () => {
    const { call } = await open();
    expect((await call("/api/things/a")).body._links).toEqual({
      self: { href: "/api/things/a" },
      "inf:copy": { href: "/api/things/ada:a/_copy" },
      "inf:part": { href: "/api/things/ada:a/part" },
      curies: [{ name: "inf", href: "/docs/relations/{rel}", templated: true }],
    });
    expect((await call("/api/things/x%3Ay/part")).body._links.self.href).toBe("/api/things/x:y/part");
  });

  it("of the root are what this caller may open, and the documentation", async () => {
    const { call } = await open();
    const { _links: links } = (await call("/api")).body;
    expect(links).toMatchObject({
      self: { href: "/api" },
      "inf:things": { href: "/api/things{?start,limit,cursor,q}", templated: true },
      "inf:things-list": { href: "/api/things-list" },
      "inf:guarded": { href: "/api/guarded" },
      "service-doc": { href: "/docs" },
      "service-desc": { href: "/api/openapi.json" },
    });
    expect((await call("/api", { as: null })).body._links["inf:guarded"]).toBeUndefined();
    expect((await call("/api", { as: "stranger" })).status).toBe(401);
  });
});

describe("the registry", () => {
  it("may not hold two operations at one address", async () => {
    const { get } = registry.things ?? {};
    if (!get) throw new Error("no such operation");
    await expect(openWorld({ registry: { one: { get }, other: { get: { ...get } } } })).rejects.toThrow(
      "GET /things/{id}",
    );
  });
});

describe("the document", () => {
  it("is printed from the registry, once", async () => {
    const { call } = await open();
    const [first, second] = [
      await call("/api/openapi.json", { as: null }),
      await call("/api/openapi.json", { as: null }),
    ];
    expect(first).toMatchObject({ status: 200, body: { openapi: "3.1.0", servers: [{ url: "/api" }] } });
    expect(second.body).toEqual(first.body);
    expect((await call("/api/openapi.json", { method: "POST" })).status).toBe(405);
  });
});

import { describe, expect, it } from "vitest";
import { openWorld, password } from "./testing/world.ts";

const login = { username: "ada", password };

describe("signing in", () => {
  it("sets a cookie that counts, and signing out clears it", async () => {
    const { call, post } = await openWorld();
    const answer = await post("/api/login/local", login);
    expect(answer.status).toBe(200);
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^sid=[a-z2-7]{40}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax; Secure$/);
    const sid = cookie.split(";")[0] ?? "";
    expect((await answer.json()).sid).toBe(sid.slice(4));
    expect((await call("/api/me", { headers: { cookie: sid } })).status).toBe(200);
    const out = await post("/api/logout", {}, { cookie: sid });
    expect(out.status).toBe(204);
    expect(out.headers.get("set-cookie")).toMatch(/^sid=; Path=\/; Expires=Thu, 01 Jan 1970/);
    expect((await call("/api/me", { headers: { cookie: sid } })).status).toBe(401);
  });

  it.each(["http://localhost:3000", "http://127.0.0.1", "http://[::1]:8080"])(
    "leaves Secure out on %s alone",
    async (origin) => {
      const { post } = await openWorld();
      expect((await post("/api/auth/login", login, {}, origin)).headers.get("set-cookie")).not.toContain("Secure");
      expect((await post("/api/auth/login", login, {}, "http://steward.test")).headers.get("set-cookie")).toContain(
        "Secure",
      );
    },
  );
});

describe("foreign origins", () => {
  const refused = { statusCode: 403, error: "Forbidden", code: "foreign_origin" };

  it("cannot change anything with a cookie", async () => {
    const { call, post } = await openWorld();
    const cookie = (await post("/api/login/local", login)).headers.get("set-cookie")?.split(";")[0] ?? "";
    const foreign = await post("/api/assistants", { name: "x" }, { cookie, origin: "https://evil.test" });
    expect([foreign.status, await foreign.json()]).toEqual([403, expect.objectContaining(refused)]);
    expect((await post("/api/assistants", { name: "x" }, { cookie, "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await post("/trpc/assistants.create", {}, { cookie, origin: "https://evil.test" })).status).toBe(403);
    expect((await post("/api/assistants", { name: "x" }, { cookie, origin: "https://steward.test" })).status).toBe(201);
    expect((await post("/api/assistants", { name: "x" }, { cookie })).status).toBe(201);
    expect((await call("/api/me", { headers: { cookie, origin: "https://evil.test" } })).status).toBe(200);
  });

  it("may use a token, which no browser sends unasked", async () => {
    const { post, bearer } = await openWorld();
    expect((await post("/api/assistants", { name: "x" }, { ...bearer, origin: "https://other.test" })).status).toBe(
      201,
    );
  });

  it("are judged by the configured origin where there is one", async () => {
    const { post } = await openWorld({ origin: "https://public.test" });
    const cookie = (await post("/api/login/local", login)).headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await post("/api/assistants", { name: "x" }, { cookie, origin: "https://steward.test" })).status).toBe(403);
    expect((await post("/api/assistants", { name: "x" }, { cookie, origin: "https://public.test" })).status).toBe(201);
  });
});

describe("every answer", () => {
  it.each(["/api/assistants", "/api/nowhere", "/nowhere", "/healthz", "/docs", "/trpc/session.me", "/"])(
    "of %s is secured",
    async (path) => {
      const { call } = await openWorld();
      const { headers } = await call(path);
      expect(Object.fromEntries(headers)).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "DENY",
        "strict-transport-security": expect.stringContaining("max-age="),
        "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
        "content-security-policy": expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
        "cache-control": expect.any(String),
      });
    },
  );

  it("promises HTTPS only where it is spoken", async () => {
    const { call } = await openWorld();
    expect((await call("/healthz", {}, "http://localhost")).headers.get("strict-transport-security")).toBeNull();
  });

  it("may be revalidated when it was read, and never be stored otherwise", async () => {
    const { call, post, bearer } = await openWorld();
    expect((await call("/api/me", { headers: bearer })).headers.get("cache-control")).toBe("private, no-cache");
    expect((await post("/api/login/local", login)).headers.get("cache-control")).toBe("no-store");
    expect((await call("/api/me")).headers.get("cache-control")).toBe("no-store");
  });

  it("bears the request's own id where that is harmless", async () => {
    const { call } = await openWorld();
    const idOf = async (given: string) => {
      const answer = await call("/api/nowhere", { headers: { "x-request-id": given } });
      const { requestId } = await answer.json();
      expect(answer.headers.get("x-request-id")).toBe(requestId);
      return requestId;
    };
    expect(await idOf("Trace_1.a-b")).toBe("Trace_1.a-b");
    for (const given of ["a b", "<script>", "a".repeat(101), "é"]) expect(await idOf(given)).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("other addresses", () => {
  it.each(["/", "/nowhere", "/apis", "/constructor", "/docs/nowhere", "/api/nowhere"])(
    "%s is 404 in the error shape",
    async (path) => {
      const { call } = await openWorld();
      const answer = await call(path);
      expect([answer.status, await answer.json()]).toEqual([
        404,
        expect.objectContaining({ statusCode: 404, error: "Not Found", code: "not_found" }),
      ]);
    },
  );
});

describe("health", () => {
  it("lives without asking the database", async () => {
    const { call, executor } = await openWorld();
    executor.close();
    expect((await call("/healthz")).status).toBe(200);
  });

  it("is ready while the database answers", async () => {
    const { call, services } = await openWorld();
    expect((await call("/readyz")).status).toBe(200);
    expect((await call("/readyz", { method: "POST" })).status).toBe(405);
    const batch = () => Promise.reject(new Error("gone: password=hunter2"));
    const { call: broken, logged } = await openWorld({ services: { ...services, executor: { batch } } });
    expect((await broken("/readyz")).status).toBe(503);
    expect(JSON.stringify(logged)).not.toContain("hunter2");
  });
});

describe("the log", () => {
  it("has one line for each request, without secrets", async () => {
    const { call, post, logged, token, bearer } = await openWorld();
    await call("/api/assistants/ada:secret-name?total=exact", { headers: { ...bearer, "x-request-id": "r-7" } });
    await post("/api/login/local", login);
    await call("/api/me", { headers: bearer });
    await call("/trpc/session.me,session.list?batch=1", { headers: bearer });
    await call("/trpc/session.me");
    const lines = logged.filter(({ message }) => message === "request");
    expect(lines).toHaveLength(5);
    expect(lines[0]?.fields).toMatchObject({
      method: "GET",
      route: "/api/assistants/{id}",
      status: 400,
      requestId: "r-7",
      ms: expect.any(Number),
    });
    expect(lines[2]?.fields).toMatchObject({ route: "/api/me", status: 200, userId: "u-ada" });
    expect(lines[3]?.fields).toMatchObject({ route: "/trpc/session.me,session.list", status: 200, userId: "u-ada" });
    expect(lines[4]?.fields).not.toHaveProperty("userId");
    const text = JSON.stringify(lines);
    for (const secret of [token.value, password, "total=exact", "secret-name"]) expect(text).not.toContain(secret);
  });
});

describe("tRPC", () => {
  it("speaks to the same core", async () => {
    const { call, bearer } = await openWorld();
    expect((await call("/trpc/session.me", { headers: bearer })).status).toBe(200);
    expect((await call("/trpc/session.me")).status).toBe(401);
  });

  it("takes no larger bodies, announced or streamed", async () => {
    const { call, post, bearer } = await openWorld({ bodyLimit: 1000 });
    expect((await post("/trpc/assistants.create", { name: "a".repeat(1000) }, bearer)).status).toBe(413);
    const announced = { ...bearer, "content-type": "application/json", "content-length": "5000" };
    expect((await call("/trpc/assistants.create", { method: "POST", body: "{}", headers: announced })).status).toBe(
      413,
    );
  });
});

describe("what is left for later", () => {
  it("runs after the answer, and a shutdown waits for it", async () => {
    const { services } = await openWorld();
    const order: string[] = [];
    const waited: Promise<unknown>[] = [];
    const { app, bearer, executor } = await openWorld();
    // A session past half of its life is renewed behind the answer.
    const { sid, hash, userId } = await services.sessions.issue("u-ada", 30);
    const soon = Date.now() + 24 * 60 * 60 * 1000;
    const args = ["s-1", hash, userId, soon];
    await executor.batch(
      [{ sql: "insert into sessions (id, hash, user_id, expires_at, created_at) values (?, ?, ?, ?, 1)", args }],
      "write",
    );
    const request = new Request("https://steward.test/api/me", { headers: { cookie: `sid=${sid}` } });
    const answer = await app.fetch(request, undefined, { waitUntil: (promise) => void waited.push(promise) });
    expect(answer.status).toBe(200);
    const expiry = async () =>
      (await executor.batch([{ sql: "select expires_at from sessions", args: [] }], "read"))[0]?.rows[0]?.[0];
    expect(await expiry()).toBe(soon);
    await app.drain();
    order.push("drained");
    expect(waited).toHaveLength(1);
    expect(await expiry()).toBeGreaterThan(soon);
    expect((await app.fetch(new Request("https://steward.test/api/me", { headers: bearer }))).status).toBe(200);
    expect(order).toEqual(["drained"]);
  });
});

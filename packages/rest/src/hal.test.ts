import { describe, expect, it } from "vitest";
import { openWorld } from "./testing/world.ts";

const assistants = "/api/assistants";

async function openShop() {
  const world = await openWorld();
  const { body } = await world.send("POST", assistants, { name: "Sales" });
  const share = (username: string, accessLevel: number) =>
    world.send("PUT", `${assistants}/ada:sales/shares/${username}`, { accessLevel });
  return { ...world, id: body.id as string, share };
}

describe("assistants over REST", () => {
  it("are made with their address", async () => {
    const { send } = await openWorld();
    const { status, headers, body } = await send("POST", assistants, { name: "Sales" });
    expect([status, headers.get("location")]).toEqual([201, `${assistants}/${body.id}`]);
    expect(headers.get("etag")).toMatch(/^"1-/);
    expect(body).toMatchObject({
      naturalId: "ada:sales",
      createdAt: "2030-01-01T00:00:00.000Z",
      _links: { self: { href: `${assistants}/${body.id}` } },
    });
  });

  it("are the same by either id", async () => {
    const { call, id } = await openShop();
    const texts = await Promise.all(
      [id, "ada:sales", "ada%3Asales", "user:ada:sales"].map((name) => call(`${assistants}/${name}`)),
    );
    expect(new Set(texts.map(({ text }) => text)).size).toBe(1);
    expect(new Set(texts.map(({ headers }) => headers.get("etag"))).size).toBe(1);
  });

  it("link to where this caller may go, by the natural id", async () => {
    const { call, share } = await openShop();
    const { _links: links } = (await call(`${assistants}/ada:sales`)).body;
    expect(links["inf:shares"]).toEqual({ href: `${assistants}/ada:sales/shares` });
    expect(links["inf:owner"]).toEqual({ href: `${assistants}/ada:sales/owner` });
    expect((await share("ben", 1)).status).toBe(201);
    const seen = (await call(`${assistants}/ada:sales`, { as: "ben" })).body;
    expect(seen.permissions.write).toBe(false);
    expect(Object.values(seen._links).flat()).not.toContainEqual(
      expect.objectContaining({ href: expect.stringContaining("{id}") }),
    );
  });

  it("show each caller another tag when its view differs", async () => {
    const { call, share } = await openShop();
    await share("ben", 1);
    const [ada, ben] = [await call(`${assistants}/ada:sales`), await call(`${assistants}/ada:sales`, { as: "ben" })];
    expect(ada.headers.get("etag")).not.toBe(ben.headers.get("etag"));
  });

  it("answer 304 to the tag that they gave, and to that of a change", async () => {
    const { call, send, id } = await openShop();
    const tag = (await call(`${assistants}/${id}`)).headers.get("etag") ?? "";
    expect((await call(`${assistants}/${id}`, { headers: { "if-none-match": tag } })).status).toBe(304);
    const changed = await send("PUT", `${assistants}/${id}`, { description: "x" }, { headers: { "if-match": tag } });
    expect(changed.status).toBe(200);
    expect((await call(`${assistants}/${id}`, { headers: { "if-none-match": tag } })).status).toBe(200);
    const again = await call(`${assistants}/${id}`, {
      headers: { "if-none-match": changed.headers.get("etag") ?? "" },
    });
    expect(again.status).toBe(304);
  });

  it("refuse what was read too long ago, where the order of checks puts it", async () => {
    const { call, send } = await openShop();
    const old = { headers: { "if-match": '"9-abc"' } };
    expect(await send("PUT", `${assistants}/ada:sales`, {}, old)).toMatchObject({
      status: 412,
      body: { code: "version_mismatch" },
    });
    for (const tag of ["1", '"abc"']) {
      const headers = { "if-match": tag };
      expect((await send("PUT", `${assistants}/ada:sales`, {}, { headers })).status).toBe(412);
      expect((await call(`${assistants}/ada:sales`, { method: "DELETE", headers })).status).toBe(412);
    }
    expect((await send("PUT", `${assistants}/ada:sales`, {}, { ...old, as: "ben" })).status).toBe(404);
    expect((await send("PUT", `${assistants}/ada:sales`, {}, { ...old, as: null })).status).toBe(401);
    expect((await call(`${assistants}/ada:sales`, { method: "DELETE", headers: { "if-match": "*" } })).status).toBe(
      204,
    );
  });

  it("may be put back as they were read", async () => {
    const { call, send } = await openShop();
    const { body } = await call(`${assistants}/ada:sales`);
    expect(await send("PUT", `${assistants}/ada:sales`, { ...body, name: "Other" })).toMatchObject({
      status: 200,
      body: { name: "Other" },
    });
  });

  it("that one may not see answer as if they were not there", async () => {
    const { call } = await openShop();
    const [hidden, missing] = [
      await call(`${assistants}/ada:sales`, { as: "ben" }),
      await call("/api/nowhere", { as: "ben" }),
    ];
    expect(hidden.text).toBe(missing.text);
    expect(hidden.status).toBe(404);
  });
});

describe("the list", () => {
  it("pages by link, by the keyset and by start alike", async () => {
    const { call, send } = await openWorld();
    for (const name of ["a", "b", "c", "d", "e"]) await send("POST", assistants, { name });
    const first = (await call(`${assistants}?limit=2&sort=-name`)).body;
    expect(first).toMatchObject({ start: 0, count: 2, total: 5, totalIsExact: true, permissions: { create: true } });
    const next = new URL(first._links.next.href, "https://steward.test");
    expect(Object.fromEntries(next.searchParams)).toMatchObject({ limit: "2", start: "2", sort: "-name" });
    const byLink = (await call(next.pathname + next.search)).body;
    next.searchParams.delete("cursor");
    const byStart = (await call(next.pathname + next.search)).body;
    const names = (page: typeof first) => page._embedded["inf:assistant"].map(({ name }: { name: string }) => name);
    expect([names(first), names(byLink), names(byStart)]).toEqual([
      ["e", "d"],
      ["c", "b"],
      ["c", "b"],
    ]);
    expect(byLink._links.prev.href).toBe(`${assistants}?sort=-name&start=0&limit=2`);
    expect((await call(`${assistants}?cursor=nonsense`)).status).toBe(400);
  });

  it("is an array as its twin", async () => {
    const { call } = await openShop();
    expect((await call("/api/assistants-list")).body).toMatchObject([
      { naturalId: "ada:sales", sharing: [], favorite: false },
    ]);
  });
});

describe("the root", () => {
  it("leads each caller to what is open to it", async () => {
    const { call } = await openWorld();
    const of = async (as: string | null) => Object.keys((await call("/api", { as })).body._links);
    expect(await of("ada")).toContain("inf:assistants");
    expect(await of(null)).not.toContain("inf:assistants");
    expect(await of(null)).toEqual(
      expect.arrayContaining(["self", "inf:login", "service-doc", "service-desc", "curies"]),
    );
    expect(await of("root")).toContain("inf:users");
    expect(await of("ben")).not.toContain("inf:users");
  });

  it("does not lead to AI where the seat is missing", async () => {
    const { call, sql } = await openWorld();
    await sql("delete from seats where user_id = 'u-ben'");
    const links = Object.keys((await call("/api", { as: "ben" })).body._links);
    expect(links).not.toContain("inf:assistants");
    expect(links).toContain("inf:me");
  });
});

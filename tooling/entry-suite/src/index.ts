import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type SeededDatabase, seededDatabase } from "./database.ts";

/** The product behind an entry, as the platform serves it. */
export interface OpenedEntry {
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export interface EntrySuite {
  readonly name: string;
  /** The header in which the platform tells the client's address. */
  readonly addressHeader: string;
  /** Whether documents are read where requests are answered. */
  readonly readsDocuments: boolean;
  open(variables: Readonly<Record<string, string>>): Promise<OpenedEntry>;
}

const json = { "content-type": "application/json" };
const files = "/api/assistants/analytics:sales-assistant/files";

/** One page, and one sentence. */
const pdf = `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length 75>> stream
BT /F 12 Tf 20 100 Td (Parcels are taken back within thirty days.) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
%%EOF
`;

/** What every entry to a database over HTTP must do: both doors, signing in, and a word about wrong variables. */
export function specifyEntry({ name, addressHeader, readsDocuments, open }: EntrySuite): void {
  let database: SeededDatabase;
  let entry: OpenedEntry;
  let cookie: string;

  const signIn = (password: string) =>
    entry.fetch("/api/login/local", {
      method: "POST",
      headers: { ...json, [addressHeader]: "203.0.113.7" },
      body: JSON.stringify({ username: "admin", password }),
    });
  const ask = async (path: string, init: RequestInit = {}) => {
    const before = database.server.requests();
    const response = await entry.fetch(path, { ...init, headers: { cookie, ...init.headers } });
    const text = await response.text();
    const body = text === "" ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, body, trips: database.server.requests() - before };
  };
  const send = (method: string, body: object, headers: Record<string, string> = {}) => ({
    method,
    headers: { ...json, ...headers },
    body: JSON.stringify(body),
  });

  beforeAll(async () => {
    database = await seededDatabase();
    entry = await open(database.variables);
  }, 60_000);
  afterAll(async () => {
    await entry?.close();
    await database?.close();
  });

  describe(name, () => {
    test("lives, and reaches its database", async () => {
      expect((await entry.fetch("/healthz")).status).toBe(200);
      expect((await entry.fetch("/readyz")).status).toBe(200);
    });

    test("signs in with the password alone, and knows the address from the platform", async () => {
      expect((await signIn("a wrong password")).status).toBe(401);
      const response = await signIn(database.adminPassword);
      expect(response.status).toBe(200);
      await response.text();
      cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
      expect(cookie).toMatch(/^sid=[a-z2-7]{40}$/);
      const me = await ask("/api/me");
      expect([me.status, me.trips, me.body.user.username]).toEqual([200, 1, "admin"]);
      const sessions = await ask("/api/sessions");
      expect(sessions.body._embedded["inf:session"][0].address).toBe("203.0.113.7");
    });

    test("answers a tRPC batch in one trip", async () => {
      const input = encodeURIComponent(JSON.stringify({ 1: { json: { limit: 2 } } }));
      const { status, body, trips } = await ask(`/trpc/session.me,assistants.list?batch=1&input=${input}`);
      expect([status, trips]).toEqual([200, 1]);
      const [me, list] = body;
      expect(me.result.data.json.user.username).toBe("admin");
      expect(list.result.data.json.items).toHaveLength(2);
      expect(list.result.data.meta.values["items.0.createdAt"]).toEqual(["Date"]);
    });

    test("lists, reads, creates, changes and deletes over REST, each in one trip", async () => {
      const list = await ask("/api/assistants?q=sales");
      expect([list.status, list.trips]).toEqual([200, 1]);
      expect(list.body._embedded["inf:assistant"][0].naturalId).toBe("analytics:sales-assistant");
      const created = await ask("/api/assistants", send("POST", { name: "From the edge" }));
      expect([created.status, created.trips, created.body.slug]).toEqual([201, 1, "from-the-edge"]);
      const path = created.headers.get("location") ?? "";
      const read = await ask(path);
      expect([read.status, read.trips, read.body.id]).toEqual([200, 1, created.body.id]);
      const etag = read.headers.get("etag") ?? "";
      expect((await ask(path, { headers: { "if-none-match": etag } })).status).toBe(304);
      const changed = await ask(path, send("PUT", { description: "Changed" }, { "if-match": etag }));
      expect([changed.status, changed.trips, changed.body.version]).toEqual([200, 1, 2]);
      const stale = await ask(path, send("PUT", { description: "Lost" }, { "if-match": etag }));
      expect([stale.status, stale.body.code]).toEqual([412, "version_mismatch"]);
      expect((await ask(path, { method: "DELETE" })).status).toBe(204);
      const gone = await ask(path);
      expect([gone.status, gone.body.code]).toEqual([404, "not_found"]);
    });

    test("keeps a secret and never shows it; its first one takes a trip more", async () => {
      const path = "/api/assistants/analytics:sales-assistant/secrets";
      const value = crypto.randomUUID();
      const first = await ask(path, send("POST", { name: "FROM_THE_EDGE", value, allowedHosts: ["API.example.com"] }));
      expect([first.status, first.trips, first.body.value]).toEqual([201, 2, "********"]);
      expect(first.body.allowedHosts).toEqual(["api.example.com"]);
      const changed = await ask(`${path}/${first.body.id}`, send("PUT", { value: `${value} again` }));
      expect([changed.status, changed.trips, changed.body.version]).toEqual([200, 1, 2]);
      const list = await ask(path);
      expect([list.status, list.trips]).toEqual([200, 1]);
      expect(list.body._embedded["inf:assistant-secret"].map(({ id }: { id: string }) => id)).toContain(first.body.id);
      expect(JSON.stringify([first.body, changed.body, list.body])).not.toContain(value);
    });

    test("loads a table as it comes, asks it, and finds its words once they are indexed", async () => {
      const { body: made } = await ask("/api/datasets", send("POST", { name: "From the edge" }));
      const path = `/api/datasets/${made.id}`;
      const headers = { "content-type": "text/csv" };
      const table = { method: "POST", headers, body: "name;size\nM\u00fcnster;1\nUlm;2.5\n" };
      const loaded = await ask(`${path}/_upload`, table);
      expect([loaded.status, loaded.body.status, loaded.body.rowsRead]).toEqual([200, "done", 2]);
      const largest = await ask(`${path}/data?sort=-size&limit=1`);
      expect(largest.status).toBe(200);
      expect(largest.body._embedded["inf:record"]).toEqual([{ name: "Ulm", size: 2.5 }]);
      const sum = { aggregates: [{ function: "sum", field: "size", as: "size" }] };
      expect((await ask(`${path}/_query`, send("POST", sum))).body.rows).toEqual([{ size: 3.5 }]);
      await vi.waitFor(async () => expect((await ask(path)).body.indexed).toBe(true), {
        timeout: 40_000,
        interval: 100,
      });
      expect((await ask(`${path}/data?q=munst`)).body._embedded["inf:record"]).toEqual([
        { name: "M\u00fcnster", size: 1 },
      ]);
    }, 60_000);

    test("keeps a file, and gives all of it or a part", async () => {
      const send = { method: "POST", headers: { "content-type": "application/pdf" }, body: pdf };
      const sent = await ask(`${files}/_upload?name=returns.pdf`, send);
      expect([sent.status, sent.body.contentType, sent.body.size]).toEqual([201, "application/pdf", pdf.length]);
      const contents = (headers: Record<string, string> = {}) =>
        entry.fetch(`${files}/returns.pdf/contents`, { headers: { cookie, ...headers } });
      const whole = await contents();
      expect([whole.status, await whole.text()]).toEqual([200, pdf]);
      const part = await contents({ range: "bytes=1-7" });
      expect([part.status, await part.text()]).toEqual([206, pdf.slice(1, 8)]);
    });

    const findsPassages = () =>
      test("finds what a document says once it is read", async () => {
        await vi.waitFor(async () => expect((await ask(`${files}/returns.pdf`)).body.status).toBe("indexed"), {
          timeout: 40_000,
          interval: 100,
        });
        const found = await ask(`${files}/_search?q=parcels`);
        expect(JSON.stringify(found.body)).toContain("within thirty days");
      }, 60_000);
    if (readsDocuments) findsPassages();

    test("refuses nobody and foreign pages", async () => {
      expect((await entry.fetch("/api/assistants")).status).toBe(401);
      const foreign = await ask("/api/assistants", send("POST", { name: "X" }, { origin: "https://evil.example" }));
      expect(foreign.status).toBe(403);
    });

    test("serves its own description", async () => {
      const { status, body } = await ask("/api/openapi.json");
      expect([status, body.openapi]).toEqual([200, "3.1.0"]);
    });
  });

  test("answers 503 as long as a variable is wrong", async () => {
    const wrong = await open({ ...database.variables, STEWARD_ENCRYPTION_KEYS: "1:short" });
    try {
      const response = await wrong.fetch("/healthz");
      expect(response.status).toBe(503);
      expect(await response.text()).toContain("not configured");
    } finally {
      await wrong.close();
    }
  }, 30_000);
}

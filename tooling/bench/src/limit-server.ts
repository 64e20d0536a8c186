import { serve } from "@hono/node-server";
import { tables } from "@steward/db";
import { eq, sql } from "drizzle-orm";
import { BetterSQLiteSession } from "drizzle-orm/better-sqlite3/session";
import { BaseSQLiteDatabase, SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import { Hono } from "hono";
import Database from "libsql";

/**
 * The limit: what the machine gives when nothing is checked. Bare Hono, drizzle's prepared statements over the
 * synchronous libSQL driver, the same rows of the same file, the same JSON. No credential, no permission, no audit.
 */
const [path = "", port = "0"] = process.argv.slice(2);
const client = new Database(path, { timeout: 1000 });
client.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on");
// drizzle's synchronous session; its own factory would want the driver of which libsql is a drop-in replacement.
const dialect = new SQLiteSyncDialect();
const database = new BaseSQLiteDatabase(
  "sync",
  dialect,
  new BetterSQLiteSession(client as never, dialect, undefined),
  undefined,
);

const { assistants } = tables;
const principal = (column: string) =>
  sql.raw(`(select p.kind || ':' || p.name from principals p where p.id = assistants.${column})`);
const columns = {
  id: assistants.id,
  naturalId: sql<string>`(select p.name from principals p where p.id = assistants.owner_id) || ':' || assistants.slug`,
  slug: assistants.slug,
  name: assistants.name,
  description: assistants.description,
  instructions: assistants.instructions,
  instructionsHidden: assistants.instructionsHidden,
  welcome: assistants.welcome,
  suggestions: assistants.suggestions,
  modelId: assistants.modelId,
  modelSettings: assistants.modelSettings,
  dispatcher: assistants.dispatcher,
  embedded: assistants.embedded,
  enabled: assistants.enabled,
  data: assistants.data,
  shared: sql<boolean>`exists (select 1 from shares s where s.assistant_id = assistants.id)`.mapWith(Boolean),
  ownerId: principal("owner_id"),
  folderId: assistants.folderId,
  editingId: assistants.editingId,
  version: assistants.version,
  createdAt: assistants.createdAt,
  updatedAt: assistants.updatedAt,
  createdBy: principal("created_by"),
  updatedBy: principal("updated_by"),
};

const permissions = { write: true, delete: true, share: true, changeOwner: true };
const one = database
  .select(columns)
  .from(assistants)
  .where(eq(assistants.id, sql.placeholder("id")))
  .prepare();
const list = database
  .select(columns)
  .from(assistants)
  .orderBy(assistants.ownerId, assistants.sortName)
  .limit(20)
  .prepare();
const create = database
  .insert(assistants)
  .values({
    id: sql.placeholder("id"),
    ownerId: sql.placeholder("owner"),
    slug: sql.placeholder("slug"),
    name: sql.placeholder("name"),
    sortName: sql.placeholder("name"),
    suggestions: [],
    createdAt: sql.placeholder("at"),
    updatedAt: sql.placeholder("at"),
  })
  .returning(columns)
  .prepare();
const owner = (
  client.prepare("select id from principals where kind = 'user' limit 1").raw(true).all() as string[][]
)[0]?.[0];

const whole = (row: object) => ({ ...row, skills: [], permissions });

const app = new Hono()
  .get("/api/assistants/:id", (c) => {
    const [row] = one.all({ id: c.req.param("id") });
    return row ? c.json(whole(row)) : c.notFound();
  })
  .get("/api/assistants", (c) => c.json({ items: list.all().map(whole) }))
  .post("/api/assistants", async (c) => {
    const { name } = await c.req.json<{ name: string }>();
    const id = crypto.randomUUID();
    const [row] = create.all({ id, owner, slug: id, name, at: new Date() });
    return c.json(whole(row ?? {}), 201);
  });

serve({ fetch: app.fetch, port: Number(port), hostname: "127.0.0.1" }, (address) =>
  console.log(`listening ${address.port}`),
);

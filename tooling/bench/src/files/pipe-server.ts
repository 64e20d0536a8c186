import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { serve } from "@hono/node-server";
import { Hono } from "hono";

/** The limit of a transfer: bare Hono, bytes piped to and from the disk; asked with `?flush`, it answers when they are on it. No credential, no hash, no database. */
const [folder = "", port = "0"] = process.argv.slice(2);
const pathOf = (name: string) => join(folder, `${Number(name)}.bytes`);

const app = new Hono()
  .get("/", (c) => c.text("here"))
  .post("/files/:name", async (c) => {
    const body = c.req.raw.body;
    if (!body) return c.text("No bytes", 400);
    await pipeline(
      Readable.fromWeb(body as never),
      createWriteStream(pathOf(c.req.param("name")), { flush: c.req.query("flush") !== undefined }),
    );
    return c.json({ name: c.req.param("name") }, 201);
  })
  .get("/files/:name", async (c) => {
    const path = pathOf(c.req.param("name"));
    const { size } = await stat(path);
    const bytes = Readable.toWeb(createReadStream(path));
    return c.body(bytes as never, 200, { "content-type": "application/octet-stream", "content-length": String(size) });
  })
  .delete("/files/:name", async (c) => {
    await rm(pathOf(c.req.param("name")));
    return c.body(null, 204);
  });

serve({ fetch: app.fetch, port: Number(port), hostname: "127.0.0.1" });

import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import { level, me, uploads as resource, signedIn } from "../access.ts";
import { conflict, waitsFor } from "../datasets/loading/begin.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { idempotent } from "../idempotency.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { Nothing, page, paging, versioned } from "../schemas.ts";
import { guard, type Places, rawWrite, write } from "../statement.ts";
import { columns, one, summaryColumns, toUpload, Upload, UploadSummary, uploadKey } from "./schema.ts";

export { send } from "./send.ts";
export { watch } from "./watch.ts";

const { uploads } = tables;

const ownUploads = listOf({
  columns: summaryColumns,
  from: "uploads",
  where: `uploads.user_id = ${me}`,
  key: "uploads.id",
  descending: true,
});

export const list = operation({
  http: "GET /uploads",
  rel: "inf:uploads",
  summary: "List your uploads, the newest first",
  needs: signedIn("read"),
  input: paging,
  output: page(UploadSummary),
  items: { rel: "inf:upload", at: "/uploads/{id}" },
  run: async (ctx, input) => withItems(await ownUploads(ctx, input), toUpload),
});

export const get = operation({
  http: "GET /uploads/{id}",
  summary: "Read how far an upload has come",
  needs: level(resource, 1, "read", "read"),
  input: uploadKey,
  output: Upload,
  run: async (ctx) => {
    const [row] = await ctx.read(one({}));
    if (!row) throw new StewardError("not_found");
    return toUpload(row);
  },
});

const insert = write((database, places: Places<{ id: string; at: Date; expiresAt: Date }>) =>
  database
    .insert(uploads)
    .values({
      id: places.id,
      userId: fragment<string>(me),
      status: sql`'waiting'`,
      expiresAt: places.expiresAt,
      createdAt: places.at,
      updatedAt: places.at,
    })
    .returning(columns),
);

const mostWaiting = 100;
const room = guard(`(select count(*) from uploads where user_id = ${me} and status in ('waiting', 'stored')
  and expires_at > :now) < ${mostWaiting}`);

export const create = operation({
  http: "POST /uploads",
  summary: "Make an id for bytes that you will send",
  description:
    "Good for one upload by you within 24 hours: into a dataset, with which one can watch how far its bytes have come, or as a file, whose bytes `PUT /uploads/{id}/contents` takes.",
  needs: signedIn("write"),
  input: idempotent,
  output: Upload,
  errors: ["conflict"],
  run: async (ctx) => {
    const id = ctx.newId();
    const expiresAt = new Date(ctx.now.getTime() + waitsFor);
    const full = conflict(`${mostWaiting} of your uploads are waiting to be used: use them, or cancel some`);
    const [, [row]] = await ctx.commit([room({}, full), insert({ id, at: ctx.now, expiresAt })], { subject: id });
    if (!row) throw new StewardError("internal");
    return toUpload(row);
  },
});

const isOver = guard(`(select status from uploads where id = ${resource.id}) not in ('done', 'failed', 'cancelled')`);
const removeUnused = rawWrite(`delete from uploads where id = ${resource.id} and status in ('waiting', 'stored')`);
const stopLoading = rawWrite(`update uploads set status = 'cancelled', finished_at = :now, updated_at = :now,
  version = version + 1 where id = ${resource.id} and status = 'loading'`);

export const cancel = operation({
  http: "DELETE /uploads/{id}",
  summary: "Cancel an upload: nothing of it is taken",
  description:
    "One that was not used yet is gone, and so are its bytes; one that is loading stops within about a second.",
  needs: level(resource, 3, "cancel", "write"),
  input: { ...uploadKey, ...versioned },
  output: Nothing,
  errors: ["conflict", "version_mismatch"],
  run: async (ctx) => {
    await ctx.commit([
      isOver({}, conflict("This upload is over already: what it has brought is changed in the dataset")),
      stopLoading({}),
      removeUnused({}),
    ]);
    ctx.defer(() => ctx.heavyWork.tend());
  },
});

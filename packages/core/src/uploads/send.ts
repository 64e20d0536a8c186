import { level, me, uploads as resource } from "../access.ts";
import { commitBytes, storeBytes } from "../blobs/store.ts";
import { conflict } from "../datasets/loading/begin.ts";
import { StewardError } from "../errors.ts";
import { boundOfFiles, nameOf } from "../files/incoming.ts";
import { FileName } from "../files/schema.ts";
import { typeOf } from "../files/types.ts";
import { operation } from "../operation.ts";
import { Bytes } from "../schemas.ts";
import { guard, rawWrite, readSql } from "../statement.ts";
import { one, toUpload, Upload, uploadKey } from "./schema.ts";

const own = `(select user_id from uploads where id = ${resource.id}) = ${me}`;
const waits = `(select status = 'waiting' and expires_at > :now from uploads where id = ${resource.id})`;
const isOwn = guard(own);
const isWaiting = guard(waits);
const used = () => conflict("This upload has its bytes already, or has expired: make a new one");

const asked = () => readSql({ text: `select ${own}, ${waits}`, values: {} }, ([mine, unused]) => ({ mine, unused }));

interface Sent {
  readonly filename: string;
  readonly contentType: string;
  readonly format: string | null;
  readonly hash: string;
  readonly size: number;
}

const store = rawWrite<Sent>(`update uploads set status = 'stored', filename = :filename, content_type = :contentType,
    format = :format, hash = :hash, bytes_read = :size, bytes_total = :size, started_at = coalesce(started_at, :now),
    updated_at = :now, version = version + 1 where id = ${resource.id}`);

export const send = operation({
  http: "PUT /uploads/{id}/contents",
  summary: "Send the bytes of which a file is to be made",
  description:
    "Once, by who has made the id, while it is good. They are the part `file` of a form, or the body itself, which needs `name`. `files.create` then takes them.",
  needs: level(resource, 3, "send", "write"),
  input: {
    ...uploadKey,
    content: Bytes,
    name: FileName.optional().meta({ description: "What the file is called; as the form says unless given" }),
  },
  bytes: "content",
  output: Upload,
  at: "/uploads/{id}",
  errors: ["conflict", "too_large"],
  trips: {
    most: 2,
    because:
      "bytes are taken from who may send them, and become the upload's in a commit for which the gate is asked again",
  },
  run: async (ctx, { content, name }) => {
    const filename = nameOf(name, content.name);
    const [[found], bound] = await Promise.all([ctx.read(asked()), boundOfFiles(ctx)]);
    if (!found?.mine) throw new StewardError("not_found");
    if (!found.unused) throw used();
    const stored = await storeBytes(ctx, content, bound);
    const { hash, size } = stored;
    const sent = { filename, hash, size, ...(await typeOf(stored.sample, filename)) };
    const [row] = await commitBytes(
      ctx,
      stored,
      [isOwn({}, new StewardError("not_found")), isWaiting({}, used()), store(sent), one({})],
      { details: { filename, size, sha256: hash } },
    );
    if (!row) throw new StewardError("internal");
    return toUpload(row);
  },
});

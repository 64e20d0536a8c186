import { tables } from "@steward/db";
import { eq } from "drizzle-orm";
import { readAssistant, assistants as resource, writeAssistant } from "../access.ts";
import { revised } from "../assistants/revise.ts";
import { assistantKey } from "../assistants/schema.ts";
import { commitBytes, storeBytes } from "../blobs/store.ts";
import { contentsOperation } from "../contents/contents.ts";
import type { Context } from "../context.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { idempotent } from "../idempotency.ts";
import { operation } from "../operation.ts";
import { Bytes, versioned } from "../schemas.ts";
import { type Places, rawWrite, read } from "../statement.ts";
import { isCalled, nameIsFree, room, thereAsRead } from "./conditions.ts";
import { boundOfFiles, nameOf } from "./incoming.ts";
import { asWhich, File, FileName, fileId, fileKey, madeOf, one, toFile, toldOf, type Which } from "./schema.ts";
import { typeOf } from "./types.ts";

const { blobs, files } = tables;

interface NewFile {
  readonly made: string;
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  readonly hash: string;
  readonly format: string | null;
}

const insert = rawWrite<NewFile>(`insert into assistant_files
    (id, assistant_id, created_at, updated_at, filename, content_type, size, hash, format)
  values (:made, ${resource.id}, :now, :now, :filename, :contentType, :size, :hash, :format)`);

const twoTrips = {
  most: 2,
  because: "bytes are taken from who may send them, and become a file in a commit for which the gate is asked again",
};

export const upload = operation({
  http: "POST /assistants/{id}/files/_upload",
  summary: "Give an assistant a file",
  description:
    "The file is the part `file` of a form, or the body itself, which needs `name`. What type it is, its bytes tell. Its text can be searched when its `status` is `indexed`.",
  needs: writeAssistant,
  input: {
    ...assistantKey,
    ...idempotent,
    content: Bytes,
    name: FileName.optional().meta({ description: "What it is called; as the form says unless given" }),
  },
  bytes: "content",
  output: File,
  at: "/assistants/{id}/files/{fileId}",
  status: 201,
  errors: ["conflict", "too_large"],
  trips: twoTrips,
  run: async (ctx, { content, name }) => {
    const filename = nameOf(name, content.name);
    const stored = await storeBytes(ctx, content, await boundOfFiles(ctx));
    const { hash, size } = stored;
    const row = { made: ctx.newId(), filename, size, hash, ...(await typeOf(stored.sample, filename)) };
    const [found] = await commitBytes(
      ctx,
      stored,
      [room(), nameIsFree(filename), insert(row), ...revised(), madeOf({ made: row.made })],
      { details: { fileId: row.made, filename, size, sha256: hash } },
    );
    if (!found) throw new StewardError("internal");
    ctx.defer(() => ctx.heavyWork.tend());
    const { level } = await ctx.facts();
    return toFile(found, level);
  },
});

const bytesOf = read((database, _: Places<Which>) =>
  database
    .select({
      key: blobs.key,
      hash: files.hash,
      size: files.size,
      contentType: files.contentType,
      filename: files.filename,
      version: files.version,
    })
    .from(files)
    .innerJoin(blobs, eq(blobs.hash, files.hash))
    .where(eq(files.id, fragment<string>(fileId))),
);

export const contents = contentsOperation({
  http: "GET /assistants/{id}/files/{fileId}/contents",
  rel: "inf:contents",
  summary: "Fetch the bytes of a file",
  description: "What a browser would run is served for the disk alone.",
  needs: readAssistant,
  input: fileKey,
  run: async (ctx, { fileId: given }) => {
    const [row] = await ctx.read(bytesOf(asWhich(given)));
    if (!row) throw new StewardError("not_found");
    const { key, ...described } = row;
    return { ...described, source: { key } };
  },
});

const present = read((database, _: Places<Which>) =>
  database
    .select({ filename: files.filename, version: files.version })
    .from(files)
    .where(eq(files.id, fragment<string>(fileId))),
);

/** What is to be replaced, as far as it is there and as it was read; and how much may come. */
async function toReplace(ctx: Context, which: Which, expectedVersion: number | undefined) {
  const [[row], bound] = await Promise.all([ctx.read(present(which)), boundOfFiles(ctx)]);
  if (!row) throw new StewardError("not_found");
  if (expectedVersion !== undefined && expectedVersion !== row.version) throw new StewardError("version_mismatch");
  return { filename: row.filename, bound };
}

const exchange = rawWrite<Omit<NewFile, "made" | "filename"> & Which>(`update assistant_files
  set content_type = :contentType, size = :size, hash = :hash, format = :format, version = version + 1, updated_at = :now
  where id = ${fileId}`);

export const replace = operation({
  http: "PUT /assistants/{id}/files/{fileId}/contents",
  summary: "Replace the bytes of a file",
  description: "Id and name stay. Older revisions keep the bytes that they had.",
  needs: writeAssistant,
  input: { ...fileKey, content: Bytes, ...versioned },
  bytes: "content",
  output: File,
  at: "/assistants/{id}/files/{fileId}",
  errors: ["version_mismatch", "conflict", "too_large"],
  ownVersion: true,
  trips: twoTrips,
  run: async (ctx, { fileId: given, content, expectedVersion }) => {
    const which = asWhich(given);
    const { filename, bound } = await toReplace(ctx, which, expectedVersion);
    const stored = await storeBytes(ctx, content, bound);
    const { hash, size } = stored;
    const type = await typeOf(stored.sample, filename);
    const [found] = await commitBytes(
      ctx,
      stored,
      [
        ...thereAsRead(which, expectedVersion),
        isCalled(which, filename),
        exchange({ ...which, ...type, hash, size }),
        ...revised(),
        one(which),
      ],
      { details: { size, sha256: hash }, found: { object: toldOf, values: { ...which } } },
    );
    if (!found) throw new StewardError("internal");
    ctx.defer(() => ctx.heavyWork.tend());
    const { level } = await ctx.facts();
    return toFile(found, level);
  },
});

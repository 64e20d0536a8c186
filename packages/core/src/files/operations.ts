import { tables } from "@steward/db";
import { eq } from "drizzle-orm";
import * as z from "zod";
import { readAssistant, assistants as resource, writeAssistant } from "../access.ts";
import { revised } from "../assistants/revise.ts";
import { assistantKey } from "../assistants/schema.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { idempotent } from "../idempotency.ts";
import { operation } from "../operation.ts";
import { listOf } from "../pages.ts";
import { defined, last } from "../records.ts";
import { Nothing, paging, Reference, versioned } from "../schemas.ts";
import { type Places, rawWrite, write } from "../statement.ts";
import { nameIsFreeFor, room, takeable, thereAsRead } from "./conditions.ts";
import {
  asWhich,
  columns,
  File,
  FileName,
  fileId,
  fileKey,
  madeOf,
  one,
  toFile,
  toldOf,
  type Which,
} from "./schema.ts";
import { type FileType, textType, textTypes } from "./types.ts";

export { contents, replace, upload } from "./contents-operations.ts";
export { embeddingImage, embeddings } from "./embeddings.ts";
export { search } from "./search.ts";

const { files } = tables;

const mostOfOne = 500;
const ofOne = listOf({
  columns,
  from: "assistant_files",
  where: `assistant_files.assistant_id = ${resource.id}`,
  key: "assistant_files.id",
});

export const list = operation({
  http: "GET /assistants/{id}/files",
  rel: "inf:assistant-files",
  summary: "All files of an assistant, as one array",
  needs: readAssistant,
  input: { ...assistantKey, cursor: paging.cursor },
  output: z.object({ items: z.array(File), next: z.string().nullable() }),
  items: { rel: "inf:assistant-file", at: "/assistants/{id}/files/{fileId}" },
  bare: true,
  run: async (ctx, { cursor }) => {
    const [{ items, next }, { level }] = await Promise.all([
      ofOne(ctx, { start: 0, limit: mostOfOne, cursor }),
      ctx.facts(),
    ]);
    return { items: items.map((row) => toFile(row, level)), next };
  },
});

export const get = operation({
  http: "GET /assistants/{id}/files/{fileId}",
  summary: "Read what there is to know of a file",
  needs: readAssistant,
  input: fileKey,
  output: File,
  run: async (ctx, { fileId: given }) => {
    const [[row], { level }] = await Promise.all([ctx.read(one(asWhich(given))), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return toFile(row, level);
  },
});

/** Of text, a new name makes something else. */
interface Naming {
  readonly filename: string | null;
  readonly contentType: string | null;
  readonly format: string | null;
}
const naming = (filename: string | undefined): Naming => {
  const type: FileType | null = filename === undefined ? null : textType(filename);
  return { filename: filename ?? null, contentType: type?.contentType ?? null, format: type?.format ?? null };
};
const isText = (alias: string) =>
  `(:filename is not null and ${alias}.content_type in (${textTypes.map((type) => `'${type}'`).join(", ")}))`;

const fromUpload = rawWrite<Naming & { uploadId: string; made: string }>(`insert into assistant_files
    (id, assistant_id, created_at, updated_at, filename, content_type, size, hash, format)
  select :made, ${resource.id}, :now, :now, coalesce(:filename, u.filename),
    iif(${isText("u")}, :contentType, u.content_type), u.bytes_read, u.hash, iif(${isText("u")}, :format, u.format)
  from uploads u where u.id = :uploadId`);
const used = rawWrite<{ uploadId: string }>(`update uploads set status = 'done', hash = null, finished_at = :now,
  updated_at = :now, version = version + 1 where id = :uploadId`);

export const create = operation({
  http: "POST /assistants/{id}/files",
  summary: "Make a file of bytes that you have sent before",
  description:
    "`uploadId` is what `uploads.create` has answered, and `uploads.send` has given bytes. It is good for one file, within 24 hours, by its maker.",
  needs: writeAssistant,
  input: {
    ...assistantKey,
    ...idempotent,
    uploadId: Reference.meta({ description: "The upload's id" }),
    name: FileName.optional().meta({ description: "The name under which the bytes were sent unless given" }),
  },
  output: File,
  errors: ["conflict"],
  run: async (ctx, { uploadId: given, name }) => {
    const uploadId = given.toLowerCase();
    const made = ctx.newId();
    const named = naming(name);
    const results = await ctx.commit(
      [
        room(),
        ...takeable({ uploadId, filename: named.filename }),
        fromUpload({ ...named, uploadId, made }),
        used({ uploadId }),
        ...revised(),
        madeOf({ made }),
      ],
      {
        details: { fileId: made, uploadId },
        found: {
          object:
            "(select json_object('filename', coalesce(:filename, u.filename)) from uploads u where u.id = :uploadId)",
          values: { uploadId, filename: named.filename },
        },
      },
    );
    const [row] = last(results);
    if (!row) throw new StewardError("internal");
    ctx.defer(() => ctx.heavyWork.tend());
    const { level } = await ctx.facts();
    return toFile(row, level);
  },
});

const rename = rawWrite<Naming & Which>(`update assistant_files set filename = coalesce(:filename, filename),
    content_type = iif(${isText("assistant_files")}, :contentType, content_type),
    format = iif(${isText("assistant_files")}, :format, format), version = version + 1, updated_at = :now
  where id = ${fileId}`);
export const update = operation({
  http: "PUT /assistants/{id}/files/{fileId}",
  summary: "Give a file another name",
  description: "Its bytes stay; what text is (CSV, HTML, Markdown, code) follows the name.",
  needs: writeAssistant,
  input: { ...fileKey, ...versioned, filename: FileName.optional() },
  output: File,
  errors: ["version_mismatch", "conflict"],
  ownVersion: true,
  run: async (ctx, { fileId: given, expectedVersion, filename }) => {
    const which = asWhich(given);
    const named = naming(filename);
    const results = await ctx.commit(
      [
        ...thereAsRead(which, expectedVersion),
        nameIsFreeFor(which, named.filename),
        rename({ ...named, ...which }),
        ...revised(),
        one({ ...which, fileName: named.filename ?? which.fileName }),
      ],
      { details: defined({ renamed: filename }), found: { object: toldOf, values: { ...which } } },
    );
    const [row] = last(results);
    if (!row) throw new StewardError("internal");
    ctx.defer(() => ctx.heavyWork.tend());
    const { level } = await ctx.facts();
    return toFile(row, level);
  },
});

const remove = write((database, _: Places<Which>) =>
  database.delete(files).where(eq(files.id, fragment<string>(fileId))),
);

const remove_ = operation({
  http: "DELETE /assistants/{id}/files/{fileId}",
  summary: "Take a file from an assistant",
  description: "Its bytes are kept as long as a revision, a draft or a copy has them.",
  needs: writeAssistant,
  input: { ...fileKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  ownVersion: true,
  run: async (ctx, { fileId: given, expectedVersion }) => {
    const which = asWhich(given);
    await ctx.commit([...thereAsRead(which, expectedVersion), remove(which), ...revised()], {
      found: { object: toldOf, values: { ...which } },
    });
    ctx.defer(() => ctx.heavyWork.tend());
  },
});

export { remove_ as delete };

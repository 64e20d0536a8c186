import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import * as z from "zod";
import { readAssistant } from "../access.ts";
import { contentsOperation } from "../contents/contents.ts";
import { idsOf, mostEmbeddings, positionOf } from "../documents/embedding-ids.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { page, paging, text } from "../schemas.ts";
import { readSql } from "../statement.ts";
import { asWhich, fileId, fileKey } from "./schema.ts";

const { embeddings: table } = tables;

const EmbeddingId = z.string().meta({ description: "The same as long as the bytes of the file are" });

const Embedding = z
  .object({
    id: EmbeddingId,
    kind: z.enum(["text", "image"]),
    page: z.int().nullable().meta({ description: "From 1 on; null where there are none" }),
    sheet: z.string().nullable(),
    heading: z
      .string()
      .nullable()
      .meta({ description: "The headings above it, the outermost first, with ` > ` between" }),
    start: z.int().nullable().meta({ description: "Where in the text of the file it begins, in UTF-16 units" }),
    end: z.int().nullable(),
    text: z.string().nullable(),
    width: z.int().nullable().meta({ description: "Of an image, in pixels" }),
    height: z.int().nullable(),
  })
  .meta({ id: "Embedding", description: "A passage of a file, or an image in it" });

/** The number of what was read from the bytes of the file that the request names. */
const document = `(select d.number from assistant_files f cross join documents d on d.hash = f.hash and d.format = f.format
  where f.id = ${fileId} and d.status = 'read')`;
const ofFile = idsOf("embeddings.id", document);

const listed = listOf({
  columns: {
    position: sql<number>`${fragment(positionOf("embeddings.id"))}`,
    kind: table.kind,
    page: table.page,
    sheet: table.sheet,
    heading: table.heading,
    start: table.start,
    end: table.end,
    text: table.text,
    width: table.width,
    height: table.height,
  },
  from: "embeddings",
  where: ofFile,
  key: "embeddings.id",
});

const isThere = (file: string) =>
  readSql({ text: `select ${fileId}`, values: { ...asWhich(file) } }, ([id]) => id !== null);

export const embeddings = operation({
  http: "GET /assistants/{id}/files/{fileId}/embeddings",
  rel: "inf:embeddings",
  summary: "List into what a file was cut: its passages and images, in their order",
  needs: readAssistant,
  input: { ...fileKey, ...paging },
  output: page(Embedding),
  items: { rel: "inf:embedding" },
  run: async (ctx, { fileId: file, ...asked }) => {
    const [found, [there]] = await Promise.all([listed(ctx, asked, { ...asWhich(file) }), ctx.read(isThere(file))]);
    if (!there) throw new StewardError("not_found");
    return withItems(found, ({ position, ...row }) => ({ ...row, id: String(position) }));
  },
});

const imageOf = (file: string, position: number) =>
  readSql(
    {
      text: `select b.key, e.hash, b.size, e.content_type from embeddings e cross join blobs b on b.hash = e.hash
        where :position >= 0 and e.id = ${document} * ${mostEmbeddings} + :position and e.kind = 'image'`,
      values: { ...asWhich(file), position },
    },
    (row) => {
      const [key, hash, size, contentType] = row as [string, string, number, string];
      return { key, hash, size, contentType };
    },
  );

const extensions: Readonly<Record<string, string>> = { "image/png": "png", "image/jpeg": "jpg" };

export const embeddingImage = contentsOperation({
  http: "GET /assistants/{id}/files/{fileId}/embeddings/{embeddingId}/image",
  summary: "Fetch an image that was found in a file",
  needs: readAssistant,
  input: {
    ...fileKey,
    embeddingId: text(200, 1).meta({ description: "`id` of an embedding whose `kind` is `image`" }),
  },
  run: async (ctx, { fileId: file, embeddingId }) => {
    const position = /^(0|[1-9]\d{0,6})$/.test(embeddingId) ? Number(embeddingId) : mostEmbeddings;
    // Beyond what a document can have lies the next one's.
    const [found] = await ctx.read(imageOf(file, position < mostEmbeddings ? position : -1));
    if (!found) throw new StewardError("not_found");
    const { key, ...described } = found;
    return {
      ...described,
      filename: `image-${embeddingId}.${extensions[found.contentType] ?? "bin"}`,
      source: { key },
    };
  },
});

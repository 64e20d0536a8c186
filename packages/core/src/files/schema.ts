import { tables } from "@steward/db";
import { eq, type SQL } from "drizzle-orm";
import * as z from "zod";
import { assistants as resource } from "../access.ts";
import { assistantKey } from "../assistants/schema.ts";
import { fragment } from "../fragment.ts";
import { parsed } from "../records.ts";
import { Id, Moment, text, Version } from "../schemas.ts";
import { type Places, read } from "../statement.ts";
import { cleanName, longestName } from "./names.ts";
import { whyUnread } from "./types.ts";

const { files } = tables;

const statuses = ["pending", "indexed", "failed", "unsupported"] as const;

/** What somebody calls a file. It is kept without what is no part of a name. */
export const FileName = text(1000, 1)
  .transform((given, context) => {
    const name = cleanName(given);
    if (name !== null) return name;
    context.addIssue({ code: "custom", message: "No name is left of this without paths, controls and blanks" });
    return z.NEVER;
  })
  .meta({
    description: `At most ${longestName} characters: of a path the last part, without controls and marks of direction`,
  });

export const File = z
  .object({
    id: Id,
    assistantId: Id,
    filename: z.string().meta({ description: "No two files of an assistant have the same" }),
    contentType: z
      .string()
      .meta({ description: "What the bytes are, as far as they tell; of text, what the name says" }),
    size: z.int().meta({ description: "In bytes" }),
    sha256: z.string().meta({ description: "SHA-256 of the bytes, in hex" }),
    status: z.enum(statuses).meta({
      description:
        "`pending` until its text is found by a search, which is `indexed`; `failed` or `unsupported`: see `error`",
    }),
    error: z.string().nullable().meta({ description: "Why its text is not found by a search" }),
    pages: z.int().nullable().meta({ description: "How many it has, where it has pages" }),
    chunks: z.int().meta({ description: "Into how many passages its text was cut" }),
    permissions: z.object({ write: z.boolean(), delete: z.boolean() }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "File", description: "A file of an assistant" });

/** What is read from the bytes of a file, in its library (see `library_documents`). */
interface Found {
  readonly status: (typeof statuses)[number];
  readonly error: string | null;
  readonly pages: number | null;
  readonly chunks: number;
}

const library = `(select coalesce(o.number, a.number) from assistants a left join assistants o on o.id = a.editing_id
    where a.id = assistant_files.assistant_id)`;
const document = `(select json_object('pages', d.pages, 'chunks', d.chunks,
    'error', case when d.status <> 'read' then d.error when not l.complete then l.error end,
    'status', case when d.status in ('failed', 'unsupported') then d.status
      when d.status = 'read' and l.complete then 'indexed'
      when d.status = 'read' and l.error is not null then 'failed'
      else 'pending' end)
  from documents d left join library_documents l on l.document_number = d.number and l.library = ${library}
  where d.hash = assistant_files.hash and d.format = assistant_files.format)`;

export const columns = {
  id: files.id,
  assistantId: files.assistantId,
  filename: files.filename,
  contentType: files.contentType,
  size: files.size,
  sha256: files.hash,
  document: fragment(document).mapWith(parsed<Found>) as SQL<Found | null>,
  version: files.version,
  createdAt: files.createdAt,
  updatedAt: files.updatedAt,
};

interface Row {
  readonly contentType: string;
  readonly document: Found | null;
}

/** Makes a row what a caller of this level sees of it. */
export function toFile<R extends Row>({ document: found, ...row }: R, level: number) {
  const { contentType } = row;
  const unread = { status: "unsupported" as const, error: whyUnread(contentType), pages: null, chunks: 0 };
  return { ...row, ...(found ?? unread), permissions: { write: level >= 2, delete: level >= 2 } };
}

export const fileKey = {
  ...assistantKey,
  fileId: text(longestName, 1).meta({ description: "The file's id, or its name" }),
};

/** The file that a request names. */
export interface Which {
  readonly fileId: string;
  readonly fileName: string;
}
export const asWhich = (given: string): Which => ({ fileId: given.toLowerCase(), fileName: given.normalize("NFC") });

/** SQL for the id of the file that a request names; one that is called like the id of another is reached by its own. */
export const fileId = `coalesce(
  (select f.id from assistant_files f where f.id = :fileId and f.assistant_id = ${resource.id}),
  (select f.id from assistant_files f where f.filename = :fileName and f.assistant_id = ${resource.id}))`;

export const one = read((database, _: Places<Which>) =>
  database
    .select(columns)
    .from(files)
    .where(eq(files.id, fragment<string>(fileId))),
);

/** The file that a request has just made. */
export const madeOf = read((database, places: Places<{ made: string }>) =>
  database.select(columns).from(files).where(eq(files.id, places.made)),
);

/** SQL for what the trail says of the file that a request names. */
export const toldOf = `(select json_object('fileId', f.id, 'filename', f.filename) from assistant_files f where f.id = ${fileId})`;

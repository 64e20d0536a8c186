import { tables } from "@steward/db";
import { eq } from "drizzle-orm";
import * as z from "zod";
import { uploads as resource } from "../access.ts";
import { formats } from "../datasets/loading/order.ts";
import { fragment } from "../fragment.ts";
import { documentFormats } from "../ports.ts";
import { Id, Moment, Reference, Version } from "../schemas.ts";
import { type Places, read } from "../statement.ts";

const { uploads } = tables;

export const statuses = ["waiting", "stored", "loading", "done", "failed", "cancelled"] as const;

/** The upload's id. */
export const uploadId = fragment<string>(resource.id);
export const uploadKey = { id: Reference.meta({ description: "The upload's id" }) };

const summary = {
  id: Id,
  datasetId: Id.nullable().meta({ description: "The dataset that it goes into; null for none" }),
  status: z.enum(statuses).meta({
    description:
      "`waiting` for its bytes, `stored` until a file is made of them, `loading` into a dataset, or over: `done`, `failed` (see `error`) or `cancelled`, and then nothing of it was taken",
  }),
  format: z
    .enum([...new Set([...formats, ...documentFormats])])
    .nullable()
    .meta({ description: "As what the bytes are read" }),
  filename: z.string().nullable().meta({ description: "Of stored bytes: the name under which they were sent" }),
  contentType: z.string().nullable().meta({ description: "Of stored bytes: what they are, as far as they tell" }),
  sha256: z.string().nullable().meta({ description: "Of stored bytes, as long as they are: their SHA-256, in hex" }),
  bytesRead: z.int(),
  bytesTotal: z.int().nullable().meta({ description: "How many there will be, where the sender has said so" }),
  rowsRead: z.int().meta({ description: "How many rows were read, those that were not taken included" }),
  rowsRejected: z.int().meta({ description: "How many of them do not fit and were not taken" }),
  rowsPerSecond: z.int().nullable(),
  secondsLeft: z.int().nullable().meta({ description: "At the present pace; null where that is not known" }),
  error: z.string().nullable().meta({ description: "Why it has failed" }),
  startedAt: Moment.nullable(),
  finishedAt: Moment.nullable(),
  expiresAt: Moment.meta({ description: "Until when its id is good for sending the bytes" }),
  version: Version,
  createdAt: Moment,
  updatedAt: Moment,
};

const RejectedRow = z.object({
  line: z.int().meta({ description: "The line on which it begins, from 1 on; in JSON, which record it is" }),
  reason: z.string(),
});

export const UploadSummary = z
  .object(summary)
  .meta({ id: "UploadSummary", description: "Bytes on their way into a dataset or a file, as lists show them" });

export const Upload = z
  .object({
    ...summary,
    rejected: z
      .array(RejectedRow)
      .meta({ description: "The first 1,000 rows that were not taken; told when it is over" }),
  })
  .meta({ id: "Upload", description: "Bytes on their way into a dataset or a file, and what became of them" });

export const summaryColumns = {
  id: uploads.id,
  datasetId: uploads.datasetId,
  status: uploads.status,
  format: uploads.format,
  filename: uploads.filename,
  contentType: uploads.contentType,
  sha256: uploads.hash,
  bytesRead: uploads.bytesRead,
  bytesTotal: uploads.bytesTotal,
  rowsRead: uploads.rowsRead,
  rowsRejected: uploads.rowsRejected,
  error: uploads.error,
  startedAt: uploads.startedAt,
  finishedAt: uploads.finishedAt,
  expiresAt: uploads.expiresAt,
  version: uploads.version,
  createdAt: uploads.createdAt,
  updatedAt: uploads.updatedAt,
};
export const columns = { ...summaryColumns, rejected: uploads.rejected };

export const one = read((database) => database.select(columns).from(uploads).where(eq(uploads.id, uploadId)));
export const oneOf = read((database, _: Places<{ uploadId: string }>) =>
  database
    .select(columns)
    .from(uploads)
    .where(eq(uploads.id, fragment<string>(":uploadId"))),
);

interface Counts {
  readonly status: (typeof statuses)[number];
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
  readonly rowsRead: number;
  readonly startedAt: Date | null;
  readonly updatedAt: Date;
}

/** How fast it goes on, by what was known when it was last heard of. */
export function toUpload<Row extends Counts>(row: Row) {
  const { startedAt, updatedAt, rowsRead, bytesRead, bytesTotal, status } = row;
  const seconds = startedAt ? (updatedAt.getTime() - startedAt.getTime()) / 1000 : 0;
  const isPaced = seconds > 0 && bytesRead > 0;
  const left = isPaced && status === "loading" && bytesTotal !== null;
  return {
    ...row,
    rowsPerSecond: isPaced ? Math.round(rowsRead / seconds) : null,
    secondsLeft: left ? Math.max(0, Math.ceil(((bytesTotal - bytesRead) / bytesRead) * seconds)) : null,
  };
}

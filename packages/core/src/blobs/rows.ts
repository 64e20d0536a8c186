import { tables } from "@steward/db";
import { eq } from "drizzle-orm";
import { fragment } from "../fragment.ts";
import { type Places, rawWrite, read } from "../statement.ts";

const { blobs } = tables;

const insert = rawWrite<{
  blobKey: string;
  hash: string;
  size: number;
}>(`insert into blobs (hash, key, size, created_at)
  values (:hash, :blobKey, :size, :now)
  on conflict (hash) do update set key = iif(missing, excluded.key, key), missing = 0`);

/** Bytes in the store: their key there, their SHA-256 in hex, and how many they are. */
interface Blob {
  readonly key: string;
  readonly hash: string;
  readonly size: number;
}

/** Lets rows name these bytes, in the commit of the row that does, before it. Where they are known already, they stay as they are. */
export const blobOf = ({ key, hash, size }: Blob) => insert({ blobKey: key, hash, size });

const named = read((database, _: Places<{ hash: string }>) =>
  database
    .select({ key: blobs.key })
    .from(blobs)
    .where(eq(blobs.hash, fragment<string>(":hash"))),
);

/** Under which key these bytes are looked for from then on. */
export const keyThatCounts = ({ hash }: Pick<Blob, "hash">) => named({ hash });

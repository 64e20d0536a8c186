import { dirname, join } from "node:path";
import { fileSystemBlobs } from "@steward/blobs/node";
import type { BlobStore } from "@steward/core";
import { fileOf } from "@steward/db/node";
import { bucketOf } from "@steward/server/blob-store";
import type { Env } from "./env.ts";

/** The store of blobs: the bucket that STEWARD_S3_URL names, or else a folder, beside the database unless STEWARD_BLOBS says where. */
export function openBlobs(env: Env): BlobStore {
  const path = fileOf(env.DATABASE_URL);
  const beside = path === null ? ".data" : dirname(path);
  return bucketOf(env) ?? fileSystemBlobs(env.STEWARD_BLOBS ?? join(beside, "blobs"));
}

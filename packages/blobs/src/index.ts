export { type R2Bucket, r2Blobs } from "./r2.ts";
export { type S3Account, s3Blobs } from "./s3.ts";

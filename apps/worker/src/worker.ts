import { type R2Bucket, r2Blobs } from "@steward/blobs";
import { nativeSha256 } from "@steward/blobs/native-sha256";
import { openEdge } from "@steward/server/edge";

/** What wrangler.jsonc and the secrets of the worker give; checked at an isolate's first request. */
interface Variables {
  readonly DATABASE_URL: string;
  readonly DATABASE_AUTH_TOKEN?: string;
  readonly STEWARD_ENCRYPTION_KEYS: string;
  readonly STEWARD_BASE_URL?: string;
  readonly LOG_LEVEL?: string;
  /** Without it, a bucket is named by STEWARD_S3_URL and its companions. */
  readonly BLOBS?: R2Bucket;
}

// Cloudflare sets this header, whatever the client has sent.
const edge = openEdge({
  addressHeader: "cf-connecting-ip",
  blobs: ({ BLOBS }) => (isBucket(BLOBS) ? r2Blobs(BLOBS) : undefined),
  sha256: nativeSha256,
});

export default {
  fetch: (request: Request, variables: Variables, executionContext: { waitUntil(promise: Promise<unknown>): void }) =>
    edge.fetch(request, { ...variables }, executionContext),
  /** By the cron of wrangler.jsonc. */
  scheduled: (_event: unknown, variables: Variables) => edge.tend({ ...variables }),
};

const isBucket = (binding: unknown): binding is R2Bucket =>
  typeof binding === "object" && binding !== null && "createMultipartUpload" in binding;

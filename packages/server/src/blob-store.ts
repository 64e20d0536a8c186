import { s3Blobs } from "@steward/blobs";
import type { BlobStore } from "@steward/core";
import * as z from "zod";
import { understood, WrongVariable } from "./variables.ts";

const parseBucketUrl = (text: string): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "" && url.username === "";
  return plain ? url.href.replace(/\/$/, "") : undefined;
};

/** The variables of a bucket that speaks S3: all of them, or none. */
export const bucketVariables = {
  STEWARD_S3_URL: understood(
    "must be the address of the bucket, such as https://s3.eu-central-1.amazonaws.com/steward",
    parseBucketUrl,
  ).optional(),
  STEWARD_S3_ACCESS_KEY_ID: z.string().optional(),
  STEWARD_S3_SECRET_ACCESS_KEY: z.string().optional(),
  STEWARD_S3_REGION: z.string().default("auto"),
};

const schema = z.object(bucketVariables);
type BucketVariables = Readonly<z.output<typeof schema>>;

/** The bucket that the variables name; undefined where they name none. Throws a {@link WrongVariable} where one is missing. */
export function bucketOf(variables: BucketVariables): BlobStore | undefined {
  const {
    STEWARD_S3_URL: url,
    STEWARD_S3_ACCESS_KEY_ID: accessKeyId,
    STEWARD_S3_SECRET_ACCESS_KEY: secretAccessKey,
    STEWARD_S3_REGION: region,
  } = variables;
  if (url === undefined && accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  if (url === undefined || accessKeyId === undefined || secretAccessKey === undefined)
    throw new WrongVariable("STEWARD_S3_URL, STEWARD_S3_ACCESS_KEY_ID and STEWARD_S3_SECRET_ACCESS_KEY go together");
  return s3Blobs({ url, accessKeyId, secretAccessKey, region });
}

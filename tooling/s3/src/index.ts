import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { Bucket, S3Error } from "./bucket.ts";
import { type Account, signatureError } from "./signature.ts";

export type { Account } from "./signature.ts";

/** A server of one bucket that is kept in memory. */
export interface S3Server {
  /** Of the bucket: keys come behind it. */
  readonly url: string;
  readonly account: Account;
  readonly bucket: Bucket;
  close(): Promise<void>;
}

export interface S3Options {
  /** How many keys a listing gives at once, unless it asks for fewer. */
  readonly pageSize?: number;
}

/**
 * Speaks so much of S3 as a store of blobs needs, on 127.0.0.1: objects with ranges, listings, multipart uploads. Signatures
 * (version 4) are checked, and so are the sizes and the entity tags of parts.
 */
export async function startS3Server({ pageSize = 1000 }: S3Options = {}): Promise<S3Server> {
  const account = { accessKeyId: "AKIDLOCAL", secretAccessKey: crypto.randomUUID() };
  const bucket = new Bucket(pageSize);
  const server = createServer((request, response) => {
    answer(request, response, bucket, account).catch((error: unknown) => refuse(response, error));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/bucket`,
    account,
    bucket,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function refuse(response: ServerResponse, error: unknown): void {
  const known = error instanceof S3Error ? error : new S3Error(500, "InternalError");
  if (response.headersSent) return void response.destroy();
  response.writeHead(known.status, { "content-type": "application/xml" });
  response.end(`<?xml version="1.0"?><Error><Code>${known.code}</Code></Error>`);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  bucket: Bucket,
  account: Account,
): Promise<void> {
  const body = await buffer(request);
  const { method = "", url: target = "", headers } = request;
  const wrong = signatureError({ method, target, headers, body }, account);
  if (wrong) throw new S3Error(403, wrong);
  const { pathname, searchParams } = new URL(target, "http://s3");
  const [, name, key = ""] = /^\/([^/]+)\/?(.*)$/.exec(pathname) ?? [];
  if (name !== "bucket") throw new S3Error(404, "NoSuchBucket");
  const {
    status,
    headers: told = {},
    body: content,
  } = bucket.perform({
    method,
    key: decodeURIComponent(key),
    query: searchParams,
    range: headers.range,
    body,
  });
  response.writeHead(status, { "content-length": String(content?.length ?? 0), ...told });
  response.end(method === "HEAD" ? undefined : content);
}

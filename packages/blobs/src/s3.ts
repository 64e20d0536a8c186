import type { BlobStore, StoredBlob } from "@steward/core";
import { AwsClient } from "aws4fetch";
import { piecesOf } from "./pieces.ts";

export interface S3Account {
  /** Of the bucket, without a slash at its end: `https://s3.eu-central-1.amazonaws.com/files`. Keys come behind it. */
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** `auto` where the service has none. */
  readonly region: string;
}

/** Bytes of a part. No less than 5 MiB are allowed, and at most 10,000 parts. */
const partSize = 8 * 1024 * 1024;

/** Whatever the service says is told to the log, without what was signed. */
class S3Failure extends Error {
  override readonly name = "S3Failure";
}

const elements = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, text = ""]) => text);

async function failure(doing: string, response: Response): Promise<S3Failure> {
  const [code = ""] = elements(await response.text(), "Code");
  return new S3Failure(`The store of blobs has answered ${response.status} ${code} when it was asked to ${doing}`);
}

/** Blobs as objects of a bucket that speaks S3: AWS, R2, MinIO, Ceph and others. */
export function s3Blobs({ url, region, ...account }: S3Account): BlobStore {
  const client = new AwsClient({ ...account, region, service: "s3", retries: 3 });
  const addressOf = (key: string, query = "") => `${url}/${encodeURIComponent(key)}${query}`;

  /** Bytes that are sent again when the service is busy: they are held anyway. */
  async function ask(doing: string, address: string, init: RequestInit, fine: readonly number[] = [200]) {
    const response = await client.fetch(address, init);
    if (!fine.includes(response.status)) throw await failure(doing, response);
    return response;
  }

  async function putParts(key: string, first: Uint8Array<ArrayBuffer>, others: AsyncIterable<Uint8Array<ArrayBuffer>>) {
    const begun = await ask("begin an upload", addressOf(key, "?uploads="), { method: "POST" });
    const [id = ""] = elements(await begun.text(), "UploadId");
    const upload = `uploadId=${encodeURIComponent(id)}`;
    const tags: string[] = [];
    const send = async (body: Uint8Array<ArrayBuffer>) => {
      const address = addressOf(key, `?partNumber=${tags.length + 1}&${upload}`);
      const { headers } = await ask("take a part", address, { method: "PUT", body });
      tags.push(headers.get("etag") ?? "");
    };
    try {
      await send(first);
      for await (const piece of others) await send(piece);
      await complete(addressOf(key, `?${upload}`), tags);
    } catch (error) {
      await ask("end an upload", addressOf(key, `?${upload}`), { method: "DELETE" }, [204, 404]);
      throw error;
    }
  }

  async function complete(address: string, tags: readonly string[]) {
    const parts = tags.map((tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${tag}</ETag></Part>`);
    const body = `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`;
    const response = await ask("complete an upload", address, { method: "POST", body });
    const text = await response.text();
    // The service begins to answer before it knows.
    const [code] = elements(text, "Code");
    if (code !== undefined) throw new S3Failure(`The store of blobs could not complete an upload: ${code}`);
  }

  return {
    async put(key, body) {
      const pieces = piecesOf(body, partSize);
      try {
        const { value: first = new Uint8Array() } = await pieces.next();
        if (first.length < partSize) await ask("take a blob", addressOf(key), { method: "PUT", body: first });
        else await putParts(key, first, pieces);
      } finally {
        // Where the store has failed, the rest is not read.
        await pieces.return();
      }
    },
    async get(key, range) {
      const headers = range && { range: `bytes=${range.offset}-${range.offset + range.length - 1}` };
      const response = await client.fetch(addressOf(key), { headers });
      if (response.status === 404) {
        await response.body?.cancel();
        return null;
      }
      if (response.status !== (range ? 206 : 200)) throw await failure("give a blob", response);
      return response.body ?? emptyStream();
    },
    async delete(keys) {
      for (const key of keys) await ask("remove a blob", addressOf(key), { method: "DELETE" }, [204, 200, 404]);
    },
    async *list() {
      for (let token: string | undefined, more = true; more; ) {
        const query = new URLSearchParams({
          "list-type": "2",
          ...(token !== undefined && { "continuation-token": token }),
        });
        const text = await (await ask("list blobs", `${url}/?${query}`, {})).text();
        yield* listed(text);
        [token] = elements(text, "NextContinuationToken");
        more = token !== undefined;
      }
    },
  };
}

const emptyStream = (): ReadableStream<Uint8Array> => new ReadableStream({ start: (controller) => controller.close() });

function listed(xml: string): StoredBlob[] {
  const sizes = elements(xml, "Size");
  return elements(xml, "Key").map((key, index) => ({ key, size: Number(sizes[index]) }));
}

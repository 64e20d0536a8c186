import { createHash, randomUUID } from "node:crypto";

/** What S3 answers when it does not do what it is asked. */
export class S3Error extends Error {
  override readonly name = "S3Error";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

export interface Asked {
  readonly method: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly range: string | undefined;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

interface Part {
  readonly tag: string;
  readonly bytes: Buffer;
}

const tagOf = (bytes: Buffer) => `"${createHash("md5").update(bytes).digest("hex")}"`;
const xml = (text: string): Answer => ({
  status: 200,
  headers: { "content-type": "application/xml" },
  body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`),
});

/** All parts but the last have at least so many bytes. */
const leastPart = 5 * 1024 * 1024;

/** Objects by their keys, and multipart uploads that are under way. */
export class Bucket {
  readonly objects = new Map<string, Buffer>();
  readonly uploads = new Map<string, { readonly key: string; readonly parts: Map<number, Part> }>();
  readonly #pageSize: number;

  constructor(pageSize: number) {
    this.#pageSize = pageSize;
  }

  perform(asked: Asked): Answer {
    const { method, key, query } = asked;
    if (key === "") {
      if (method === "GET" && query.get("list-type") === "2") return this.#list(query);
      throw new S3Error(501, "NotImplemented");
    }
    if (query.has("uploads") && method === "POST") return this.#begin(key);
    if (query.has("uploadId")) return this.#upload(asked);
    if (method === "PUT") return this.#put(key, asked.body);
    if (method === "GET" || method === "HEAD") return this.#get(key, asked.range);
    if (method !== "DELETE") throw new S3Error(405, "MethodNotAllowed");
    this.objects.delete(key);
    return { status: 204 };
  }

  #put(key: string, bytes: Buffer): Answer {
    this.objects.set(key, bytes);
    return { status: 200, headers: { etag: tagOf(bytes) } };
  }

  #get(key: string, range: string | undefined): Answer {
    const bytes = this.objects.get(key);
    if (!bytes) throw new S3Error(404, "NoSuchKey");
    if (range === undefined) return { status: 200, headers: { etag: tagOf(bytes) }, body: bytes };
    const [, first = "", last = ""] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
    if (first === "" || Number(first) >= bytes.length) throw new S3Error(416, "InvalidRange");
    const end = Math.min(Number(last), bytes.length - 1);
    return {
      status: 206,
      headers: { "content-range": `bytes ${first}-${end}/${bytes.length}` },
      body: bytes.subarray(Number(first), end + 1),
    };
  }

  #list(query: URLSearchParams): Answer {
    const after = query.get("continuation-token") ?? query.get("start-after") ?? "";
    const most = Math.min(Number(query.get("max-keys") ?? this.#pageSize), this.#pageSize);
    const left = [...this.objects].filter(([key]) => key > after).sort(([one], [other]) => (one < other ? -1 : 1));
    const here = left.slice(0, most);
    const next = left.length > most ? here.at(-1)?.[0] : undefined;
    const contents = here.map(([key, { length }]) => `<Contents><Key>${key}</Key><Size>${length}</Size></Contents>`);
    const more = next === undefined ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`;
    return xml(
      `<ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${more}${contents.join("")}</ListBucketResult>`,
    );
  }

  #begin(key: string): Answer {
    const id = randomUUID();
    this.uploads.set(id, { key, parts: new Map() });
    return xml(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
  }

  #upload({ method, key, query, body }: Asked): Answer {
    const id = query.get("uploadId") ?? "";
    const upload = this.uploads.get(id);
    if (upload?.key !== key) throw new S3Error(404, "NoSuchUpload");
    if (method === "PUT") {
      const part = { tag: tagOf(body), bytes: body };
      upload.parts.set(Number(query.get("partNumber")), part);
      return { status: 200, headers: { etag: part.tag } };
    }
    if (method === "DELETE") {
      this.uploads.delete(id);
      return { status: 204 };
    }
    return this.#complete(id, upload, body.toString());
  }

  #complete(
    id: string,
    { key, parts }: { readonly key: string; readonly parts: Map<number, Part> },
    listed: string,
  ): Answer {
    const wanted = [...listed.matchAll(/<PartNumber>(\d+)<\/PartNumber>\s*<ETag>([^<]*)<\/ETag>/g)];
    const whole = wanted.map(([, number, tag = ""]) => {
      const part = parts.get(Number(number));
      if (part?.tag !== tag.replaceAll("&quot;", '"')) throw new S3Error(400, "InvalidPart");
      return part.bytes;
    });
    if (whole.length === 0) throw new S3Error(400, "MalformedXML");
    if (whole.slice(0, -1).some(({ length }) => length < leastPart)) throw new S3Error(400, "EntityTooSmall");
    this.objects.set(key, Buffer.concat(whole));
    this.uploads.delete(id);
    return xml("<CompleteMultipartUploadResult></CompleteMultipartUploadResult>");
  }
}

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Who may ask. */
export interface Account {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Signed {
  readonly method: string;
  /** Path and query, as they stand in the request. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();

/** RFC 3986, as AWS has it. */
const encoded = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

function canonicalQuery(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join("&");
}

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** How far the clocks may be apart, in milliseconds. */
const mostApart = 15 * 60 * 1000;

/**
 * Why the request's signature (AWS Signature Version 4, in headers) does not count, as a code of S3's; undefined where it does.
 * The body must be what was signed.
 */
export function signatureError({ method, target, headers, body }: Signed, account: Account): string | undefined {
  const [, keyId, day = "", region = "", names = "", signature = ""] =
    authorization.exec(headers.authorization ?? "") ?? [];
  if (keyId === undefined) return "AccessDenied";
  if (keyId !== account.accessKeyId) return "InvalidAccessKeyId";
  const at = String(headers["x-amz-date"]);
  const sent = Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (!at.startsWith(day) || !(Math.abs(Date.now() - sent) < mostApart)) return "RequestTimeTooSkewed";
  const payload = String(headers["x-amz-content-sha256"]);
  if (payload !== "UNSIGNED-PAYLOAD" && payload !== sha256(body)) return "XAmzContentSHA256Mismatch";
  const listed = names.split(";");
  if (!listed.includes("host") || !listed.includes("x-amz-date")) return "AccessDenied";
  const [path = "", query = ""] = target.split("?", 2);
  const canonical = [
    method,
    path,
    canonicalQuery(query),
    ...listed.map(
      (name) =>
        `${name}:${String(headers[name] ?? "")
          .trim()
          .replaceAll(/ +/g, " ")}`,
    ),
    "",
    names,
    payload,
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", at, scope, sha256(canonical)].join("\n");
  const key = [region, "s3", "aws4_request"].reduce<Buffer>(
    (previous, part) => hmac(previous, part),
    hmac(`AWS4${account.secretAccessKey}`, day),
  );
  const right = timingSafeEqual(Buffer.from(signature, "hex"), hmac(key, toSign));
  return right ? undefined : "SignatureDoesNotMatch";
}

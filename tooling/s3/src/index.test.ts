import { AwsClient } from "aws4fetch";
import { expect, onTestFinished, test } from "vitest";
import { startS3Server } from "./index.ts";

async function opened() {
  const server = await startS3Server();
  onTestFinished(() => server.close());
  const client = (secretAccessKey = server.account.secretAccessKey, accessKeyId = server.account.accessKeyId) =>
    new AwsClient({ accessKeyId, secretAccessKey, service: "s3", region: "auto", retries: 0 });
  return { server, client };
}

test("takes what is signed with the account's secret, and nothing else", async () => {
  const { server, client } = await opened();
  const put = (by: AwsClient) => by.fetch(`${server.url}/a b`, { method: "PUT", body: "x" });
  expect((await put(client())).status).toBe(200);
  for (const [by, code] of [
    [client("another"), "SignatureDoesNotMatch"],
    [client(undefined, "AKIDOTHER"), "InvalidAccessKeyId"],
  ] as const) {
    const refused = await put(by);
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining(code)]);
  }
  expect((await fetch(`${server.url}/a`)).status).toBe(403);
  expect([...server.bucket.objects.keys()]).toEqual(["a b"]);
});

test("a signature is for one request", async () => {
  const { server, client } = await opened();
  const signed = await client().sign(`${server.url}/a?x=1`, {
    method: "PUT",
    body: "hello",
    headers: { "x-amz-content-sha256": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" },
  });
  const send = (url: string, init: RequestInit) => fetch(url, { headers: signed.headers, ...init });
  expect((await send(signed.url, { method: "PUT", body: "hello" })).status).toBe(200);
  expect((await send(signed.url, { method: "PUT", body: "jello" })).status).toBe(403);
  expect((await send(`${server.url}/b?x=1`, { method: "PUT", body: "hello" })).status).toBe(403);
  expect((await send(`${server.url}/a?x=2`, { method: "PUT", body: "hello" })).status).toBe(403);
  expect((await send(signed.url, { method: "DELETE" })).status).toBe(403);
});

test("parts become an object when they are the ones that were sent, each large enough", async () => {
  const { server, client } = await opened();
  const s3 = client();
  const begin = async () => {
    const text = await (await s3.fetch(`${server.url}/big?uploads`, { method: "POST" })).text();
    return /<UploadId>([^<]+)</.exec(text)?.[1];
  };
  const part = async (id: string | undefined, number: number, body: string) =>
    (await s3.fetch(`${server.url}/big?partNumber=${number}&uploadId=${id}`, { method: "PUT", body })).headers.get(
      "etag",
    );
  const complete = async (id: string | undefined, tags: readonly (string | null)[]) => {
    const parts = tags.map((tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${tag}</ETag></Part>`);
    const body = `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`;
    return (await s3.fetch(`${server.url}/big?uploadId=${id}`, { method: "POST", body })).status;
  };
  const small = await begin();
  expect(await complete(small, [await part(small, 1, "a"), await part(small, 2, "b")])).toBe(400);
  const id = await begin();
  const tags = [await part(id, 1, "a".repeat(5 * 1024 * 1024)), await part(id, 2, "b")];
  expect(await complete(id, [tags[1] ?? "", tags[0] ?? ""])).toBe(400);
  expect(await complete(id, tags)).toBe(200);
  expect(server.bucket.objects.get("big")).toHaveLength(5 * 1024 * 1024 + 1);
});

import { startS3Server } from "@steward/s3";
import { expect, onTestFinished, test } from "vitest";
import { s3Blobs } from "./s3.ts";
import { specifyStore } from "./testing/specify-store.ts";

specifyStore("S3", async () => {
  const server = await startS3Server({ pageSize: 10 });
  const store = s3Blobs({ url: server.url, region: "auto", ...server.account });
  return { store, close: server.close };
});

test("S3 is told in one sentence that says nothing of the secret when the account is wrong", async () => {
  const server = await startS3Server();
  onTestFinished(() => server.close());
  const store = s3Blobs({ url: server.url, region: "auto", ...server.account, secretAccessKey: "another-secret" });
  const error: unknown = await store.get("a").catch((cause: unknown) => cause);
  expect(String(error)).toBe(
    "S3Failure: The store of blobs has answered 403 SignatureDoesNotMatch when it was asked to give a blob",
  );
});

test("S3 is left nothing of a large upload that breaks off", async () => {
  const server = await startS3Server();
  onTestFinished(() => server.close());
  const store = s3Blobs({ url: server.url, region: "auto", ...server.account });
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent++ < 20) controller.enqueue(new Uint8Array(1_000_000));
      else controller.error(new Error("The line is dead"));
    },
  });
  await expect(store.put("a", body)).rejects.toThrow("The line is dead");
  expect(server.bucket.uploads.size).toBe(0);
});

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeFile, writePieces } from "./write-file.ts";

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "steward-write-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "written");
}

const streamOf = (chunks: readonly Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test.each([
  ["nothing", 0, 1],
  ["nothing but empty pieces", 3, 0],
  ["one byte at a time", 300_000, 1],
  ["pieces as a socket gives them, so many that the disk is told in between", 700, 65_536],
  ["pieces that are larger than what is written at once", 5, 1_000_003],
])("a file is what came: %s", async (_, count, length) => {
  const path = newPath();
  const bytes = Buffer.alloc(count * length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = (at * 31 + (at >> 8)) & 255;
  await writeFile(
    path,
    streamOf(Array.from({ length: count }, (_, n) => bytes.subarray(n * length, (n + 1) * length))),
  );
  expect(digest(readFileSync(path))).toBe(digest(bytes));
});

test("a file that was there is written anew", async () => {
  const path = newPath();
  await writeFile(path, streamOf([Buffer.from("long before")]));
  await writeFile(path, streamOf([Buffer.from("short")]));
  expect(readFileSync(path, "utf8")).toBe("short");
});

test("what a disk does not take at once is given to it again", async () => {
  const path = newPath();
  const file = await open(path, "w");
  const reluctant = {
    writev: ([first = new Uint8Array(), second = new Uint8Array()]: readonly Uint8Array[]) =>
      file.writev([first, second.subarray(0, 2)]),
  };
  await writePieces(
    reluctant,
    ["one", "", "three", "four", "seventeen"].map((text) => Buffer.from(text)),
  );
  await file.close();
  expect(readFileSync(path, "utf8")).toBe("onethreefourseventeen");
});

test("bytes that break off are told of, with the reason", async () => {
  const broken = new Error("the line is dead");
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array(300_000));
      controller.error(broken);
    },
  });
  await expect(writeFile(newPath(), body)).rejects.toBe(broken);
});

/** A device that is always full: Linux has it. */
test.runIf(process.platform === "linux")(
  "a disk that takes no more is told of, and lets go of the sender",
  async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
      cancel() {
        cancelled = true;
      },
    });
    await expect(writeFile("/dev/full", body)).rejects.toMatchObject({ code: "ENOSPC" });
    expect(cancelled).toBe(true);
  },
);

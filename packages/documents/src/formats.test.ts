import { inflateSync } from "node:zlib";
import type { DocumentFormat, DocumentPiece } from "@steward/core";
import { expect, test } from "vitest";
import { bounded } from "./bounded.ts";
import { type DocumentLimits, roomyLimits } from "./limits.ts";
import { encodedPng } from "./png.ts";
import { keptRaster } from "./rasters.ts";
import { readBytes, readDocument } from "./reader.ts";
import { bytesOf } from "./testing/bytes.ts";
import { docxOf } from "./testing/docx-samples.ts";
import { pagesPdf } from "./testing/pdf-samples.ts";
import { lyingPng, pngOf, talkingJpeg } from "./testing/pictures.ts";
import { dateText } from "./xlsx-parts.ts";

async function pieces(format: DocumentFormat, bytes: Uint8Array<ArrayBuffer>, limits: Partial<DocumentLimits> = {}) {
  const all: DocumentPiece[] = [];
  for await (const piece of readBytes(format, bytes, { ...roomyLimits, ...limits })) all.push(piece);
  return all;
}

const texts = async (format: DocumentFormat, text: string) =>
  (await pieces(format, bytesOf(text))).map((piece) =>
    piece.kind === "text" ? [piece.headings, piece.text] : [piece.kind],
  );

test("Markdown stands under its headings, each of which is the first line of what it heads", async () => {
  expect(
    await texts("markdown", "start\n# A\none\n### C\ntwo\n## B ##\nthree\n\nSet\n---\nfour\n~~~\n# no\n~~~~\n# E\n"),
  ).toEqual([
    [[], "start"],
    [["A"], "# A\none"],
    [["A", "C"], "### C\ntwo"],
    [["A", "B"], "## B ##\nthree\n"],
    [["A", "Set"], "Set\n---\nfour\n~~~\n# no\n~~~~"],
    [["E"], "# E\n"],
  ]);
});

test("HTML stands under its headings, in the lines that a reader sees", async () => {
  expect(
    await texts("html", "a<h2>B <i>b</i></h2>c<br>d<p>e<div>f</div><h1>G</h1><table><tr><th>h<td>i<p>j<p>k</table>"),
  ).toEqual([
    [[], "a"],
    [["B b"], "B b\n\nc\nd\n\ne\n\nf"],
    [["G"], "G\n\nh\ti\nj\nk"],
  ]);
});

test("rows of CSV stand under the first one, unless that has a number", async () => {
  expect(await texts("csv", 'a|b\n1|"x\ny"\n')).toEqual([[["a\tb"], "a\tb\n1\tx y"]]);
  expect(await texts("csv", "1,2\n3,4\n")).toEqual([[[], "1\t2\n3\t4"]]);
});

test("serial numbers are dates as Excel shows them", () => {
  expect(dateText(1, "date", false)).toBe("1900-01-01");
  expect(dateText(59, "date", false)).toBe("1900-02-28");
  expect(dateText(61, "date", false)).toBe("1900-03-01");
  expect(dateText(45_413.75, "both", false)).toBe("2024-05-01 18:00:00");
  expect(dateText(0.25, "time", false)).toBe("06:00:00");
  expect(dateText(0, "date", true)).toBe("1904-01-01");
  expect(dateText(1e300, "date", false)).toBe("1e+300");
});

async function* of(text: string): AsyncGenerator<DocumentPiece> {
  yield { kind: "text", text, page: 3, sheet: null, headings: [] };
}

test("a long text is cut behind a line, a word or a character, and nothing of it is lost", async () => {
  for (const part of ["line of words\n", "word ", "x", "😀"]) {
    const whole = part.repeat(20_000);
    const cut: string[] = [];
    for await (const piece of bounded(of(whole), roomyLimits)) if (piece.kind === "text") cut.push(piece.text);
    expect(cut.join("") === whole).toBe(true);
    expect(cut.every((text) => text.length <= 32_768 && text.isWellFormed() && text.length % part.length === 0)).toBe(
      true,
    );
  }
});

test("each limit is that of the platform", async () => {
  const failed = (message: RegExp) =>
    expect.objectContaining({ outcome: "failed", message: expect.stringMatching(message) });
  await expect(pieces("pdf", await pagesPdf(4), { pages: 3 })).rejects.toEqual(failed(/has 4 pages, and at most 3/));
  await expect(pieces("text", bytesOf("x".repeat(101)), { characters: 100 })).rejects.toEqual(failed(/more than 100/));
  await expect(pieces("html", bytesOf("<i>".repeat(9)), { depth: 8 })).rejects.toEqual(failed(/too deep/));
  await expect(pieces("docx", docxOf("<w:p/>"), { entries: 2 })).rejects.toEqual(
    failed(/3 files within, and at most 2/),
  );
  await expect(pieces("docx", docxOf("<w:p/>"), { entryBytes: 99 })).rejects.toEqual(failed(/too large/));
  const body = new Blob([bytesOf("x".repeat(101))]).stream();
  const reading = readDocument("text", body, { ...roomyLimits, bytes: 100 });
  await expect(reading.next()).rejects.toEqual(failed(/more than/));
});

test("an error of the stream is passed on as it is, and it is cancelled when it is not read on", async () => {
  const lost = new Error("lost");
  const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(lost) });
  await expect(readDocument("text", broken, roomyLimits).next()).rejects.toBe(lost);
  let isCancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1000)),
    cancel() {
      isCancelled = true;
    },
  });
  await expect(readDocument("text", endless, { ...roomyLimits, bytes: 5000 }).next()).rejects.toThrow(/more than/);
  expect(isCancelled).toBe(true);
});

test("a PNG is made of pixels, and has them all", async () => {
  const data = Uint8Array.from({ length: 20 * 17 * 4 }, (_, at) => (at * 13) % 256);
  const bytes = Buffer.from(await encodedPng({ data, width: 20, height: 17, channels: 4 }));
  const at = bytes.indexOf("IDAT");
  const rows = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  const decoded = Array.from({ length: 17 }, (_, row) => {
    const line = rows.subarray(row * 81 + 1, (row + 1) * 81);
    for (let byte = 4; byte < 80; byte++) line[byte] = ((line[byte] ?? 0) + (line[byte - 4] ?? 0)) & 255;
    return line;
  });
  expect(Buffer.concat(decoded).equals(Buffer.from(data))).toBe(true);
});

test("of a PNG or JPEG only its picture is kept, and of one too large or too small nothing", async () => {
  const png = await pngOf(40, 30);
  const note = Buffer.from("\0\0\0\x06tEXtsecret\0\0\0\0", "latin1");
  const talking = Buffer.concat([png.subarray(0, 33), note, png.subarray(33), Buffer.from("behind")]);
  expect(keptRaster(talking, 2000)).toEqual({ bytes: png, contentType: "image/png", width: 40, height: 30 });
  expect(keptRaster(png, 1199)).toBeUndefined();
  expect(keptRaster(await lyingPng(60_000, 60_000), 16_000_000)).toBeUndefined();
  expect(keptRaster(await pngOf(40, 15), 2000)).toBeUndefined();
  const jpeg = keptRaster(talkingJpeg(), 2000);
  expect(jpeg).toMatchObject({ contentType: "image/jpeg", width: 32, height: 32 });
  expect(Buffer.from(jpeg?.bytes ?? []).toString("latin1")).not.toMatch(/secret|behind/);
});

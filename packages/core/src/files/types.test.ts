import { expect, test } from "vitest";
import { Sampler } from "../blobs/sample.ts";
import { cleanName, longestName } from "./names.ts";
import { textType, textTypes, typeOf, whyUnread } from "./types.ts";

const bytesOf = (content: string | readonly number[]): Uint8Array =>
  typeof content === "string" ? new TextEncoder().encode(content) : Uint8Array.from(content);

function sampleOf(...pieces: readonly (string | readonly number[] | Uint8Array)[]) {
  const sampler = new Sampler();
  for (const piece of pieces) sampler.add(piece instanceof Uint8Array ? piece : bytesOf(piece));
  return sampler.sample;
}

const joined = (parts: readonly Uint8Array[]) => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => {
    whole.set(part, at);
    return at + part.length;
  }, 0);
  return whole;
};

/** An archive that compresses nothing. */
function zipOf(entries: readonly (readonly [name: string, content: string])[]): Uint8Array {
  const number = (value: number, size: number) =>
    Uint8Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** index) % 256);
  const fields = (name: Uint8Array, content: Uint8Array) =>
    joined([
      number(0, 2),
      number(0, 2),
      number(0, 4),
      number(0, 4),
      number(content.length, 4),
      number(content.length, 4),
      number(name.length, 2),
      number(0, 2),
    ]);
  const [local, central]: [Uint8Array[], Uint8Array[]] = [[], []];
  let offset = 0;
  for (const [entry, text] of entries) {
    const [name, content] = [bytesOf(entry), bytesOf(text)];
    const here = joined([bytesOf("PK\u0003\u0004"), number(20, 2), fields(name, content), name, content]);
    central.push(
      joined([
        bytesOf("PK\u0001\u0002"),
        number(20, 2),
        number(20, 2),
        fields(name, content),
        number(0, 2),
        number(0, 2),
        number(0, 2),
        number(0, 4),
        number(offset, 4),
        name,
      ]),
    );
    local.push(here);
    offset += here.length;
  }
  const directory = joined(central);
  const end = [bytesOf("PK\u0005\u0006"), number(0, 4), number(entries.length, 2), number(entries.length, 2)];
  return joined([...local, directory, ...end, number(directory.length, 4), number(offset, 4), number(0, 2)]);
}

const office = "application/vnd.openxmlformats-officedocument";
const docx = `${office}.wordprocessingml.document`;
const xlsx = `${office}.spreadsheetml.sheet`;
const declares = (type: string): readonly [string, string] => [
  "[Content_Types].xml",
  `<Types><Override PartName="/x.xml" ContentType="${type}.main+xml"/></Types>`,
];
const big = "x".repeat(200_000);
const macros = "application/vnd.ms-word.document.macroEnabled";

test.each([
  // Text is what its name says.
  ["prices.csv", "a,b\n1,2\n", "text/csv", "csv"],
  ["PRICES.TSV", "a\tb\n", "text/csv", "csv"],
  ["page.html", "<!doctype html><script>alert(1)</script>", "text/html", "html"],
  ["page.txt", "<!doctype html><script>alert(1)</script>", "text/plain", "text"],
  ["page", "<html>", "text/plain", "text"],
  ["readme.md", "# Hello", "text/markdown", "markdown"],
  ["main.py", "print('ä')", "text/plain", "code"],
  ["app.js", "alert(1)", "text/plain", "code"],
  ["data.json", '{"a": 1}', "text/plain", "code"],
  ["picture.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "text/plain", "code"],
  ["feed.xml", '<?xml version="1.0"?><feed/>', "text/plain", "code"],
  ["picture.png", '<?xml version="1.0"?><svg onload="alert(1)"/>', "text/plain", "text"],
  ["empty.csv", "", "text/csv", "csv"],
  ["letter.pdf", "This is no PDF.", "text/plain", "text"],
  ["list.exe", "MZ is how this sentence begins.", "text/plain", "text"],
  ["bm.txt", "BM and GIF8 are words here.", "text/plain", "text"],
  ["latin.txt", [0x4b, 0xfc, 0x63, 0x68, 0x65], "text/plain", "text"],
  ["wide.csv", [0xff, 0xfe, 0x61, 0, 0x2c, 0, 0x62, 0, 0x0a, 0], "text/csv", "csv"],
  ["wide.txt", [0xfe, 0xff, 0, 0x61, 0, 0x0a], "text/plain", "text"],
  ["wide.bin", [0xff, 0xfe, 0x61, 0, 0x01, 0], "application/octet-stream", null],
  ["letter.rtf", "{\\rtf1 Hello}", "application/rtf", null],
  // What is no text is what it is, whatever its name says.
  ["letter.txt", "%PDF-1.7\nall of it is text", "application/pdf", "pdf"],
  ["scan.html", [...bytesOf("%PDF-1.4\n"), 0, 1, 2], "application/pdf", "pdf"],
  ["mail.pdf", [0, 1, 2, ...bytesOf("\n%PDF-1.4\n")], "application/pdf", "pdf"],
  [
    "photo.txt",
    [
      0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
      6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54, 0, 0, 0, 0,
    ],
    "image/png",
    null,
  ],
  ["photo.html", [0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0], "image/jpeg", null],
  ["old.docx", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0, 0, 0, 0, 0], "application/x-cfb", null],
  ["page.html", "<html>\0", "application/octet-stream", null],
  ["page.xml", '<?xml version="1.0"?>\0', "application/octet-stream", null],
  ["data.csv", [1, 2, 3, 4, 5], "application/octet-stream", null],
] as const)("%s with %j is %s, read as %s", async (name, content, contentType, format) => {
  expect(await typeOf(sampleOf(content), name)).toEqual({ contentType, format });
});

test.each([
  ["a document", [declares(docx), ["word/document.xml", "<w/>"]], docx, "docx"],
  ["one that says so at its end", [["word/document.xml", big], declares(docx)], docx, "docx"],
  ["a sheet", [declares(xlsx), ["xl/workbook.xml", "<w/>"]], xlsx, "xlsx"],
  ["one that says so at its end", [["xl/workbook.xml", big], declares(xlsx)], xlsx, "xlsx"],
  [
    "a presentation",
    [declares(`${office}.presentationml.presentation`), ["ppt/presentation.xml", "<p/>"]],
    `${office}.presentationml.presentation`,
    null,
  ],
  [
    "one with macros",
    [declares(macros), ["word/document.xml", "<w/>"], ["word/vbaProject.bin", "x"]],
    "application/vnd.ms-word.document.macroenabled.12",
    null,
  ],
  [
    "one with macros that it hides",
    [declares(docx), ["word/document.xml", big], ["word/vbaProject.bin", "x"]],
    "application/zip",
    null,
  ],
  ["any archive", [["a.txt", "word/document"]], "application/zip", null],
  ["a book", [["mimetype", "application/epub+zip"]], "application/epub+zip", null],
] as const)("of archives %s is told", async (_, entries, contentType, format) => {
  const zip = zipOf(entries);
  // Also where it comes in pieces of any size.
  for (const size of [zip.length, 1000, 70_000]) {
    const pieces = Array.from({ length: Math.ceil(zip.length / size) }, (_, at) =>
      zip.slice(at * size, (at + 1) * size),
    );
    expect(await typeOf(sampleOf(...pieces), "file.docx")).toEqual({ contentType, format });
  }
});

test("a sample is the first and the last 64 KiB, whichever pieces they come in", () => {
  const whole = Uint8Array.from({ length: 300_001 }, (_, at) => (at * 7 + (at >> 8)) % 256);
  const edge = 64 * 1024;
  for (const length of [0, 10, edge - 1, edge, edge + 1, 2 * edge + 5, whole.length])
    for (const size of [1000, 4096, edge, 100_000, 400_000]) {
      const bytes = whole.subarray(0, length);
      const pieces = Array.from({ length: Math.ceil(length / size) }, (_, at) =>
        bytes.slice(at * size, (at + 1) * size),
      );
      const { head, tail } = sampleOf(...pieces);
      expect(Buffer.compare(head, bytes.subarray(0, edge))).toBe(0);
      expect(Buffer.compare(tail, bytes.subarray(Math.max(0, length - edge)))).toBe(0);
    }
});

test("text has no other types than those that follow its name", () => {
  for (const name of ["a.txt", "a.csv", "a.htm", "a.MD", "a.rs", "a", ".env"])
    expect(textTypes).toContain(textType(name).contentType);
});

test.each([
  ["plan.docx", "plan.docx"],
  ["../../etc/passwd", "passwd"],
  ["C:\\temp\\plan.docx", "plan.docx"],
  ["a/b\\c.txt", "c.txt"],
  [" \t a b.txt \n", "a b.txt"],
  ["in\u202evoice\u2066\u200f\ufeff.txt\u0000\u001b\u0085", "invoice.txt"],
  ["e\u0301.txt", "\u00e9.txt"],
  ["\u{1f469}\u200d\u{1f4bb}.txt", "\u{1f469}\u200d\u{1f4bb}.txt"],
  [".env", ".env"],
  ["...", "..."],
  ["", null],
  [".", null],
  ["..", null],
  ["a/", null],
  ["a/..", null],
  [" \u202e ", null],
])("the name %j is kept as %j", (given, kept) => {
  expect(cleanName(given)).toBe(kept);
});

test("a long name keeps its ending, and no half of a character", () => {
  for (const ending of ["", ".txt", ".markdown"]) {
    for (const letter of ["x", "\u{1f433}"]) {
      for (const before of ["", "y"]) {
        const name = cleanName(before + letter.repeat(300) + ending) ?? "";
        expect([name.length <= longestName && name.length >= longestName - 1, name.isWellFormed()]).toEqual([
          true,
          true,
        ]);
        expect(name.endsWith(letter + ending)).toBe(true);
      }
    }
  }
  expect(cleanName(`a.${"x".repeat(300)}`)).toHaveLength(longestName);
});

test("says why nothing is read", () => {
  expect(whyUnread("application/x-cfb")).toContain("without a password");
  expect(whyUnread("image/png")).toBe("No text is read from pictures");
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing.ts";
import { Folder } from "./folder.ts";
import { fromFile, survivesInFile, toFile } from "./texts.ts";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(fc.constantFrom("a", " ", "\t", "\n", "\r", "\r\n", "\uFEFF", "\u2028", "é", "😀"))
    .map((parts) => parts.join("")),
);

test("a text that survives in a file comes out of it as it was", async () => {
  const path = temporaryFolder();
  const folder = await Folder.open(path, { create: false });
  await fc.assert(
    fc.asyncProperty(text.filter(survivesInFile), async (given) => {
      await folder.write("text.md", toFile(given));
      const content = await folder.read("text.md");
      expect("text" in content && fromFile(content.text)).toBe(given);
    }),
    { numRuns: 300 },
  );
});

test("CRLF, a byte order mark and a missing line break at the end are what editors make of a file", async () => {
  const path = temporaryFolder();
  const folder = await Folder.open(path, { create: false });
  for (const [written, meant] of [
    ["a\r\nb\r\n", "a\nb"],
    ["\uFEFFa\n", "a"],
    ["a", "a"],
    ["", ""],
    ["\n", ""],
    ["a\n\n", "a\n"],
  ] as const) {
    writeFileSync(join(path, "text.md"), written);
    const content = await folder.read("text.md");
    expect("text" in content && fromFile(content.text)).toBe(meant);
  }
});

test("what such reading would change does not survive", () => {
  for (const given of ["a\r\n", "\r", "\uFEFFa"]) expect(survivesInFile(given)).toBe(false);
});

import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing.ts";
import { Folder } from "./folder.ts";
import { problemLine } from "./problem.ts";

/** A folder with these files, and another beside it that is none of its business. */
async function folderWith(files: Readonly<Record<string, string>>) {
  const whole = temporaryFolder();
  const [path, outside] = [join(whole, "inside"), join(whole, "outside")];
  mkdirSync(path);
  mkdirSync(join(outside, "sales"), { recursive: true });
  writeFileSync(join(outside, "secret"), "secret");
  writeFileSync(join(outside, "sales/assistant.yaml"), "secret");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, outside, folder: await Folder.open(path, { create: false }) };
}

const outsideOf = (path: string) => [readdirSync(path).sort(), readFileSync(join(path, "secret"), "utf8")];

test("finds what lies in the layout, and leaves the rest alone", async () => {
  const { folder } = await folderWith({
    "ada/sales/assistant.yaml": "",
    "ada/sales/instructions.md": "",
    "ada/sales/notes.txt": "",
    "ada/drafts/notes.txt": "",
    "README.md": "",
    "docs/guide/deep/assistant.yaml": "",
    ".git/hooks/assistant.yaml": "",
    Makefile: "",
  });
  const { places, problems } = await folder.assistants();
  expect([places.map(({ naturalId }) => naturalId), problems]).toEqual([["ada:sales"], []]);
});

test("says what looks like an assistant and is none", async () => {
  const { path, outside, folder } = await folderWith({
    "Ada/sales/assistant.yaml": "",
    "ada/sales-draft/assistant.yaml": "",
    "ada/half/instructions.md": "",
    "ada/other/assistant.yml": "",
  });
  symlinkSync(outside, join(path, "eve"));
  symlinkSync(join(outside, "sales"), join(path, "ada/linked"));
  symlinkSync(join(outside, "secret"), join(path, "a-file"));
  symlinkSync(join(outside, "nothing"), join(path, "broken"));
  const { places, problems } = await folder.assistants();
  expect([places, problems.map(problemLine)]).toEqual([
    [],
    [
      "eve: Is a symbolic link, which may lead out of here",
      expect.stringMatching(/^Ada\/sales\/assistant\.yaml: Its folders must be called/),
      "ada/linked: Is a symbolic link, which may lead out of here",
      "ada/half/instructions.md: There is no assistant.yaml beside it",
      "ada/other/assistant.yml: Call it assistant.yaml",
      expect.stringMatching(/^ada\/sales-draft\/assistant\.yaml: /),
    ],
  ]);
});

test("reads nothing through a link, nothing huge, nothing that is no text", async () => {
  const { path, outside, folder } = await folderWith({ "ada/huge/assistant.yaml": "a".repeat(1024 * 1024 + 1) });
  mkdirSync(join(path, "ada/sales"));
  symlinkSync(join(outside, "secret"), join(path, "ada/sales/assistant.yaml"));
  symlinkSync(outside, join(path, "eve"));
  mkdirSync(join(path, "ada/folder/assistant.yaml"), { recursive: true });
  mkdirSync(join(path, "ada/bytes"));
  writeFileSync(join(path, "ada/bytes/assistant.yaml"), Buffer.from([0x61, 0xff]));
  const link = { unreadable: "Is a symbolic link, which may lead out of here", safe: false };
  expect(await folder.read("ada/sales/assistant.yaml")).toEqual(link);
  expect(await folder.read("eve/sales/assistant.yaml")).toEqual({
    ...link,
    unreadable: expect.stringMatching(/^eve is a symbolic link/),
  });
  expect(await folder.read("ada/folder/assistant.yaml")).toEqual({ unreadable: "Is a folder", safe: false });
  expect(await folder.read("ada/huge/assistant.yaml")).toMatchObject({
    unreadable: expect.stringMatching(/^Larger/),
    safe: true,
  });
  expect(await folder.read("ada/bytes/assistant.yaml")).toEqual({ unreadable: "Is not UTF-8", safe: true });
  expect(await folder.read("ada/none/assistant.yaml")).toEqual({ missing: true });
});

test("writes and removes nothing through a link", async () => {
  const { path, outside, folder } = await folderWith({});
  const before = outsideOf(outside);
  symlinkSync(outside, join(path, "eve"));
  mkdirSync(join(path, "ada"));
  symlinkSync(join(outside, "sales"), join(path, "ada/sales"));
  symlinkSync(join(outside, "secret"), join(path, "ada/secret"));
  for (const name of ["eve/new", "eve/sales/assistant.yaml", "ada/sales/assistant.yaml"]) {
    await expect(folder.write(name, "x")).rejects.toThrow("symbolic link");
    await expect(folder.remove(name)).rejects.toThrow("symbolic link");
  }
  await folder.write("ada/secret", "mine");
  expect(readFileSync(join(path, "ada/secret"), "utf8")).toBe("mine");
  expect(outsideOf(outside)).toEqual(before);
  expect(existsSync(join(outside, "sales/assistant.yaml"))).toBe(true);
});

test("writes whole files, and leaves no other behind", async () => {
  const { path, folder } = await folderWith({ "ada/sales/assistant.yaml": "old" });
  await folder.write("ada/sales/assistant.yaml", "new");
  await folder.write("ben/sales/assistant.yaml", "first");
  expect(readdirSync(join(path, "ada/sales"))).toEqual(["assistant.yaml"]);
  expect(readFileSync(join(path, "ben/sales/assistant.yaml"), "utf8")).toBe("first");
  mkdirSync(join(path, "ada/sales/instructions.md"));
  await expect(folder.write("ada/sales/instructions.md", "x")).rejects.toThrow();
  expect(readdirSync(join(path, "ada/sales"))).toEqual(["assistant.yaml", "instructions.md"]);
});

test("removes what is empty then, and nobody else's files", async () => {
  const { path, folder } = await folderWith({
    "ada/sales/assistant.yaml": "",
    "ben/a/assistant.yaml": "",
    "ben/a/notes.txt": "",
  });
  for (const name of ["ada/sales/assistant.yaml", "ben/a/assistant.yaml", "ben/b/assistant.yaml"])
    await folder.remove(name);
  expect(readdirSync(path)).toEqual(["ben"]);
  expect(readdirSync(join(path, "ben/a"))).toEqual(["notes.txt"]);
});

test("a folder that is none is refused, and one that is missing is made only for a pull", async () => {
  const path = temporaryFolder();
  writeFileSync(join(path, "file"), "");
  await expect(Folder.open(join(path, "file"), { create: true })).rejects.toThrow("is no folder");
  await expect(Folder.open(join(path, "none"), { create: false })).rejects.toThrow("There is no");
  const folder = await Folder.open(join(path, "none/yet"), { create: true });
  expect((await folder.assistants()).places).toEqual([]);
  expect(existsSync(join(path, "none"))).toBe(false);
  await folder.write("ada/a/assistant.yaml", "x");
  expect(readFileSync(join(path, "none/yet/ada/a/assistant.yaml"), "utf8")).toBe("x");
});

import { lstat, mkdir, readdir, readFile, realpath, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import { documentFile, type Files, fileNames, instructionsFile, isNaturalId, type Place, placeOf } from "./layout.ts";
import type { Problem } from "./problem.ts";

/** As much as a server takes in one request. */
const largestFile = 1024 * 1024;

type Kind = "nothing" | "file" | "folder" | "link" | "other";

async function kindOf(path: string): Promise<Kind> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  if (!found) return "nothing";
  if (found.isSymbolicLink()) return "link";
  return found.isFile() ? "file" : found.isDirectory() ? "folder" : "other";
}

const whatIs: Readonly<Record<Exclude<Kind, "nothing">, string>> = {
  file: "a file",
  folder: "a folder",
  link: "a symbolic link, which may lead out of here",
  other: "no file",
};

/** What stands in a file, or why it cannot be told; `safe` says whether it may be written over. */
export type Content =
  | { readonly text: string }
  | { readonly missing: true }
  | { readonly unreadable: string; readonly safe: boolean };

async function contentOf(path: string): Promise<Content> {
  const kind = await kindOf(path);
  if (kind === "nothing") return { missing: true };
  if (kind !== "file") return { unreadable: `Is ${whatIs[kind]}`, safe: false };
  if ((await stat(path)).size > largestFile) return { unreadable: "Larger than 1 MiB: no server takes it", safe: true };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path)) };
  } catch (error) {
    if (error instanceof TypeError) return { unreadable: "Is not UTF-8", safe: true };
    throw error;
  }
}

/** A folder of assistants. Nothing outside of it is read or written, whatever it holds and whatever a server says. */
export class Folder {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  /** `create` makes one that is not there. Throws a {@link Failure} when it is no folder. */
  static async open(path: string, { create }: { readonly create: boolean }): Promise<Folder> {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    if (found ? !found.isDirectory() : !create)
      throw new Failure(found ? `${path} is no folder` : `There is no ${path}`);
    return new Folder(found ? await realpath(path) : path);
  }

  /** The assistants that it holds in the layout, in the order of their paths, and what looks like one and is none. */
  async assistants(): Promise<{ readonly places: readonly Place[]; readonly problems: readonly Problem[] }> {
    const [places, problems]: [Place[], Problem[]] = [[], []];
    for (const owner of await this.#foldersIn("", problems)) {
      for (const slug of await this.#foldersIn(owner, problems)) {
        const path = `${owner}/${slug}`;
        const names = await this.#namesIn(path);
        const own = fileNames.find((name) => names.includes(name));
        const message = !own ? null : misplaced(own, `${owner}:${slug}`);
        if (own && message !== null) problems.push({ file: `${path}/${own}`, line: null, message });
        else if (own) places.push(placeOf(`${owner}:${slug}`));
        else if (names.includes("assistant.yml"))
          problems.push({ file: `${path}/assistant.yml`, line: null, message: `Call it ${documentFile}` });
      }
    }
    return { places, problems };
  }

  content({ path }: Place, name: keyof Files): Promise<Content> {
    return this.read(`${path}/${name}`);
  }

  /** Reads a file, after a look at each folder on the way to it. */
  async read(path: string): Promise<Content> {
    const steps = path.split("/");
    for (let length = 1; length < steps.length; length += 1) {
      const folder = steps.slice(0, length).join("/");
      const kind = await kindOf(join(this.#root, folder));
      if (kind === "nothing") return { missing: true };
      if (kind !== "folder") return { unreadable: `${folder} is ${whatIs[kind]}`, safe: false };
    }
    return contentOf(join(this.#root, path));
  }

  /** Puts a text under a name at once and whole, so that whoever reads meanwhile, or a kill, finds the old or the new. */
  async write(path: string, text: string): Promise<void> {
    const steps = path.split("/");
    const name = steps.pop() ?? "";
    await mkdir(this.#root, { recursive: true });
    let folder = this.#root;
    for (const step of steps) {
      folder = join(folder, step);
      const kind = await kindOf(folder);
      if (kind === "nothing") await mkdir(folder);
      else if (kind !== "folder") throw new Failure(`${folder} is ${whatIs[kind]}`);
    }
    const draft = join(folder, `.${name}.${crypto.randomUUID()}`);
    try {
      await writeFile(draft, text, { flag: "wx" });
      await rename(draft, join(folder, name));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  /** Takes a file away, and the folders above it that are empty then. */
  async remove(path: string): Promise<void> {
    const content = await this.read(path);
    if ("missing" in content) return;
    if ("unreadable" in content && !content.safe) throw new Failure(`${path}: ${content.unreadable}`);
    await rm(join(this.#root, path));
    const steps = path.split("/").slice(0, -1);
    for (; steps.length > 0; steps.pop()) {
      const folder = join(this.#root, ...steps);
      if ((await readdir(folder)).length > 0) return;
      await rmdir(folder);
    }
  }

  async #namesIn(path: string): Promise<string[]> {
    const names = await readdir(join(this.#root, path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    return names.filter((name) => !name.startsWith(".")).sort();
  }

  /** A link to a folder is a problem: what it leads to would neither be read nor count as gone. */
  async #foldersIn(path: string, problems: Problem[]): Promise<string[]> {
    const folders: string[] = [];
    for (const name of await this.#namesIn(path)) {
      const whole = join(this.#root, path, name);
      const kind = await kindOf(whole);
      if (kind === "folder") folders.push(name);
      else if (kind === "link" && (await leadsToFolder(whole)))
        problems.push({ file: join(path, name), line: null, message: `Is ${whatIs.link}` });
    }
    return folders;
  }
}

const leadsToFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

function misplaced(file: keyof Files, naturalId: string): string | null {
  if (!isNaturalId(naturalId)) return `Its folders must be called as the assistant is, which cannot be ${naturalId}`;
  return file === instructionsFile ? `There is no ${documentFile} beside it` : null;
}

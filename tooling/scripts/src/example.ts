/**
 * Installs `@steward/client` as a stranger would: packs it, installs examples/typescript-client with the tarball in a
 * temporary folder, checks its types with TypeScript 5.9 and 7 and what an editor shows, and runs it against a server.
 *
 *     node tooling/scripts/src/example.ts [http://localhost:8787 [username [password]]]
 *
 * Without a URL it does all but run.
 */
import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { checkEditor } from "./editor.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const pnpm = [
  "-y",
  (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { packageManager: string }).packageManager,
];

function run(cwd: string, command: string, ...args: readonly string[]): void {
  console.log(`$ ${command} ${args.join(" ")}`);
  execFileSync(command, args, { cwd, stdio: ["ignore", "inherit", "inherit"] });
}

/** The packed client in `folder`, under the name that the example's package.json gives it. */
function pack(folder: string): void {
  run(join(root, "packages/client"), "npx", ...pnpm, "pack", "--pack-destination", folder);
}

/** The example with its dependencies, and with TypeScript 7 beside its own 5.9. */
function install(folder: string): void {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  manifest.devDependencies["typescript-7"] = "npm:typescript@7.0.2";
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  run(folder, "npx", ...pnpm, "install", "--prefer-offline", "--ignore-workspace");
}

/** That nothing is published which an app would have to install for nothing, or must not see. */
function checkPublished(folder: string): void {
  const published = join(folder, "node_modules/@steward/client");
  const files = readdirSync(published, { recursive: true, encoding: "utf8" }).filter(
    (name) => !name.startsWith("node_modules"),
  );
  console.log(files.join("  "));
  for (const name of files.filter((file) => /\.(js|ts)$/.test(file))) {
    const text = readFileSync(join(published, name), "utf8");
    const foreign = /from "(?!\.\/|@trpc\/|superjson")[^"]*"/.exec(text);
    if (foreign) throw new Error(`${name} imports ${foreign[0]}`);
  }
}

/** The example, installed. */
export interface Example {
  /** Checks its types with one of the installed compilers. Throws when they do not hold. */
  checkTypes(compiler: (typeof compilers)[number]): void;
  /** Checks what an editor shows and offers. */
  checkEditor(): void;
  /** Runs it against a server. Rejects when it finds anything else than it expects. */
  run(url: string, username: string, password: string): Promise<void>;
  close(): void;
}

export const compilers = ["typescript", "typescript-7"] as const;

export function installExample(): Example {
  const folder = mkdtempSync(join(tmpdir(), "steward-example-"));
  const close = () => rmSync(folder, { recursive: true, force: true });
  try {
    cpSync(join(root, "examples/typescript-client"), folder, { recursive: true });
    pack(folder);
    install(folder);
    checkPublished(folder);
  } catch (error) {
    close();
    throw error;
  }
  return {
    checkTypes: (compiler) => run(folder, process.execPath, join("node_modules", compiler, "lib/tsc.js"), "-p", "."),
    checkEditor: () => checkEditor(folder),
    async run(...server) {
      const { stdout } = await promisify(execFile)(process.execPath, ["src/main.ts", ...server], { cwd: folder });
      process.stdout.write(stdout);
    },
    close,
  };
}

if (import.meta.main) {
  const example = installExample();
  try {
    for (const compiler of compilers) example.checkTypes(compiler);
    example.checkEditor();
    const [url, username = "admin", password = process.env.STEWARD_ADMIN_PASSWORD ?? ""] = process.argv.slice(2);
    if (url !== undefined) await example.run(url, username, password);
  } finally {
    example.close();
  }
}

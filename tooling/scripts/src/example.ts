/**
 * Installs `@steward/client` as a stranger would: packs it, installs examples/typescript-client with the tarball in a
 * temporary folder, checks its types with TypeScript 5.9 and 7 and what an editor shows, and runs it against a server.
 *
 *     node tooling/scripts/src/example.ts [http://localhost:8787 [username [password]]]
 *
 * Without a URL it does all but run.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
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

const folder = mkdtempSync(join(tmpdir(), "steward-example-"));
try {
  cpSync(join(root, "examples/typescript-client"), folder, { recursive: true });
  pack(folder);
  install(folder);
  checkPublished(folder);
  for (const compiler of ["typescript", "typescript-7"]) {
    run(folder, process.execPath, join("node_modules", compiler, "lib/tsc.js"), "-p", ".");
  }
  checkEditor(folder);
  const server = process.argv.slice(2);
  if (server.length > 0) run(folder, process.execPath, "src/main.ts", ...server);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

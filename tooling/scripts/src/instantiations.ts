/**
 * What an operation costs the type checker: type instantiations of TypeScript 5.9, of programs that grow by one layer
 * each. Fails when an operation costs more than its budget. `--typescript-7` measures with the TypeScript of this
 * workspace, on one thread, since each of its threads counts what it shares with the others.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { operations } from "@steward/core";

/** How many instantiations an operation may cost in all, above the libraries and what all operations share. */
const budget = 1500;

const path = (relative: string) => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));
const compiler = process.argv.includes("--typescript-7")
  ? [path("node_modules/.bin/tsc"), "--singleThreaded"]
  : [process.execPath, path("tooling/scripts/node_modules/typescript-5/lib/tsc.js")];

/** Below the package, so that the programs find its dependencies; below node_modules, so that nothing else finds them. */
mkdirSync(path("packages/trpc/node_modules"), { recursive: true });
const folder = mkdtempSync(path("packages/trpc/node_modules/.instantiations-"));

function measure(name: string, lines: readonly string[]): number {
  const file = join(folder, `${name}.ts`);
  writeFileSync(file, lines.join("\n"));
  const project = join(folder, `${name}.json`);
  const compilerOptions = { types: ["node"], typeRoots: [path("node_modules/@types")] };
  writeFileSync(project, JSON.stringify({ extends: path("tsconfig.base.json"), compilerOptions, files: [file] }));
  const [command = "", ...first] = compiler;
  const { stdout, status } = spawnSync(command, [...first, "-p", project, "--extendedDiagnostics"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`The program "${name}" has errors:\n${stdout.slice(0, 2000)}`);
  return Number(/Instantiations:\s+(\d+)/.exec(stdout)?.[1]);
}

const core = path("packages/core/src");
const shared = readdirSync(core, { withFileTypes: true })
  .filter((entry) => entry.isFile() && /^(?!index|registry).*(?<!\.test|\.test-d)\.ts$/.test(entry.name))
  .map(({ name }) => `import ${JSON.stringify(join(core, name))};`);
const libraries = ['import "@trpc/server"; import "@trpc/server/adapters/fetch"; import "superjson"; import "zod";'];
const registry = `import ${JSON.stringify(join(core, "registry.ts"))};`;
const router = `import type { AppRouter } from ${JSON.stringify(path("packages/trpc/src/router.ts"))}; export type { AppRouter };`;
const client = [
  'import { createTRPCClient } from "@trpc/client";',
  "declare const client: ReturnType<typeof createTRPCClient<AppRouter>>;",
  ...Object.entries(operations).flatMap(([group, members]) =>
    Object.entries(members).map(([name, { http }]) => {
      const call = `client.${group}.${name}.${http.startsWith("GET ") ? "query" : "mutate"}`;
      return `export const ${group}_${name} = (input: Parameters<typeof ${call}>[0]) => ${call}(input);`;
    }),
  ),
];

try {
  const programs: readonly (readonly [string, readonly string[]])[] = [
    ["libraries and what operations share", [...libraries, ...shared]],
    ["with all operations", [...libraries, ...shared, registry]],
    ["with the router", [...libraries, ...shared, registry, router]],
    ["with a client that calls each", [...libraries, ...shared, registry, router, ...client]],
  ];
  const count = Object.values(operations).reduce((sum, members) => sum + Object.keys(members).length, 0);
  const totals = programs.map(([name, lines], index) => [name, measure(`program${index}`, lines)] as const);
  const baseline = totals[0]?.[1] ?? 0;
  const each = (total: number) => Math.round((total - baseline) / count);
  for (const [name, total] of totals)
    console.log(`${name.padEnd(40)} ${String(total).padStart(9)} ${String(each(total)).padStart(7)} an operation`);
  const spent = each(totals.at(-1)?.[1] ?? 0);
  console.log(`${count} operations, ${spent} instantiations each; the budget is ${budget}`);
  if (!(spent <= budget)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

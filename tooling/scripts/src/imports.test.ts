import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const tool = (name: string) => join(root, "node_modules/.bin", name);

let copy: string;

/** A copy of the repository, to break rules in. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "steward-imports-"));
  const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  execFileSync("git", ["init", "-q"], { cwd: copy });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Where a module is imported, and the module. */
const forbidden = [
  ["packages/core/src", "node:fs"],
  ["packages/core/src", "hono"],
  ["packages/core/src", "@trpc/server"],
  ["packages/core/src/assistants", "@steward/db/node"],
  ["packages/rest/src", "node:crypto"],
  ["packages/trpc/src", "node:http"],
  ["packages/server/src", "node:http"],
  ["packages/auth/src", "node:crypto"],
  ["packages/client/src", "node:fs"],
  ["packages/core/src", "libsql"],
  ["packages/rest/src", "lucia"],
] as const;

describe("biome holds who may import what from outside", () => {
  const paths = forbidden.map(([folder], index) => `${folder}/example-${index}.ts`);
  const allowed = "packages/core/src/example.ts";
  let said: string;

  /** All at once, for biome takes longer to start than to look. */
  beforeAll(() => {
    for (const [index, [, module]] of forbidden.entries())
      writeFileSync(join(copy, paths[index] ?? ""), `import * as found from "${module}";\n\nconsole.log(found);\n`);
    writeFileSync(join(copy, allowed), 'import * as z from "zod";\n\nexport const Text = z.string();\n');
    const args = ["lint", "--colors=off", "--max-diagnostics=none", ...paths, allowed];
    const { stdout, stderr } = spawnSync(tool("biome"), args, { cwd: copy, encoding: "utf8" });
    for (const path of [...paths, allowed]) rmSync(join(copy, path));
    said = stdout + stderr;
  });

  const complaint = (path: string) => new RegExp(`^${path}:\\d+:\\d+ lint/\\w+/noRestrictedImports`, "m");

  test.each(forbidden.map(([folder, module], index) => [folder, module, paths[index] ?? ""]))(
    "%s may not import %s",
    (_folder, _module, path) => {
      expect(said).toMatch(complaint(path));
    },
  );

  test("what is allowed passes", () => {
    expect(said).toContain(`Checked ${paths.length + 1} files`);
    expect(said).not.toMatch(complaint(allowed));
  });
});

describe("turbo boundaries holds the floor plan", () => {
  const boundaries = () => spawnSync(tool("turbo"), ["boundaries", "--no-color"], { cwd: copy, encoding: "utf8" });

  test("it passes as it is", () => {
    expect(boundaries().stdout).toContain("no issues found");
  });

  test.each([
    ["packages/core", "@steward/rest"],
    ["packages/db", "@steward/core"],
    ["packages/rest", "@steward/trpc"],
    ["packages/client", "@steward/core"],
    ["apps/worker", "@steward/spec"],
  ])("%s may not depend on %s", (folder, dependency) => {
    const manifest = join(copy, folder, "package.json");
    const before = readFileSync(manifest, "utf8");
    const changed = JSON.parse(before);
    changed.dependencies = { ...changed.dependencies, [dependency]: "workspace:*" };
    writeFileSync(manifest, JSON.stringify(changed));
    const { status, stdout, stderr } = boundaries();
    writeFileSync(manifest, before);
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain(dependency);
  });

  test("a package may not reach into another's folder", () => {
    const file = join(copy, "packages/rest/src/etag.ts");
    const before = readFileSync(file, "utf8");
    appendFileSync(file, 'export * from "../../core/src/errors.ts";\n');
    const { status } = boundaries();
    writeFileSync(file, before);
    expect(status).not.toBe(0);
  });
});

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

/** What biome says of this file. */
function lint(path: string, source: string): string {
  const file = join(copy, path);
  writeFileSync(file, source);
  const { stdout, stderr } = spawnSync(tool("biome"), ["lint", "--colors=off", path], { cwd: copy, encoding: "utf8" });
  rmSync(file);
  return stdout + stderr;
}

describe("biome holds who may import what from outside", () => {
  test.each([
    ["packages/core/src/example.ts", "node:fs"],
    ["packages/core/src/example.ts", "hono"],
    ["packages/core/src/example.ts", "@trpc/server"],
    ["packages/core/src/assistants/example.ts", "@steward/db/node"],
    ["packages/rest/src/example.ts", "node:crypto"],
    ["packages/trpc/src/example.ts", "node:http"],
    ["packages/server/src/example.ts", "node:http"],
    ["packages/auth/src/example.ts", "node:crypto"],
    ["packages/client/src/example.ts", "node:fs"],
    ["packages/core/src/example.ts", "libsql"],
    ["packages/rest/src/example.ts", "lucia"],
  ])("%s may not import %s", (path, module) => {
    const source = `import * as found from "${module}";\n\nconsole.log(found);\n`;
    expect(lint(path, source)).toContain("noRestrictedImports");
  });

  test("what is allowed passes", () => {
    const source = 'import * as z from "zod";\n\nexport const Text = z.string();\n';
    expect(lint("packages/core/src/example.ts", source)).not.toContain("noRestrictedImports");
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

import { defineConfig } from "vitest/config";

const exclude = ["**/node_modules/**", "**/scratch/**"];
const common = { exclude, pool: "forks", testTimeout: 20_000, hookTimeout: 60_000 } as const;
const spec = "packages/spec/src/**/*.test.ts";
/** It measures the heap of its process. */
const alone = "packages/spec/src/garbage.test.ts";

export default defineConfig({
  test: {
    // Processes, not threads: the database driver is native, and some tests kill what they start.
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: "spec",
          include: [spec],
          exclude: [...exclude, alone],
          // Its files share a process, and in it what they import and their empty databases: that halves their time.
          isolate: false,
          setupFiles: ["packages/spec/src/testing/setup.ts"],
        },
      },
      {
        test: {
          ...common,
          name: "parts",
          include: ["{apps,tooling}/*/src/**/*.test.ts", "packages/!(spec)/src/**/*.test.ts", alone],
        },
      },
    ],
  },
});

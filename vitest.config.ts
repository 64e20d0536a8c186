import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{apps,packages,tooling}/*/src/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/scratch/**"],
    // Processes, not threads: the database driver is native, and some tests kill what they start.
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});

import { defineConfig } from "vitest/config";

/** Settings shared by every package: tests live in `test/`, mirror `src/`, and never depend on their order. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/browser/**"],
    sequence: { shuffle: { files: false, tests: true }, seed: 20260101 },
    testTimeout: 60_000,
    pool: "threads",
    maxWorkers: 2,
  },
});

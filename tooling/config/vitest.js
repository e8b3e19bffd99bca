import { defineConfig } from "vitest/config";

/**
 * Settings shared by every package: tests live in `test/`, mirror `src/`, and never depend on their order.
 * The counts go to `test-results/` as JSON: `npm test` adds them up over packages.
 */
export default defineConfig({
  test: {
    include: ["test/**/*.test.{ts,mjs}"],
    exclude: ["test/browser/**"],
    sequence: { shuffle: { files: false, tests: true }, seed: 20260101 },
    // Against hanging, not a measure of speed: a loaded machine may be many times slower than an idle one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "threads",
    maxWorkers: 2,
    reporters: ["default", "json"],
    outputFile: { json: "test-results/unit.json" },
  },
});

import { defineConfig } from "vitest/config";

/**
 * Tests that drive a real browser, `test/browser/`. They run in Node and hold a Chromium by `@mesoscope/config/browser`;
 * one file at a time, because a browser takes the whole machine.
 */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.{ts,mjs}"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "threads",
    fileParallelism: false,
    reporters: ["default", "json"],
    outputFile: { json: "test-results/browser.json" },
  },
});

/** @file A bundler that renames and folds whatever it can: the kernels are text and stay as they are, and gpu.js itself survives. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import type * as Package from "../src/index.js";

test("minified by esbuild, the package passes its own check in both modes of Node", async () => {
  const entry = fileURLToPath(new URL("../src/index.ts", import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, minify: true, format: "esm", write: false, logLevel: "warning" });
  const folder = mkdtempSync(join(tmpdir(), "minified-"));
  try {
    const file = join(folder, "bundle.mjs");
    writeFileSync(file, outputFiles[0]!.text);
    const { gpujsBackend } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as typeof Package;
    for (const mode of ["webasm", "cpu"] as const) {
      const backend = await gpujsBackend({ mode });
      expect((await backend.selfCheck()).passed).toBe(true);
      backend.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

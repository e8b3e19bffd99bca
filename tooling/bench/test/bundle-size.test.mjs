import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundleSize, bundleSizes } from "../src/bundle-size.mjs";

const big = Array.from({ length: 200 }, (_, i) => `  ${i}.5,`).join("\n");
let folder;
let pure;
let shared;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bundle-"));
  const write = (name, text) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  pure = write("pure.mjs", `export const table = /* @__PURE__ */ Float64Array.of(\n${big}\n);\nexport const small = (x) => x + 1;\n`);
  shared = write("shared.mjs", `const table = Float64Array.of(\n${big}\n);\nexport const heavy = (i) => table[i];\nexport class Stream { at(i) { return heavy(i); } next(x) { return x + 1; } }\nexport const small = (x) => new Stream().next(x);\n`);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it("counts the one function, not its neighbours", async () => {
  const [[, table], [, small]] = await bundleSizes(pure, ["table", "small"]);
  expect(small).toBeLessThan(60);
  expect(table).toBeGreaterThan(800);
  expect((await bundleSize(pure))[0]).toBeGreaterThanOrEqual(table);
});

it("sees what a method drags in", async () => {
  const [bytes, compressed] = await bundleSize(shared, ["small"]);
  expect(compressed).toBeLessThan(bytes);
  expect(bytes).toBeGreaterThan(800);
});

it("fails for a name that is not exported", async () => {
  await expect(bundleSize(pure, ["absent"])).rejects.toThrow();
});

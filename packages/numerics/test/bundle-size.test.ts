/**
 * @file What one imported function costs a page. `SIZES=write npx vitest run bundle-size` writes the table in the README anew.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundleSize, bundleSizes } from "@mesoscope/bench/bundle-size";
import { describe, expect, it } from "vitest";
import * as all from "../src/index.js";

const ENTRY = fileURLToPath(new URL("../src/index.ts", import.meta.url));
const README = new URL("../README.md", import.meta.url);
const BEGIN = "<!-- sizes: written by `SIZES=write npx vitest run bundle-size` -->";
const END = "<!-- /sizes -->";
/** No function alone may cost more. */
const LIMIT = 6000;
/** But these: their streams carry the normal law with its logarithm, or a discrete law with its exponential. */
const LARGER: Readonly<Record<string, number>> = { key: 7300, keyFromWords: 7300, drawBinomial: 6700, drawMultinomial: 7500 };

const sizes = await bundleSizes(ENTRY, Object.keys(all).sort());
const whole = await bundleSize(ENTRY);
if (process.env["SIZES"] === "write") {
  const readme = readFileSync(README, "utf8");
  const [before, rest] = readme.split(BEGIN);
  writeFileSync(README, `${before!}${table()}${rest!.split(END)[1]!}`);
}

function table(): string {
  const rows = sizes.map(([name, bytes, compressed]) => `| \`${name}\` | ${bytes} | ${compressed} |`);
  return [BEGIN, "| import | minified | compressed |", "| --- | ---: | ---: |", ...rows, `| everything | ${whole[0]} | ${whole[1]} |`, END].join("\n");
}

describe("single-function imports", () => {
  it.each(sizes)("%s alone stays below its limit: %i bytes, compressed %i", (name, bytes, compressed) => {
    expect(bytes).toBeGreaterThan(50);
    expect(bytes).toBeLessThan(LARGER[name] ?? LIMIT);
    expect(compressed).toBeLessThan(LIMIT);
  });

  it("are far smaller than everything together", () => {
    expect(whole[0]).toBeGreaterThan(LIMIT);
  });

  it("have their sizes in the README, within 2 % or 20 bytes", () => {
    const readme = readFileSync(README, "utf8");
    const listed = new Map(Array.from(readme.slice(readme.indexOf(BEGIN), readme.indexOf(END)).matchAll(/^\| `(\w+)` \| (\d+) \| \d+ \|$/gm), ([, name, bytes]) => [name!, Number(bytes)]));
    expect([...listed.keys()]).toEqual(sizes.map(([name]) => name));
    for (const [name, bytes] of sizes) expect(Math.abs(listed.get(name)! - bytes), name).toBeLessThanOrEqual(Math.max(20, 0.02 * bytes));
  });
});

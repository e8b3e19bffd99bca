/**
 * @file What a package promises about the size of its functions: every export alone, measured, held to a limit and listed in the README.
 * No test runner here: the checks are functions that throw, and the package's own test runs them.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundleSize, bundleSizes } from "./bundle-size.mjs";

export const BEGIN = "<!-- sizes: written by `SIZES=write npx vitest run bundle-size` -->";
export const END = "<!-- /sizes -->";
/** No function alone may cost more, minified, or compressed, unless it has a limit of its own. */
export const LIMIT = 6000;
/** Shorter text is no function: the bundle is empty. */
const LEAST = 50;
const ROW = /^\| `(\w+)` \| (\d+) \| (\d+) \|$/gm;

/** The checks of a package as [{ name, check }], after writing the table if `write` (given, or SIZES=write in the environment). */
export async function sizeChecks({ entry, readme, names, larger = {}, largerCompressed = {}, write = process.env.SIZES === "write" }) {
  const source = fileURLToPath(entry);
  const sizes = await bundleSizes(source, [...names].sort());
  const whole = await bundleSize(source);
  if (write) writeFileSync(readme, withTable(readFileSync(readme, "utf8"), sizes, whole));
  const alone = sizes.map((size) => ({ name: `${size[0]} alone stays below its limit`, check: () => within(size, larger[size[0]], largerCompressed[size[0]]) }));
  return [
    ...alone,
    { name: "everything together is larger than any of them", check: () => sizes.forEach(([name, bytes]) => assert.ok(bytes < whole[0], name)) },
    { name: "own limits are needed, and belong to an export", check: () => needed(sizes, larger, largerCompressed) },
    { name: "the README lists the sizes, within 2 % or 20 bytes", check: () => listed(readFileSync(readme, "utf8"), sizes) },
  ];
}

/** The README with the table between its marks made anew. */
export function withTable(text, sizes, whole) {
  const [from, to] = marks(text);
  const rows = sizes.map(([name, bytes, compressed]) => `| \`${name}\` | ${bytes} | ${compressed} |`);
  const table = [BEGIN, "| import | minified | compressed |", "| --- | ---: | ---: |", ...rows, `| everything | ${whole[0]} | ${whole[1]} |`, END];
  return text.slice(0, from) + table.join("\n") + text.slice(to);
}

/** Where the table begins and where the text after it does. */
function marks(text) {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END, from);
  assert.ok(from >= 0 && to >= 0, `the README has no place for the sizes: write ${BEGIN} and ${END} into it`);
  return [from, to + END.length];
}

function within([name, bytes, compressed], limit = LIMIT, compressedLimit = LIMIT) {
  assert.ok(bytes > LEAST, `${name}: ${bytes} bytes, an empty bundle`);
  assert.ok(bytes < limit, `${name}: ${bytes} bytes minified, limit ${limit}`);
  assert.ok(compressed < compressedLimit, `${name}: ${compressed} bytes compressed, limit ${compressedLimit}`);
}

/** A limit of its own that is no longer needed would hide the next growth. */
function needed(sizes, ...limits) {
  limits.forEach((larger, i) => {
    const bytesOf = new Map(sizes.map(([name, ...bytes]) => [name, bytes[i]]));
    for (const name of Object.keys(larger)) assert.ok((bytesOf.get(name) ?? 0) >= LIMIT, `${name}: ${bytesOf.get(name) ?? "no export"}, needs no limit of its own`);
  });
}

function listed(text, sizes) {
  const rows = new Map(Array.from(text.slice(...marks(text)).matchAll(ROW), ([, name, bytes, compressed]) => [name, [Number(bytes), Number(compressed)]]));
  const stale = "the table is out of date: SIZES=write npx vitest run bundle-size";
  assert.deepEqual([...rows.keys()], sizes.map(([name]) => name), stale);
  for (const [name, ...measured] of sizes) {
    measured.forEach((bytes, i) => assert.ok(Math.abs(rows.get(name)[i] - bytes) <= Math.max(20, 0.02 * bytes), `${name}: ${rows.get(name)[i]} listed, ${bytes} measured; ${stale}`));
  }
}

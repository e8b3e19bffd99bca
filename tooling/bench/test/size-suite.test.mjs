import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { BEGIN, END, LIMIT, sizeChecks } from "../src/size-suite.mjs";

// Numbers whose digits do not compress: some 15 kB minified, more than LIMIT after Brotli.
const digits = Array.from({ length: 900 }, (_, i) => String(((i + 1) * 0.6180339887498949) % 1));
const SOURCE = `
export const big = () => [${digits.join(", ")}];
export const small = (x) => ["some text of a length that no empty bundle has", x];
`;
const PLACE = `# Title\n\n${BEGIN}\n${END}\n\nAfter.\n`;
/** A limit that `big` keeps, both ways. */
const BIG = 20_000;
let folder;
let entry;
let readme;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sizes-"));
  entry = pathToFileURL(join(folder, "index.mjs"));
  readme = pathToFileURL(join(folder, "README.md"));
  writeFileSync(entry, SOURCE);
  writeFileSync(readme, PLACE);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Names of the checks that throw. */
async function broken(suite) {
  const checks = await sizeChecks({ entry, readme, names: ["small", "big"], larger: { big: BIG }, largerCompressed: { big: BIG }, write: false, ...suite });
  return checks.filter(({ check }) => throws(check)).map(({ name }) => name);
}

function throws(check) {
  try {
    check();
    return false;
  } catch {
    return true;
  }
}

it("writes a table which its own checks accept, and leaves the rest of the README", async () => {
  expect(await broken({ write: true })).toEqual([]);
  const text = readFileSync(readme, "utf8");
  expect(text).toMatch(/^# Title\n\n/);
  expect(text).toMatch(/<!-- \/sizes -->\n\nAfter\.\n$/);
  expect(text).toMatch(/\| `big` \| \d+ \| \d+ \|\n\| `small` \| \d+ \| \d+ \|\n\| everything \|/);
  expect(await broken({})).toEqual([]);
});

it("holds each export to its limit, minified and compressed", async () => {
  expect(await broken({ write: true, larger: {} })).toEqual(["big alone stays below its limit"]);
  expect(await broken({ write: true, largerCompressed: {} })).toEqual(["big alone stays below its limit"]);
});

it("refuses a limit that nothing needs any more", async () => {
  expect(await broken({ write: true, larger: { big: BIG, small: LIMIT + 1 } })).toEqual(["own limits are needed, and belong to an export"]);
  expect(await broken({ write: true, largerCompressed: { big: BIG, small: LIMIT + 1 } })).toEqual(["own limits are needed, and belong to an export"]);
  expect(await broken({ write: true, larger: { big: BIG, gone: LIMIT + 1 } })).toEqual(["own limits are needed, and belong to an export"]);
});

it("sees a table that is out of date or lacks a row", async () => {
  const list = "the README lists the sizes, within 2 % or 20 bytes";
  expect(await broken({})).toEqual([list]);
  await sizeChecks({ entry, readme, names: ["small", "big"], write: true });
  writeFileSync(readme, readFileSync(readme, "utf8").replace(/\| `big` \| \d+/, "| `big` | 4000"));
  expect(await broken({})).toEqual([list]);
});

it("says where the README lacks the place", async () => {
  writeFileSync(readme, "# Title\n");
  await expect(sizeChecks({ entry, readme, names: ["small"], write: true })).rejects.toThrow("no place for the sizes");
});

/** @file The literals in the source are those of the generator, all of them. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const SOURCE = new URL("../../src/elementary/", import.meta.url);
const source = readdirSync(SOURCE)
  .map((file) => readFileSync(new URL(file, SOURCE), "utf8"))
  .join("\n");
// Numbers as doubles: the source may write an exact value with more digits than its shortest form.
const literals = new Set(source.match(/0x[0-9a-f]+n|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g));

function generated(node: unknown): string[] {
  if (Array.isArray(node)) return node.filter((entry) => typeof entry === "string");
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([name, child]) => (name === "header" || name === "error" ? [] : generated(child)));
}

const wanted = generated(JSON.parse(readFileSync(new URL("../tables/coefficients.json", import.meta.url), "utf8")));

it("there are as many as expected", () => {
  expect(wanted.length).toBeGreaterThan(150);
});

it.each(wanted)("%s", (text) => {
  expect(literals.has(text) || literals.has(text.replace(/^-/, "")) || literals.has(text.replace(/\.0$/, ""))).toBe(true);
});

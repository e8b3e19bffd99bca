/** @file The literals in the source, and the tables it makes at load, are those of the generator, all of them. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ROOTS } from "../../src/elementary/exp.js";
import { NODES } from "../../src/elementary/log.js";

const SOURCE = new URL("../../src/elementary/", import.meta.url);
const source = readdirSync(SOURCE)
  .map((file) => readFileSync(new URL(file, SOURCE), "utf8"))
  .join("\n");
// Numbers as doubles: the source may write an exact value with more digits than its shortest form.
const literals = new Set(source.match(/0x[0-9a-f]+n|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g));

const MADE_AT_LOAD: Readonly<Record<string, Float64Array>> = { exp: ROOTS, log: NODES };
const TABLES = ["tableHigh", "tableLow"];

function generated(node: unknown, skipped: readonly string[]): string[] {
  if (Array.isArray(node)) return node.filter((entry) => typeof entry === "string");
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([name, child]) => (skipped.includes(name) ? [] : generated(child, name in MADE_AT_LOAD ? [...skipped, ...TABLES] : skipped)));
}

type Tables = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
const file: unknown = JSON.parse(readFileSync(new URL("../tables/coefficients.json", import.meta.url), "utf8"));
const wanted = generated(file, ["header", "error"]);

it("there are as many as expected", () => {
  expect(wanted.length).toBeGreaterThan(90);
});

it.each(Object.entries(MADE_AT_LOAD))("the table of %s, to the last bit", (name, table) => {
  const digits = TABLES.flatMap((part) => (file as Tables)[name]![part]!);
  expect(digits.length).toBe(table.length);
  digits.forEach((text, i) => {
    expect(table[i], `${name}, entry ${i}`).toBe(Number(text));
  });
});

it.each(wanted)("%s", (text) => {
  expect(literals.has(text) || literals.has(text.replace(/^-/, "")) || literals.has(text.replace(/\.0$/, ""))).toBe(true);
});

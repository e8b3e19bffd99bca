/** @file The table of the README: one column a mode. The columns of Node are exact; that of webgl2 is a browser's on this machine, and is written by the browser's test. */
import { readFileSync, writeFileSync } from "node:fs";
import { kernelNames } from "@mesoscope/kernels";
import { SUPPORT } from "../../src/limits.js";

export type Column = "webgl2" | "webasm" | "cpu";
export const COLUMNS: readonly Column[] = ["webgl2", "webasm", "cpu"];

const file = new URL("../../README.md", import.meta.url);
const TABLE = /(<!-- conformance:[^>]*-->\n)([\s\S]*?)(\n\n)/;

/** The ratios of one column as the README has them, by name of the row. */
export function writtenColumn(column: Column): Map<string, string> {
  const table = TABLE.exec(readFileSync(file, "utf8"))?.[2] ?? "";
  const rows = table.split("\n").slice(2).map((line) => line.split("|").map((cell) => cell.trim()));
  return new Map(rows.map((cells) => [cells[1] ?? "", cells[3 + COLUMNS.indexOf(column)] ?? ""]));
}

/** Writes one column, keeps the others, and makes the rows anew. */
export function writeColumn(column: Column, ratios: readonly (readonly [name: string, ratio: number])[]): void {
  const kept = new Map(COLUMNS.map((name) => [name, writtenColumn(name)]));
  kept.set(column, new Map(ratios.map(([name, ratio]) => [name, ratio.toFixed(3)])));
  const names = ["`attention-drift`, compensated", ...kernelNames.map((kernel) => `\`${kernel}\``)];
  const supported = (name: string): string => (name.includes(",") || Object.hasOwn(SUPPORT.kernels, name.slice(1, -1)) ? "f32" : "no");
  const head = `| kernel | supported | ${COLUMNS.join(" | ")} |\n| --- | --- |${" ---: |".repeat(COLUMNS.length)}`;
  const rows = names.map((name) => `| ${name} | ${supported(name)} | ${COLUMNS.map((one) => kept.get(one)?.get(name) ?? "").join(" | ")} |`);
  writeFileSync(file, readFileSync(file, "utf8").replace(TABLE, (_, mark: string, __, end: string) => `${mark}${[head, ...rows].join("\n")}${end}`));
}

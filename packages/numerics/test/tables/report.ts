/** @file The ratchet file and the README's accuracy table, both made from one measurement. */
import { readFileSync, writeFileSync } from "node:fs";
import type { Accuracy } from "./ulp.js";

/** Worst errors by function and regime. */
export type Accuracies = Record<string, Record<string, Accuracy>>;

const RATCHET = new URL("ratchet.json", import.meta.url);
const README = new URL("../../README.md", import.meta.url);
const BEGIN = "<!-- accuracy: written by `RATCHET=write npx vitest run accuracy` -->";
const END = "<!-- /accuracy -->";

export function readRatchet(): Accuracies {
  return JSON.parse(readFileSync(RATCHET, "utf8")) as Accuracies;
}

export function writeReports(measured: Accuracies): void {
  writeFileSync(RATCHET, `${JSON.stringify(measured, null, 1)}\n`);
  const readme = readFileSync(README, "utf8");
  writeFileSync(README, readme.replace(readmeTable(), accuracyTable(measured)));
}

/** The table as it stands in the README, markers included. */
export function readmeTable(): string {
  const readme = readFileSync(README, "utf8");
  return readme.slice(readme.indexOf(BEGIN), readme.indexOf(END) + END.length);
}

export function accuracyTable(measured: Accuracies): string {
  const rows = Object.entries(measured).flatMap(([name, regimes]) =>
    Object.entries(regimes).map(
      ([regime, { count, worstUlp, worstRelative }]) =>
        `| \`${name}\` | ${regime} | ${count} | ${worstUlp.toFixed(3)} | ${worstRelative.toExponential(1)} |`,
    ),
  );
  return [BEGIN, "| function | regime | count | worst ulp | worst relative |", "| --- | --- | ---: | ---: | ---: |", ...rows, END].join("\n");
}

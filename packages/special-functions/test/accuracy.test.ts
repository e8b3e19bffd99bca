/**
 * Measures every function against the reference tables and holds the figures to the ratchet in tables/accuracy.json.
 *
 * `MESOSCOPE_UPDATE_ACCURACY=1 npx vitest run test/accuracy.test.ts` writes lower figures and new rows into the ratchet,
 * and the table into README.md. It never raises a figure: to accept a loss, delete its row by hand, where a reader sees it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { measureAll, type Figure } from "./measure-accuracy.js";

const ratchetFile = new URL("tables/accuracy.json", import.meta.url);
const readmeFile = new URL("../README.md", import.meta.url);
const BEGIN = "<!-- accuracy: begin (written by test/accuracy.test.ts) -->";
const END = "<!-- accuracy: end -->";

const measured = measureAll();
if (process.env["MESOSCOPE_UPDATE_ACCURACY"] === "1") update();
const ratchet = readRatchet();

describe("accuracy against the reference tables", () => {
  it.each(measured)("$quantity, $regime: no figure grows", (figure) => {
    const kept = ratchet.find((r) => r.quantity === figure.quantity && r.regime === figure.regime);
    expect(kept, "a new row: run the update named at the top of this file").toBeDefined();
    expect(figure.count).toBe(kept?.count);
    expect(figure.worst).toBeLessThanOrEqual(kept?.worst ?? 0);
  });

  it("leaves no row of the ratchet unmeasured", () => {
    expect(measured.map(rowName).sort()).toEqual(ratchet.map(rowName).sort());
  });

  it("meets the goal of 1e-13 to order 256 and 1e-12 to order 1e4 for I, its scaled form and its ratio", () => {
    const bessel = measured.filter((f) => ["I", "exp(-x) I", "I(nu+1)/I(nu)"].includes(f.quantity));
    expect(bessel.length).toBeGreaterThan(20);
    for (const f of bessel) expect(f.worst).toBeLessThan(f.regime.includes("1e4") ? 1e-12 : 1e-13);
  });

  it("meets the goal of 2 ulp for erf and erfc (references are rounded, which adds up to a half and makes ulps whole)", () => {
    const found = measured.filter((f) => f.quantity === "erf" || f.quantity === "erfc");
    expect(found.length).toBeGreaterThan(12);
    for (const f of found) expect(f.worstUlp).toBeLessThanOrEqual(2);
  });

  it("shows the ratchet's figures in the README", () => {
    expect(readFileSync(readmeFile, "utf8")).toContain(`${BEGIN}\n${table(ratchet)}\n${END}`);
  });
});

function rowName(f: Figure): string {
  return `${f.quantity}, ${f.regime}`;
}

function readRatchet(): Figure[] {
  return JSON.parse(readFileSync(ratchetFile, "utf8")) as Figure[];
}

function update(): void {
  let old: Figure[] = [];
  try {
    old = readRatchet();
  } catch {
    // the first run makes the file
  }
  const rows = measured.map((f) => {
    const kept = old.find((r) => rowName(r) === rowName(f));
    return kept?.count === f.count && kept.worst <= f.worst ? kept : f;
  });
  writeFileSync(ratchetFile, `[\n${rows.map((r) => JSON.stringify(r)).join(",\n")}\n]\n`);
  const readme = readFileSync(readmeFile, "utf8");
  const [before] = readme.split(BEGIN);
  const after = readme.split(END)[1];
  writeFileSync(readmeFile, `${before ?? ""}${BEGIN}\n${table(rows)}\n${END}${after ?? ""}`);
}

function table(rows: readonly Figure[]): string {
  const lines = rows.map((r) => {
    const ulp = r.worstUlp === null ? "" : r.worstUlp.toFixed(1);
    return `| ${r.quantity} | ${r.regime} | ${r.count} | ${ulp} | ${r.worst.toExponential(1)} | ${r.measure} |`;
  });
  return ["| function | regime | count | worst ulp | worst relative | relative to |", "| --- | --- | ---: | ---: | ---: | --- |", ...lines].join("\n");
}

/**
 * Measures functions against the reference tables and holds the figures to the ratchet in tables/ratchet.json.
 *
 * `MESOSCOPE_UPDATE_ACCURACY=1 npx vitest run test/accuracy.test.ts` writes lower figures and new rows into the ratchet, and the table into README.md. It never raises a
 * figure: to accept a loss, delete its row by hand, where a reader sees it.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { funkHeckeRatio, geodesicDistance, logFunkHecke, sphericalHarmonics, vonMisesFisherMeanLength } from "../src/index.js";

type Row = readonly number[];
interface Figure {
  readonly quantity: string;
  readonly regime: string;
  readonly count: number;
  readonly worst: number;
  readonly measure: string;
}

const file = (name: string): URL => new URL(name, import.meta.url);
const tables = JSON.parse(readFileSync(file("tables/accuracy.json"), "utf8")) as Record<"funk-hecke" | "harmonics" | "distance", Record<string, readonly Row[]>>;

const relative = (value: number, reference: number): number => Math.abs(value - reference) / Math.abs(reference);
const quantities = [
  { name: "log c_k", table: tables["funk-hecke"], measure: "relative to max(1, value)", error: ([k, d, beta, log]: Row) => Math.abs(logFunkHecke(k!, d!, beta!) - log!) / Math.max(1, Math.abs(log!)) },
  { name: "c_k/c_0", table: tables["funk-hecke"], measure: "relative", error: ([k, d, beta, , ratio]: Row) => relative(funkHeckeRatio(k!, d!, beta!), ratio!) },
  { name: "von Mises-Fisher mean length", table: tables["funk-hecke"], measure: "relative", error: ([, d, beta, , , length]: Row) => relative(vonMisesFisherMeanLength(d!, beta!), length!) },
  {
    name: "spherical harmonic",
    table: tables.harmonics,
    measure: "relative to sqrt(2k + 1)",
    error: ([k, m, x, y, z, value]: Row) => Math.abs(sphericalHarmonics(Float64Array.of(x!, y!, z!), 1, k!)[k! * k! + k! + m!]! - value!) / Math.sqrt(2 * k! + 1),
  },
  { name: "distance", table: tables.distance, measure: "relative", error: (row: Row) => relative(geodesicDistance(row.slice(0, 3), row.slice(3, 6)), row[6]!) },
];
const measured: Figure[] = quantities.flatMap(({ name, table, measure, error }) =>
  Object.entries(table).map(([regime, rows]) => ({ quantity: name, regime, count: rows.length, worst: Math.max(...rows.map(error)), measure })),
);

const same = (one: Figure, other: Figure): boolean => one.quantity === other.quantity && one.regime === other.regime && one.count === other.count;
const BEGIN = "<!-- accuracy: begin (written by test/accuracy.test.ts) -->";
const END = "<!-- accuracy: end -->";
const shown = (rows: readonly Figure[]): string =>
  [
    BEGIN,
    "| quantity | regime | count | worst error | measure |",
    "| --- | --- | ---: | ---: | --- |",
    ...rows.map((row) => `| ${row.quantity} | ${row.regime} | ${row.count} | ${row.worst.toExponential(1)} | ${row.measure} |`),
    END,
  ].join("\n");

if (process.env["MESOSCOPE_UPDATE_ACCURACY"] === "1") update();
const ratchet = readRatchet();

describe("accuracy against the reference tables", () => {
  it.each(measured)("$quantity, $regime: no figure grows", (figure) => {
    const kept = ratchet.find((row) => same(row, figure));
    expect(kept, "a new row: run the update named at the top of this file").toBeDefined();
    expect(figure.worst).toBeLessThanOrEqual(kept!.worst);
  });

  it("leaves no row of the ratchet unmeasured, and shows it in the README", () => {
    expect(ratchet.every((row) => measured.some((figure) => same(row, figure)))).toBe(true);
    expect(readFileSync(file("../README.md"), "utf8")).toContain(shown(ratchet));
  });

  it("would notice arccos in place of the distance (negative control)", () => {
    const rows = tables.distance["nearby, 1e-8 .. 1e-3"]!;
    const worst = Math.max(...rows.map(([a, b, c, x, y, z, angle]) => relative(Math.acos(Math.min(1, a! * x! + b! * y! + c! * z!)), angle!)));
    expect(worst).toBeGreaterThan(0.1);
  });
});

function readRatchet(): Figure[] {
  return existsSync(file("tables/ratchet.json")) ? (JSON.parse(readFileSync(file("tables/ratchet.json"), "utf8")) as Figure[]) : [];
}

function update(): void {
  const old = readRatchet();
  const rows = measured.map((figure) => {
    const kept = old.find((row) => same(row, figure));
    return kept !== undefined && kept.worst <= figure.worst ? kept : figure;
  });
  writeFileSync(file("tables/ratchet.json"), `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`);
  const text = readFileSync(file("../README.md"), "utf8");
  writeFileSync(file("../README.md"), text.slice(0, text.indexOf(BEGIN)) + shown(rows) + text.slice(text.indexOf(END) + END.length));
}

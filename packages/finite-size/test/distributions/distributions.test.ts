import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { betaQuantile } from "../../src/distributions/beta.js";
import { chiSquareTail } from "../../src/distributions/chi-square.js";
import { incompleteBeta } from "../../src/distributions/incomplete-beta.js";
import { kolmogorovTail } from "../../src/distributions/kolmogorov.js";
import { logGamma } from "../../src/distributions/log-gamma.js";
import { normalCdf, normalQuantile, normalTail } from "../../src/distributions/normal.js";
import { studentQuantile, studentTail } from "../../src/distributions/student.js";

type Rows = readonly (readonly number[])[];
const table = JSON.parse(readFileSync(new URL("../fixtures/distributions.json", import.meta.url), "utf8")) as Record<string, Rows>;

/** Every row holds the arguments and then the value, which is met to a relative `tolerance`. */
function expectTable(name: string, of: (...x: number[]) => number, tolerance: number): void {
  const rows = table[name]!;
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows) {
    const expected = row.at(-1)!;
    const found = of(...row.slice(0, -1));
    expect(Math.abs(found - expected), `${name}(${row.slice(0, -1).join(", ")})`).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(expected), 1e-300));
  }
}

describe("standard laws against mpmath", () => {
  it("logGamma", () => {
    expectTable("logGamma", logGamma, 1e-13);
  });
  it("normalTail, far tail included", () => {
    expectTable("normalTail", normalTail, 1e-11);
  });
  it("studentTail", () => {
    expectTable("studentTail", studentTail, 1e-10);
  });
  it("chiSquareTail", () => {
    expectTable("chiSquareTail", chiSquareTail, 1e-10);
  });
  it("incompleteBeta", () => {
    expectTable("incompleteBeta", incompleteBeta, 1e-10);
  });
});

describe("quantiles undo distribution functions", () => {
  const probabilities = [1e-9, 0.001, 0.025, 0.4, 0.5, 0.8, 0.975, 0.9999];
  it.each(probabilities)("at %f", (p) => {
    expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12);
    for (const freedom of [1, 4, 100]) expect(1 - studentTail(studentQuantile(p, freedom), freedom)).toBeCloseTo(p, 12);
    expect(incompleteBeta(3, 8, betaQuantile(p, 3, 8))).toBeCloseTo(p, 12);
  });
});

it("Kolmogorov's law has the quantiles of the books: 1.3581 at 5 %, 1.6276 at 1 % (sqrt(n) D, large n)", () => {
  const n = 1e12;
  expect(kolmogorovTail(1.3581 / Math.sqrt(n), n)).toBeCloseTo(0.05, 4);
  expect(kolmogorovTail(1.6276 / Math.sqrt(n), n)).toBeCloseTo(0.01, 4);
  expect(kolmogorovTail(0, 10)).toBe(1);
});

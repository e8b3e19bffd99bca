/**
 * @file Every elementary function and every Gauss rule against its reference table, regime by regime. test/tables/ratchet.json
 * holds the worst error that was ever committed; no figure may grow. `RATCHET=write` writes that file and the README's table anew.
 */
import { describe, expect, it } from "vitest";
import { acos, asin, atan, atan2, cos, exp, expm1, log, log1p, sin, tanh } from "../src/index.js";
import { ruleEntry, ruleTables } from "./tables/rules.js";
import { accuracyTable, readmeTable, readRatchet, writeReports } from "./tables/report.js";
import type { Accuracies } from "./tables/report.js";
import { accuracy, errorInUlps, readTable, ulp } from "./tables/ulp.js";
import type { Elementary } from "./tables/ulp.js";

const FUNCTIONS: Record<string, Elementary> = {
  exp: (x) => exp(x),
  expm1: (x) => expm1(x),
  log: (x) => log(x),
  log1p: (x) => log1p(x),
  sin: (x) => sin(x),
  cos: (x) => cos(x),
  tanh: (x) => tanh(x),
  atan: (x) => atan(x),
  atan2: (y, x) => atan2(y, x),
  asin: (x) => asin(x),
  acos: (x) => acos(x),
};

const measured: Accuracies = {};
for (const [name, f] of Object.entries(FUNCTIONS)) {
  measured[name] = {};
  for (const [regime, rows] of Object.entries(readTable(name).regimes)) measured[name][regime] = accuracy(f, rows);
}
for (const [name, regimes] of Object.entries(ruleTables)) {
  measured[name] = {};
  for (const [regime, rows] of Object.entries(regimes)) measured[name][regime] = accuracy(ruleEntry(name, regime), rows);
}
if (process.env["RATCHET"] === "write") writeReports(measured);
const ratchet = readRatchet();

/** Ulps that the documentation promises; 1 unless named. */
const PROMISED: Record<string, number> = { asin: 1.5, acos: 1.5, gaussLegendre: 8, gaussHermite: 8, gaussGegenbauer: 12 };

describe.each(Object.keys(measured))("%s", (name) => {
  it.each(Object.keys(measured[name]!))("is no worse than committed: %s", (regime) => {
    const now = measured[name]![regime]!;
    const committed = ratchet[name]?.[regime];
    expect(committed).toBeDefined();
    expect(now.count).toBeGreaterThanOrEqual(committed!.count);
    expect(now.worstUlp).toBeLessThanOrEqual(committed!.worstUlp);
  });

  it("keeps the bound of its documentation", () => {
    const bound = PROMISED[name] ?? 1;
    for (const { worstUlp } of Object.values(measured[name]!)) expect(worstUlp).toBeLessThan(bound);
  });
});

describe("the measure", () => {
  it("knows the unit of the last place", () => {
    expect(ulp(1)).toBe(Number.EPSILON);
    expect(ulp(-1.999)).toBe(Number.EPSILON);
    expect(ulp(2)).toBe(2 * Number.EPSILON);
    expect(ulp(5e-324)).toBe(5e-324);
    expect(ulp(2.3e-308)).toBe(5e-324);
    expect(ulp(Number.MAX_VALUE)).toBe(2 ** 971);
    expect(errorInUlps(NaN, 1, 0)).toBe(Infinity);
  });

  // Known-wrong variants: each must be caught in the regime made for it.
  const wrong: [string, string, Elementary][] = [
    ["expm1", "tiny", (x) => exp(x) - 1],
    ["log1p", "tiny", (x) => log(1 + x)],
    ["sin", "near zeros", (x) => sin(x - Math.round(x / Math.PI) * Math.PI) * (Math.round(x / Math.PI) % 2 === 0 ? 1 : -1)],
    ["cos", "huge", (x) => cos(x % (2 * Math.PI))],
    ["tanh", "small", (x) => 1 - 2 / (exp(2 * x) + 1)],
    ["exp", "large", (x) => exp(x - Math.round(x / Math.LN2) * Math.LN2) * 2 ** Math.round(x / Math.LN2)],
    ["acos", "near one", (x) => Math.PI / 2 - asin(x)],
    ["atan2", "far apart", (y, x) => atan(y / x)],
  ];
  it.each(wrong)("catches a wrong %s (%s)", (name, regime, f) => {
    expect(accuracy(f, readTable(name).regimes[regime]!).worstUlp).toBeGreaterThan(3);
  });

  it("agrees with the table in the README", () => {
    expect(readmeTable()).toBe(accuracyTable(ratchet));
  });
});

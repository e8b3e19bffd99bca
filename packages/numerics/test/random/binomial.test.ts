import { describe, expect, it } from "vitest";
import { deviance, logBinomialDensity, stirlingError } from "../../src/random/binomial-density.js";
import {
  bandAboutNormal,
  logAcceptance,
  proposal,
  ratioToMode,
  transformedRejection,
  type TransformedRejection,
} from "../../src/random/binomial-rejection.js";
import { logDensities, stirlingErrors } from "./fixtures.js";

describe("the logarithm of the binomial law", () => {
  it.each(stirlingErrors)("stirlingError(%d) within 2e-16, a rounding of the logarithm it is added to", (n, value) => {
    expect(Math.abs(stirlingError(n) - value)).toBeLessThan(2e-16);
  });

  it.each(logDensities)("k = %d of n = %d, p = %d within 2e-13 of 50 digits", (k, n, p, value) => {
    expect(Math.abs(logBinomialDensity(k, n, p, 1 - p) - value)).toBeLessThan(2e-13 * Math.max(1, Math.abs(value)));
  });

  it("has a deviance without a seam where its series takes over", () => {
    const m = 1000;
    const seam = (1.1 / 0.9) * m;
    const below = deviance(seam * (1 - 1e-12), m);
    const above = deviance(seam * (1 + 1e-12), m);
    expect(Math.abs(above / below - 1)).toBeLessThan(1e-10);
    expect(deviance(m, m)).toBe(0);
  });
});

/** The least and greatest log acceptance: over all u, and where the squeeze accepts unseen. */
function scan(t: TransformedRejection): { greatest: number; leastInSqueeze: number; outside: number } {
  const steps = 4000;
  let greatest = -Infinity;
  let leastInSqueeze = Infinity;
  let outside = 0;
  for (let i = 0; i < steps; i += 1) {
    const u = (i + 0.5) / steps - 0.5;
    const k = proposal(t, u);
    const inSqueeze = 0.5 - Math.abs(u) >= 0.07;
    if (k < 0 || k > t.n) {
      if (inSqueeze) outside += 1;
      continue;
    }
    const acceptance = logAcceptance(t, u, k);
    greatest = Math.max(greatest, acceptance);
    if (inSqueeze) leastInSqueeze = Math.min(leastInSqueeze, acceptance);
  }
  return { greatest, leastInSqueeze, outside };
}

const ROUNDING = 1e-9;

describe("transformed rejection is exact", () => {
  const CASES: [number, number][] = [];
  for (const p of [0.5, 0.4, 0.25, 0.1, 0.01, 1e-6]) {
    for (const mean of [10, 10.3, 11, 15, 30, 100, 1000, 1e6]) CASES.push([Math.ceil(mean / p), p]);
  }
  CASES.push([1e15, 0.5], [1e15, 0.3], [1e15, 1e-14], [2 ** 53 - 1, 0.5]);

  it.each(CASES)("n = %d, p = %d: the hat lies above the law, the squeeze below it", (n, p) => {
    const constants = transformedRejection(n, p);
    const { greatest, leastInSqueeze, outside } = scan(constants);
    expect(greatest).toBeLessThanOrEqual(ROUNDING);
    expect(leastInSqueeze).toBeGreaterThanOrEqual(Math.log(constants.squeeze) - ROUNDING);
    expect(outside).toBe(0);
  });

  it("and the scan sees a hat 10 % too low and a squeeze 10 % too high", () => {
    const right = transformedRejection(1000, 0.25);
    expect(scan({ ...right, alpha: 0.9 * right.alpha }).greatest).toBeGreaterThan(ROUNDING);
    expect(scan(right).leastInSqueeze).toBeLessThan(Math.log(1.1 * right.squeeze));
  });

  it.each(CASES)("n = %d, p = %d: short cuts near and far from the mode decide as the law does", (n, p) => {
    const constants = transformedRejection(n, p);
    const { mode } = constants;
    const variance = n * p * (1 - p);
    const logRatio = (k: number): number => logBinomialDensity(k, n, p, 1 - p) - logBinomialDensity(mode, n, p, 1 - p);
    const reach = Math.floor(Math.min(variance / 2 - 1, 12 * Math.sqrt(variance)));
    for (const side of [-1, 1]) {
      for (let d = 0; d <= 20; d += 1) {
        const k = mode + side * d;
        if (k < 0 || k > n) continue;
        expect(Math.abs(Math.log(ratioToMode(constants, k)) - logRatio(k))).toBeLessThan(1e-13 + 1e-16 * Math.abs(mode));
      }
      for (let d = 21; d < reach; d += Math.ceil(reach / 300)) {
        const k = mode + side * d;
        if (k < 0 || k > n) continue;
        expect(Math.abs(logRatio(k) + (d * d) / (2 * variance))).toBeLessThanOrEqual(bandAboutNormal(d, variance) + ROUNDING);
      }
    }
  });
});

import { DomainError } from "@mesoscope/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digamma, gamma, logGamma, logPochhammer, trigamma } from "../../src/index.js";

const SEED = 20260101;
const positive = fc.double({ min: Math.log(1e-3), max: Math.log(1e4), noNaN: true }).map(Math.exp);
const check = (law: (x: number) => void): void => {
  fc.assert(fc.property(positive, law), { seed: SEED, numRuns: 500 });
};

describe("gamma and its logarithmic derivatives", () => {
  it("is the factorial at integers, exactly while it fits", () => {
    let factorial = 1;
    for (let n = 1; n <= 18; n++) {
      expect(Math.abs(gamma(n) - factorial) / factorial).toBeLessThanOrEqual(2.3e-16);
      factorial *= n;
    }
    expect([logGamma(1), logGamma(2)]).toEqual([0, 0]);
    expect(gamma(0.5)).toBeCloseTo(Math.sqrt(Math.PI), 15);
  });

  it("obeys log Gamma(x + 1) = log Gamma(x) + log x", () => {
    check((x) => {
      const y = 1 + x - x === 1 ? x : (1 + x) - 1; // x + 1 must be exact for the law to hold to ulps
      expect(Math.abs(logGamma(1 + y) - logGamma(y) - Math.log(y))).toBeLessThan(4e-15 * Math.max(1, y * Math.log(y + 1)));
    });
  });

  it("obeys Legendre's duplication formula", () => {
    check((x) => {
      const left = logGamma(2 * x);
      const right = (2 * x - 1) * Math.LN2 - 0.5 * Math.log(Math.PI) + logGamma(x) + logGamma(x + 0.5);
      expect(Math.abs(left - right)).toBeLessThan(1e-14 * Math.max(1, x * Math.log(x + 2)));
    });
  });

  it("has digamma and trigamma as its derivatives: recurrences and duplication", () => {
    check((x) => {
      expect(Math.abs(digamma(x + 1) - digamma(x) - 1 / x) * Math.min(x, 1)).toBeLessThan(3e-15 * Math.max(1, Math.log(x)));
      const half = 0.5 * (digamma(x) + digamma(x + 0.5)) + Math.LN2;
      expect(Math.abs(digamma(2 * x) - half) * Math.min(x, 1)).toBeLessThan(3e-15 * Math.max(1, Math.log(x)));
      expect(Math.abs((trigamma(x) - trigamma(x + 1)) * x * x - 1)).toBeLessThan(2e-15 * Math.max(1, x));
      expect(Math.abs((trigamma(x) + trigamma(x + 0.5)) / (4 * trigamma(2 * x)) - 1)).toBeLessThan(2e-15);
    });
  });

  it("has the closed values the departure laws use", () => {
    expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 15);
    expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 15);
    expect(digamma(0.5)).toBeCloseTo(-0.5772156649015329 - 2 * Math.LN2, 15);
    expect(trigamma(0.5)).toBeCloseTo(Math.PI ** 2 / 2, 14);
  });

  it("overflows to Infinity as documented, and its logarithm does not", () => {
    expect(gamma(171.6)).toBeLessThan(Infinity);
    expect(gamma(171.63)).toBe(Infinity);
    expect(logGamma(1e305)).toBeLessThan(Infinity);
    expect(logGamma(2.6e305)).toBe(Infinity);
  });

  it.each([
    ["gamma", gamma],
    ["logGamma", logGamma],
    ["digamma", digamma],
    ["trigamma", trigamma],
  ])("%s refuses 0, negative numbers, NaN and Infinity", (_name, f) => {
    for (const x of [0, -1.5, NaN, Infinity]) expect(() => f(x)).toThrow(DomainError);
  });
});

describe("the rising factorial", () => {
  it("is the product of its factors, on both sides of the change of method", () => {
    for (const b of [0.5, 1, 3.25, 64, 2047.5]) {
      let sum = 0;
      for (let k = 0; k <= 300; k++) {
        expect(Math.abs(logPochhammer(b, k) - sum)).toBeLessThan(3e-15 * Math.max(1, sum) * Math.sqrt(k + 1));
        sum += Math.log(b + k);
      }
    }
  });

  it("obeys (b)_{k+m} = (b)_k (b + k)_m", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), (twice, k, m) => {
        const b = twice / 2;
        const whole = logPochhammer(b, k + m);
        expect(Math.abs(whole - logPochhammer(b, k) - logPochhammer(b + k, m))).toBeLessThan(2e-15 * Math.max(1, whole));
      }),
      { seed: SEED },
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compensatedSum, DomainError, dot, exp, key, log, logSumExp, mean, meanAndVariance, pairwiseSum } from "../../src/index.js";
import { exactDot, exactSum } from "./exact-sum.js";

const EPS = Number.EPSILON;
const numbers = fc.array(fc.double({ min: -1e60, max: 1e60, noNaN: true }), { maxLength: 300 });
const absolute = (x: readonly number[]): number => x.reduce((sum, value) => sum + Math.abs(value), 0);
const plainSum = (x: ArrayLike<number>): number => Array.from(x).reduce((sum, value) => sum + value, 0);
const options = { seed: 20261122, numRuns: 500 };

function normals(n: number): Float64Array {
  return key("sums").fold(n).stream().fillNormal(new Float64Array(n));
}

describe("compensatedSum", () => {
  it("is within an ulp plus n^2 2^-106 sum |x| of the exact sum", () => {
    const law = (x: number[]): boolean => {
      const exact = exactSum(x);
      return Math.abs(compensatedSum(x) - exact) <= EPS * Math.abs(exact) + x.length ** 2 * EPS * EPS * absolute(x);
    };
    fc.assert(fc.property(numbers, law), options);
  });

  it("keeps small terms between large ones, where the plain sum loses them", () => {
    const x = [1, 1e100, 1, -1e100];
    expect(compensatedSum(x)).toBe(2);
    expect(plainSum(x)).toBe(0);
  });

  it("adds a tenth a hundred thousand times", () => {
    const x = new Float64Array(1e5).fill(0.1);
    expect(compensatedSum(x)).toBe(exactSum(x));
    expect(Math.abs(plainSum(x) - 1e4)).toBeGreaterThan(1e-8);
  });
});

describe("pairwiseSum", () => {
  it("errs by at most (64 + log2 n) 2^-53 sum |x|", () => {
    const law = (x: number[]): boolean => Math.abs(pairwiseSum(x) - exactSum(x)) <= (64 + 10) * (EPS / 2) * absolute(x);
    fc.assert(fc.property(numbers, law), options);
  });

  it("grows like log n, not like n: far better than the plain sum of many equal terms", () => {
    const x = new Float64Array(1e5).fill(0.1);
    const exact = exactSum(x);
    expect(Math.abs(pairwiseSum(x) - exact)).toBeLessThan(Math.abs(plainSum(x) - exact) / 100);
  });

  it("has an order that is part of its definition", () => {
    const x = normals(10_000);
    expect(pairwiseSum(x)).toBe(pairwiseSum(Array.from(x)));
    // The same halves, added by hand: 157 blocks of 64, the first 79 of them on the left.
    expect(pairwiseSum(x)).toBe(pairwiseSum(x.subarray(0, 79 * 64)) + pairwiseSum(x.subarray(79 * 64)));
  });
});

describe("mean and variance", () => {
  it("do not see the size of the mean", () => {
    const x = normals(1000).map((value) => Math.round(value * 2 ** 20) / 2 ** 20);
    const small = meanAndVariance(x);
    const large = meanAndVariance(x.map((value) => value + 2 ** 30));
    expect(Math.abs(large.variance / small.variance - 1)).toBeLessThan(4 * EPS);
    expect(Math.abs(large.mean - 2 ** 30 - small.mean)).toBeLessThan(2 ** 30 * EPS);
    // The one-pass textbook formula, as a negative control.
    const shifted = Array.from(x, (value) => value + 2 ** 30);
    const textbook = (plainSum(shifted.map((value) => value * value)) - plainSum(shifted) ** 2 / 1000) / 999;
    expect(Math.abs(textbook / small.variance - 1)).toBeGreaterThan(1e-3);
  });

  it("scale as they must, exactly for powers of two", () => {
    const x = normals(101);
    const one = meanAndVariance(x);
    const four = meanAndVariance(x.map((value) => 4 * value));
    expect([four.mean, four.variance]).toEqual([4 * one.mean, 16 * one.variance]);
    expect(mean(x)).toBeCloseTo(one.mean, 15);
  });

  it("of equal numbers are that number and 0", () => {
    expect(meanAndVariance(new Float64Array(1000).fill(0.1))).toEqual({ mean: 0.1, variance: 0 });
  });
});

describe("dot", () => {
  const moderate = fc.double({ min: -1e60, max: 1e60, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 1e-60);
  it("is the exact product rounded, within its condition", () => {
    const pairs = fc.array(fc.tuple(moderate, moderate), { maxLength: 100 });
    const law = (rows: [number, number][]): boolean => {
      const x = rows.map(([a]) => a);
      const y = rows.map(([, b]) => b);
      const exact = exactDot(x, y);
      const size = absolute(rows.map(([a, b]) => a * b));
      return Math.abs(dot(x, y) - exact) <= EPS * Math.abs(exact) + (x.length + 2) ** 2 * EPS * EPS * size;
    };
    fc.assert(fc.property(pairs, law), options);
  });

  it("survives a cancellation of sixteen digits, where the plain loop has none left", () => {
    const x = [94906267, 94906266, 1];
    const y = [94906265, -94906266, 0];
    expect(dot(x, y)).toBe(-1);
    expect(x.reduce((sum, a, i) => sum + a * y[i]!, 0)).not.toBe(-1);
  });
});

describe("logSumExp", () => {
  it("commutes with a common shift", () => {
    const exponents = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 50 });
    const law = (x: number[]): boolean => Math.abs(logSumExp(x.map((v) => v + 1000)) - 1000 - logSumExp(x)) < 1e-12;
    fc.assert(fc.property(exponents, law), options);
  });

  it("agrees with the definition where that does not overflow", () => {
    const x = normals(1000);
    expect(Math.abs(logSumExp(x) - log(compensatedSum(x.map(exp))))).toBeLessThan(4e-15);
  });

  it("keeps what one small term adds to a dominant zero", () => {
    expect(logSumExp([0, -50])).toBe(exp(-50));
    expect(log(exp(0) + exp(-50))).toBe(0);
  });

  it("takes infinities as weights of zero and without bound", () => {
    expect(logSumExp([])).toBe(-Infinity);
    expect(logSumExp([-Infinity, -Infinity])).toBe(-Infinity);
    expect(logSumExp([-Infinity, 2])).toBe(2);
    expect(logSumExp([Infinity, Infinity])).toBe(Infinity);
  });
});

describe("what is refused, with the entry to blame", () => {
  it.each([
    ["NaN in a sum", () => compensatedSum([1, NaN]), "x[1] = NaN"],
    ["an infinity in a sum", () => pairwiseSum([Infinity, -Infinity]), "x[0] = Infinity"],
    ["overflow", () => compensatedSum([1e308, 1e308]), "must not overflow"],
    ["the mean of nothing", () => mean([]), "x.length = 0"],
    ["the spread of one", () => meanAndVariance([1]), "Give at least two numbers"],
    ["a NaN in a variance", () => meanAndVariance([1, 2, NaN]), "x[2] = NaN"],
    ["unequal lengths", () => dot([1], [1, 2]), "must equal x.length = 1"],
    ["a NaN in the second vector", () => dot([1, 2], [1, NaN]), "y[1] = NaN"],
    ["a NaN exponent", () => logSumExp([0, NaN]), "x[1] = NaN"],
  ])("%s", (_name, run, message) => {
    expect(run).toThrow(DomainError);
    expect(run).toThrow(message);
  });
});

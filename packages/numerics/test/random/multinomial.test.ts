import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.js";
import { drawBinomial, drawMultinomial, key, type Stream } from "../../src/random/index.js";
import { chiSquare, kolmogorovSmirnov, sidakLevel } from "./goodness-of-fit.js";
import { gammaLower } from "./reference-laws.js";

const root = key("multinomial");
type Draw = (stream: Stream, n: number, weights: readonly number[]) => Float64Array;
const right: Draw = (stream, n, weights) => drawMultinomial(stream, n, weights);
/** Known-wrong: every class by itself, so that the counts do not add to n. */
const independent: Draw = (stream, n, weights) => {
  const sum = weights.reduce((a, b) => a + b, 0);
  return Float64Array.from(weights, (w) => drawBinomial(stream, n, w / sum));
};
/** Known-wrong: the conditional probability left unconditional. */
const unconditional: Draw = (stream, n, weights) => {
  let left = n;
  return Float64Array.from(weights, (w, i) => {
    const count = i === weights.length - 1 ? left : drawBinomial(stream, left, w);
    left -= count;
    return count;
  });
};

const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1));

/** p-value of the joint law of (k0, k1, k2), n = 4, over all 15 outcomes. */
function judgeSmall(draw: Draw): number {
  const n = 4;
  const weights = [0.2, 0.5, 0.3];
  const stream = root.fold("small").stream();
  const found = new Map<string, number>();
  for (let r = 0; r < 20_000; r++) {
    const id = draw(stream, n, weights).join();
    found.set(id, (found.get(id) ?? 0) + 1);
  }
  const counts: number[] = [];
  const law: number[] = [];
  for (let a = 0; a <= n; a++) {
    for (let b = 0; a + b <= n; b++) {
      const c = n - a - b;
      counts.push(found.get(`${a},${b},${c}`) ?? 0);
      law.push((factorial(n) / (factorial(a) * factorial(b) * factorial(c))) * 0.2 ** a * 0.5 ** b * 0.3 ** c);
    }
  }
  return chiSquare(counts, law);
}

/** p-value of Pearson's statistic of single draws being chi-square of m - 1 degrees, for huge n. */
function judgeLarge(draw: Draw, n: number, weights: readonly number[]): number {
  const stream = root.fold("large", n).stream();
  const sum = weights.reduce((a, b) => a + b, 0);
  const levels = Float64Array.from({ length: 2000 }, () => {
    const counts = draw(stream, n, weights);
    const statistic = weights.reduce((total, w, i) => total + (counts[i]! - (n * w) / sum) ** 2 / ((n * w) / sum), 0);
    return gammaLower((weights.length - 1) / 2, statistic / 2);
  });
  return kolmogorovSmirnov(levels);
}

describe("multinomial variates", () => {
  const LARGE: [number, number[]][] = [
    [1e6, [1, 2, 3, 4]],
    [1e15, [0.1, 0.4, 0.2, 0.2, 0.1]],
    [1e9, [5, 1e-3, 5]],
  ];
  const level = sidakLevel(0.01, 1 + LARGE.length);

  it("follow their joint law at n = 4", () => {
    expect(judgeSmall(right)).toBeGreaterThan(level);
  });

  it.each(LARGE)("have Pearson's statistic at n = %d, weights %j", (n, weights) => {
    expect(judgeLarge(right, n, weights)).toBeGreaterThan(level);
  });

  it("independent or unconditional classes are caught", () => {
    expect(judgeSmall(unconditional)).toBeLessThan(level);
    expect(judgeLarge(independent, 1e6, [1, 2, 3, 4])).toBeLessThan(level);
  });

  it("add to n, give nothing to weights of 0, and do not see a common factor", () => {
    const weight = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true }));
    const weights = fc.array(weight, { minLength: 1, maxLength: 12 }).filter((w) => w.some((x) => x > 0));
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), fc.integer(), (w, n, seed) => {
        const counts = drawMultinomial(root.fold(seed).stream(), n, w);
        expect(counts.every((k, i) => Number.isSafeInteger(k) && k >= 0 && (w[i]! > 0 || k === 0))).toBe(true);
        expect(Array.from(counts, BigInt).reduce((sum, k) => sum + k, 0n)).toBe(BigInt(n));
        expect(drawMultinomial(root.fold(seed).stream(), n, w.map((x) => 4 * x))).toEqual(counts);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it("write into the array that is given", () => {
    const out = new Float64Array(3);
    expect(drawMultinomial(root.stream(), 10, [1, 1, 1], out)).toBe(out);
  });

  it("refuse weights and counts that are none", () => {
    const stream = root.stream();
    expect(() => drawMultinomial(stream, 5, [0, 0])).toThrow("sum of weights = 0");
    expect(() => drawMultinomial(stream, 5, [])).toThrow("sum of weights = 0");
    expect(() => drawMultinomial(stream, 5, [1e308, 1e308])).toThrow("sum of weights = Infinity");
    for (const bad of [-1, NaN, Infinity]) expect(() => drawMultinomial(stream, 5, [1, bad])).toThrow("weights[1]");
    expect(() => drawMultinomial(stream, 2.5, [1])).toThrow(DomainError);
    expect(() => drawMultinomial(stream, 5, [1, 1], new Float64Array(3))).toThrow("must have length weights.length = 2");
  });
});

describe("resampling", () => {
  const n = 6;
  /** How often the most frequent of n rows is drawn: at most twice, three times, more often. */
  const tally = (draw: (stream: Stream) => ArrayLike<number>): Float64Array => {
    const stream = root.fold("bootstrap").stream();
    const found = new Float64Array(3);
    for (let r = 0; r < 20_000; r++) found[Math.min(4, Math.max(2, ...Array.from(draw(stream)))) - 2]! += 1;
    return found;
  };
  const byIndices = (stream: Stream): Float64Array => {
    const counts = new Float64Array(n);
    for (const row of stream.fillIntegers(new Uint32Array(n), n)) counts[row]! += 1;
    return counts;
  };
  const byWeights = (stream: Stream): Float64Array => drawMultinomial(stream, n, new Float64Array(n).fill(1));
  /** By enumeration of all 6^6 resamples. */
  const law = ((): number[] => {
    const found = [0, 0, 0];
    for (let code = 0; code < n ** n; code++) {
      const counts = new Array<number>(n).fill(0);
      for (let digit = 0, rest = code; digit < n; digit++, rest = Math.floor(rest / n)) counts[rest % n]! += 1;
      found[Math.min(4, Math.max(2, ...counts)) - 2]! += 1 / n ** n;
    }
    return found;
  })();
  const level = sidakLevel(0.01, 2);

  it.each([["indices", byIndices], ["weights", byWeights]] as const)("by %s follows the law of all n^n resamples", (_, draw) => {
    expect(chiSquare(tally(draw), law)).toBeGreaterThan(level);
  });

  it("without replacement is caught", () => {
    expect(chiSquare(tally(() => new Float64Array(n).fill(1)), law)).toBeLessThan(level);
  });
});

import { describe, expect, it } from "vitest";
import { drawBinomial, drawGamma, key, type Stream } from "../../src/random/index.js";
import { binomialBins, type BinomialBins } from "./fixtures.js";
import { chiSquare, chiSquareUniform, kolmogorovSmirnov, meanTest, sidakLevel, varianceTest } from "./goodness-of-fit.js";
import { gammaLower, normalDistribution } from "./reference-laws.js";

/** A family of tests is wrong about a right generator once in a hundred choices of the (fixed) seed. */
const FAMILY_LEVEL = 0.01;
const SAMPLES = 50_000;

const root = key("goodness of fit");

/** A law on the line: how to draw it, and what it is. */
interface Law {
  readonly name: string;
  readonly draw: (stream: Stream) => number;
  readonly distribution: (x: number) => number;
  readonly mean: number;
  readonly variance: number;
  readonly kurtosis: number;
}

function gammaLaw(shape: number): Law {
  return {
    name: `gamma(${shape})`,
    draw: (stream) => drawGamma(stream, shape),
    distribution: (x) => gammaLower(shape, x),
    mean: shape,
    variance: shape,
    kurtosis: 3 + 6 / shape,
  };
}

const uniform: Law = {
  name: "uniform",
  draw: (stream) => stream.uniform(),
  distribution: (x) => x,
  mean: 0.5,
  variance: 1 / 12,
  kurtosis: 1.8,
};
const normal: Law = {
  name: "normal",
  draw: (stream) => stream.normal(),
  distribution: normalDistribution,
  mean: 0,
  variance: 1,
  kurtosis: 3,
};
const exponential: Law = { ...gammaLaw(1), name: "exponential", draw: (stream) => stream.exponential() };
const uniformOpen: Law = { ...uniform, name: "uniformOpen", draw: (stream) => stream.uniformOpen() };
const CONTINUOUS = [uniform, uniformOpen, normal, exponential, ...[0.3, 1, 2.5, 50].map(gammaLaw)];
const TESTS_PER_CONTINUOUS_LAW = 4;

/** The p-values of one continuous law; `draw` may be replaced by a broken one. */
function judgeContinuous(law: Law, draw = law.draw): Record<string, number> {
  const stream = root.fold(law.name).stream();
  const values = Float64Array.from({ length: SAMPLES }, () => draw(stream));
  const levels = values.map(law.distribution);
  return {
    "chi-square": chiSquareUniform(levels),
    "Kolmogorov-Smirnov": kolmogorovSmirnov(levels),
    mean: meanTest(values, law.mean, law.variance),
    variance: varianceTest(values, law.mean, law.variance, law.kurtosis),
  };
}

describe("continuous laws", () => {
  const level = sidakLevel(FAMILY_LEVEL, TESTS_PER_CONTINUOUS_LAW * CONTINUOUS.length);

  it.each(CONTINUOUS)("$name follows its law", (law) => {
    const judged = Object.entries(judgeContinuous(law));
    expect(judged).toHaveLength(TESTS_PER_CONTINUOUS_LAW);
    for (const [test, p] of judged) expect(p, test).toBeGreaterThan(level);
  });

  const polar = (stream: Stream): number => Math.sqrt(-2 * Math.log(stream.uniformOpen()));
  it.each([
    ["a uniform of 6 bits", uniform, "Kolmogorov-Smirnov", (s: Stream) => Math.floor(s.uniform() * 64) / 64],
    ["a uniform of 8 bits", uniform, "chi-square", (s: Stream) => Math.floor(s.uniform() * 256) / 256],
    ["a uniform of mean 0.51", uniform, "mean", (s: Stream) => Math.min(1, s.uniform() + 0.01)],
    ["a normal of deviation 1.02", normal, "variance", (s: Stream) => 1.02 * s.normal()],
    ["a normal of deviation 1.04", normal, "chi-square", (s: Stream) => 1.04 * s.normal()],
    ["a normal of mean 0.05", normal, "Kolmogorov-Smirnov", (s: Stream) => 0.05 + s.normal()],
    ["three uniforms for a normal", normal, "chi-square", (s: Stream) => 2 * (s.uniform() + s.uniform() + s.uniform()) - 3],
    ["an exponential without its root", exponential, "Kolmogorov-Smirnov", polar],
    ["gamma(0.3) without its boost", gammaLaw(0.3), "mean", (s: Stream) => drawGamma(s, 1.3)],
    ["gamma(2.5) for 2.55", gammaLaw(2.5), "mean", (s: Stream) => drawGamma(s, 2.55)],
    ["gamma(50) by the normal limit", gammaLaw(50), "chi-square", (s: Stream) => 50 + Math.sqrt(50) * s.normal()],
  ] as const)("%s is caught", (_, law, test, broken) => {
    expect(judgeContinuous(law, broken)[test]).toBeLessThan(level);
  });
});

function binOf(upper: readonly number[], k: number): number {
  let low = 0;
  let high = upper.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (k <= upper[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

type DrawBinomial = (stream: Stream, n: number, p: number) => number;

function judgeBinomial({ n, p, upper, probability }: BinomialBins, draw: DrawBinomial): Record<string, number> {
  const stream = root.fold("binomial", n, p).stream();
  const values = Float64Array.from({ length: SAMPLES }, () => draw(stream, n, p));
  const counts = new Float64Array(probability.length);
  for (const value of values) counts[binOf(upper, value)]! += 1;
  const variance = n * p * (1 - p);
  return {
    "chi-square": chiSquare(counts, probability),
    mean: meanTest(values, n * p, variance),
    variance: varianceTest(values, n * p, variance, 3 + (1 - 6 * p * (1 - p)) / variance),
  };
}

describe("binomial laws", () => {
  const TESTS = 3;
  const level = sidakLevel(FAMILY_LEVEL, TESTS * binomialBins.length);
  const lawOf = (n: number, p: number): BinomialBins => binomialBins.find((law) => law.n === n && law.p === p)!;

  it.each(binomialBins)("n = $n, p = $p follows its law", (law) => {
    const judged = Object.entries(judgeBinomial(law, drawBinomial));
    expect(judged).toHaveLength(TESTS);
    for (const [test, p] of judged) expect(p, test).toBeGreaterThan(level);
  });

  it.each([
    ["one too many", 1000, 0.5, (s: Stream, n: number, p: number) => drawBinomial(s, n, p) + 1],
    ["one too few", 20, 0.3, (s: Stream, n: number, p: number) => Math.max(0, drawBinomial(s, n, p) - 1)],
    ["one trial too few", 20, 0.3, (s: Stream, n: number, p: number) => drawBinomial(s, n - 1, p)],
    ["p and 1 - p exchanged", 20, 0.97, (s: Stream, n: number, p: number) => drawBinomial(s, n, 1 - p)],
    ["Poisson for binomial", 25, 0.5, (s: Stream, n: number, p: number) => drawBinomial(s, 1e9, (n * p) / 1e9)],
    ["normal for binomial", 100, 0.9, (s: Stream, n: number, p: number) => n * p + Math.sqrt(n * p * (1 - p)) * s.normal()],
    ["p off by 1 %", 1e5, 0.012, (s: Stream, n: number, p: number) => drawBinomial(s, n, 1.01 * p)],
    ["p off by 1e-5", 1e9, 0.3, (s: Stream, n: number, p: number) => drawBinomial(s, n, 1.00001 * p)],
  ] as const)("%s is caught by chi-square", (_, n, p, broken) => {
    expect(judgeBinomial(lawOf(n, p), broken)["chi-square"]).toBeLessThan(level);
  });
});

describe("integers below a bound", () => {
  /** At 3 * 2^30 truncation would show; 2^33 + 1 and 2^53 - 1 take two words. Large bounds are judged in 1000 ranges. */
  const BOUNDS = [2, 3, 6, 100, 1000, 3 * 2 ** 30, 2 ** 32, 2 ** 33 + 1, 2 ** 53 - 1];
  const level = sidakLevel(FAMILY_LEVEL, BOUNDS.length);
  const judge = (bound: number, draw: (stream: Stream, bound: number) => number): number => {
    const cells = Math.min(bound, 1000);
    const counts = new Float64Array(cells);
    const stream = root.fold("integer", bound).stream();
    for (let i = 0; i < SAMPLES; i += 1) {
      const value = draw(stream, bound);
      counts[cells === bound ? value : Math.floor((value / bound) * cells)]! += 1;
    }
    const probability = Float64Array.from(counts, (_, cell) => {
      const first = Math.ceil((cell * bound) / cells);
      const next = Math.ceil(((cell + 1) * bound) / cells);
      return (next - first) / bound;
    });
    return chiSquare(counts, probability);
  };

  it.each(BOUNDS)("below %d are uniform", (bound) => {
    expect(judge(bound, (stream, below) => stream.integer(below))).toBeGreaterThan(level);
  });

  it("the biased remainder of a word is caught at 3 * 2^30", () => {
    expect(judge(3 * 2 ** 30, (stream, bound) => stream.bits() % bound)).toBeLessThan(level);
  });

  it("are integers within the bound, and reach both ends of a small one", () => {
    const stream = root.fold("ends").stream();
    for (const bound of [1, 2, 7, 2 ** 31, 2 ** 32 - 1, 2 ** 32 + 1, 2 ** 53 - 1]) {
      const drawn = Array.from({ length: 500 }, () => stream.integer(bound));
      expect(drawn.every((value) => Number.isInteger(value) && value >= 0 && value < bound)).toBe(true);
      if (bound <= 7) expect(new Set(drawn).size).toBe(bound);
    }
  });
});

describe("the tests themselves", () => {
  it("have uniform p-values under true laws", () => {
    const repeats = 400;
    const names = ["chi-square", "Kolmogorov-Smirnov", "mean", "variance"] as const;
    const stream = root.fold("calibration").stream();
    const found = names.map(() => new Float64Array(repeats));
    for (let r = 0; r < repeats; r += 1) {
      const values = stream.fillUniform(new Float64Array(1000));
      found[0]![r] = chiSquareUniform(values, 20);
      found[1]![r] = kolmogorovSmirnov(values);
      found[2]![r] = meanTest(values, 0.5, 1 / 12);
      found[3]![r] = varianceTest(values, 0.5, 1 / 12, 1.8);
    }
    const level = sidakLevel(FAMILY_LEVEL, names.length);
    for (const [i, name] of names.entries()) expect(kolmogorovSmirnov(found[i]!), name).toBeGreaterThan(level);
  });

  it("refuse bins that expect too little", () => {
    expect(() => chiSquare([3, 3], [0.5, 0.5])).toThrow(RangeError);
  });
});

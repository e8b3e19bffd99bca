import { describe, expect, it } from "vitest";
import { DomainError, key, type Stream } from "@mesoscope/numerics";
import { deviationNorm, fitCommonPowerLaw, fitExponent, fitPowerLaw, powerLawAt, summarise, type ResampledCurve } from "../../src/index.js";

const sizes = [16, 32, 64, 128, 256];
const STUDIES = 150;
/** 5 % misses and three standard errors of a share of 150. */
const LEAST_COVERAGE = 0.95 - 3 * Math.sqrt((0.05 * 0.95) / STUDIES);

describe("exact power laws are found exactly", () => {
  it.each([
    [0.5, 2, 0],
    [1, -3, 7],
    [2.3, 0.01, -5],
    [-0.4, 1, 0],
  ])("p = %f, a = %f, b = %f", (p, a, b) => {
    const values = sizes.map((n) => a * n ** -p * (1 + b / n));
    const fit = fitPowerLaw(sizes, values, values.map((y) => Math.abs(y) / 100), { corrections: b !== 0 });
    expect(fit.exponent).toBeCloseTo(p, 5);
    expect(fit.amplitudes[0]! / a).toBeCloseTo(1, 3);
    expect(fit.corrections[0]).toBeCloseTo(b, 2);
    expect(fit.goodness).toBeGreaterThan(0.999);
    expect(powerLawAt(fit, 0, 100) / (a * 100 ** -p * (1 + b / 100))).toBeCloseTo(1, 4);
  });
  it("a curve with a correction does not fit a plain law: chi-square says so", () => {
    const values = sizes.map((n) => n ** -1 * (1 + 8 / n));
    expect(fitPowerLaw(sizes, values, values.map((y) => y / 100), { corrections: false }).goodness).toBeLessThan(1e-6);
  });
  it("several curves share the exponent and keep their own amplitude and correction", () => {
    const curve = (a: number, b: number): { values: number[]; standardErrors: number[] } => ({ values: sizes.map((n) => (a / n) * (1 + b / n)), standardErrors: sizes.map((n) => 0.01 / n) });
    const fit = fitCommonPowerLaw(sizes, [curve(1, 4), curve(-5, -2), curve(0, 0)], { corrections: true });
    expect(fit.exponent).toBeCloseTo(1, 5);
    expect(fit.corrections[1]).toBeCloseTo(-2, 3);
  });
  it("a deviation that grows faster than searched is at the bound, not an estimate", () => {
    const values = sizes.map((n) => n ** 2);
    expect(fitPowerLaw(sizes, values, values, { corrections: false }).atBound).toBe(true);
  });
});

/** Values of a law with Gaussian errors, and resamples as a bootstrap would make them. */
function noisy(law: (n: number) => number, error: (n: number) => number, stream: Stream, resamples: number): ResampledCurve {
  const standardErrors = sizes.map(error);
  const values = sizes.map((n, k) => law(n) + standardErrors[k]! * stream.normal());
  const resampled = values.map((value, k) => Float64Array.from({ length: resamples }, () => value + standardErrors[k]! * stream.normal()));
  return { values, standardErrors, resampled };
}

describe("95 % intervals of exponents cover", () => {
  const cases: readonly [string, number, (n: number) => number, (n: number) => number, boolean][] = [
    ["spread 1/sqrt n", 0.5, (n) => 1 / Math.sqrt(n), (n) => 0.02 / Math.sqrt(n), false],
    ["bias (1/n)(1 + 5/n), errors like 1/sqrt n", 1, (n) => (1 + 5 / n) / n, (n) => 0.005 / Math.sqrt(n), true],
    ["bias 1/n, hardly seen, with a correction that is not there", 1, (n) => 1 / n, (n) => 0.018 / Math.sqrt(n), true],
  ];
  it.each(cases)("%s", (name, p, law, error, corrections) => {
    let covered = 0;
    for (let s = 0; s < STUDIES; s++) {
      const { exponent } = fitExponent(sizes, [noisy(law, error, key("exponent").fold(name, s).stream(), 99)], { confidence: 0.95, corrections });
      if (exponent.interval[0] <= p && p <= exponent.interval[1]) covered += 1;
    }
    expect(covered / STUDIES).toBeGreaterThanOrEqual(LEAST_COVERAGE);
  });
  it("and a plain law forced on a corrected one is caught", () => {
    let covered = 0;
    for (let s = 0; s < 50; s++) {
      const curve = noisy((n) => (1 + 5 / n) / n, (n) => 0.005 / Math.sqrt(n), key("forced").fold(s).stream(), 99);
      const { exponent } = fitExponent(sizes, [curve], { confidence: 0.95, corrections: false });
      if (exponent.interval[0] <= 1 && 1 <= exponent.interval[1]) covered += 1;
    }
    expect(covered / 50).toBeLessThan(0.2);
  });
});

it("the resamples that hold their own exponent are the 95 % of least excess, or more where chi-square asks for more", () => {
  const curve = noisy((n) => 1 / n, (n) => 0.005 / Math.sqrt(n), key("held").stream(), 199);
  const { refits, held } = fitExponent(sizes, [curve], { confidence: 0.95, corrections: false });
  expect(held).toHaveLength(refits.length);
  const share = held.filter(Boolean).length / held.length;
  expect(share).toBeGreaterThanOrEqual(0.945);
  expect(share).toBeLessThan(1);
  // Those left out are the far ones.
  const off = (kept: boolean): number[] => refits.filter((_, b) => held[b] === kept).map(({ exponent }) => Math.abs(exponent - 1));
  expect(Math.min(...off(false))).toBeGreaterThan(off(true).reduce((sum, x) => sum + x, 0) / off(true).length);
});

it("the rms norm of n-particle noise falls with exponent 1/2, from replicas to interval", () => {
  const confidence = 0.95;
  const predicted = [0.3, -0.2, 0.5, 0];
  const norms = sizes.map((n) => {
    const stream = key("norm").fold(n).stream();
    const samples = Float64Array.from({ length: 4 * 300 }, (_, i) => predicted[i % 4]! + stream.normal() / Math.sqrt(n));
    return deviationNorm(samples, predicted, { confidence, resamples: 299, stream: key("resample").fold(n).stream() });
  });
  norms.forEach((norm, k) => {
    expect(norm.interval[0]).toBeLessThan(norm.value);
    expect(norm.value * Math.sqrt(sizes[k]!)).toBeCloseTo(1, 0);
  });
  const curve = { values: norms.map((n) => n.value), standardErrors: norms.map((n) => n.standardError), resampled: norms.map((n) => n.resampled) };
  const { exponent } = fitExponent(sizes, [curve], { confidence, corrections: false });
  expect(exponent.interval[0]).toBeGreaterThan(0.45);
  expect(exponent.interval[1]).toBeLessThan(0.55);
  expect(exponent.interval[0]).toBeLessThan(0.5);
  expect(exponent.interval[1]).toBeGreaterThan(0.5);
  const squares = { values: norms.map((n) => n.meanSquare.value), standardErrors: norms.map((n) => n.meanSquare.standardError), resampled: norms.map((n) => n.meanSquare.resampled) };
  expect(fitExponent(sizes, [squares], { confidence, corrections: false }).exponent.fit.exponent).toBeCloseTo(2 * exponent.fit.exponent, 1);
});

describe("fits that make no sense are refused", () => {
  const values = sizes.map((n) => 1 / n);
  it.each<[string, () => unknown]>([
    ["two sizes", () => fitPowerLaw([8, 16], [1, 2], [1, 1], { corrections: false })],
    ["three sizes with a correction", () => fitPowerLaw([8, 16, 32], [1, 2, 3], [1, 1, 1], { corrections: true })],
    ["no error", () => fitPowerLaw(sizes, values, values.map(() => 0), { corrections: false })],
    ["unsorted", () => fitPowerLaw(sizes.toReversed(), values, values, { corrections: false })],
    ["a value missing", () => fitPowerLaw(sizes, values.slice(1), values, { corrections: false })],
    ["wrong weights", () => deviationNorm(new Float64Array(4), [1, 2], { confidence: 0.95, resamples: 99, stream: key(1).stream(), weights: [1, -1] })],
    ["half a row", () => deviationNorm(new Float64Array(5), [1, 2], { confidence: 0.95, resamples: 99, stream: key(1).stream() })],
    ["half a row to summarise", () => summarise(new Float64Array(5), 2, { resamples: 99, stream: key(1).stream() })],
  ])("%s", (_, run) => {
    expect(run).toThrow(DomainError);
  });
});

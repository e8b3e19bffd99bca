/**
 * The uniform law, tested at a family-wise level of 1 % (Sidak: 0.00251 for each of four tests). The same tests catch a
 * sampler that normalises points of the cube.
 */
import { atan2, key, type Stream } from "@mesoscope/numerics";
import { describe, expect, it } from "vitest";
import { normaliseRows, sampleUniformSphere } from "../src/index.js";

type Sampler = (stream: Stream, n: number, d: number) => Float64Array;

const N = 20_000;
/** Upper 0.00251 points: chi-square with 35 and 39 degrees of freedom, |normal|. */
const CHI_35 = 63.06;
const CHI_39 = 68.37;
const NORMAL = 3.0222;

const cube: Sampler = (stream, n, d) => {
  const x = new Float64Array(n * d);
  for (let i = 0; i < n * d; i++) x[i] = 2 * stream.uniform() - 1;
  return normaliseRows(x, n, d);
};

/** Pearson's statistic of values in [0, 1) against the uniform law in `bins` equal bins. */
function chiSquare(values: readonly number[], bins: number): number {
  const counts = new Float64Array(bins);
  for (const u of values) counts[Math.min(bins - 1, Math.floor(u * bins))]! += 1;
  const expected = values.length / bins;
  return counts.reduce((s, count) => s + (count - expected) ** 2 / expected, 0);
}

const column = (x: Float64Array, d: number, a: number): number[] => Array.from({ length: x.length / d }, (_, i) => x[i * d + a]!);

/** Standardised deviation of the sample mean of f(row) from its expectation. */
function meanScore(x: Float64Array, d: number, f: (row: Float64Array) => number, expectation: number): number {
  const n = x.length / d;
  const values = Array.from({ length: n }, (_, i) => f(x.subarray(i * d, (i + 1) * d)));
  const mean = values.reduce((s, v) => s + v, 0) / n;
  const variance = values.reduce((s, v) => s + (v - mean) ** 2, 0) / (n - 1);
  return (mean - expectation) / Math.sqrt(variance / n);
}

/** Which of the four tests reject: angle on the circle, height on S^2, fourth moment and a product on S^7. */
function rejections(sample: Sampler): boolean[] {
  const stream = (name: string): Stream => key(20260101).fold("uniform law", name).stream();
  const circle = sample(stream("circle"), N, 2);
  const angles = column(circle, 2, 0).map((c, i) => atan2(circle[2 * i + 1]!, c) / (2 * Math.PI) + 0.5);
  const heights = column(sample(stream("sphere"), N, 3), 3, 2).map((z) => (z + 1) / 2);
  const high = sample(stream("S^7"), N, 8);
  const fourth = (row: Float64Array): number => row.reduce((s, value) => s + value ** 4, 0);
  const mixed = (row: Float64Array): number => row[0]! ** 2 * row[1]! ** 2;
  return [
    chiSquare(angles, 36) > CHI_35,
    chiSquare(heights, 40) > CHI_39,
    Math.abs(meanScore(high, 8, fourth, 3 / 10)) > NORMAL, // E x^4 = 3/(d (d + 2))
    Math.abs(meanScore(high, 8, mixed, 1 / 80)) > NORMAL, // E x^2 y^2 = 1/(d (d + 2))
  ];
}

describe("the uniform law on the sphere", () => {
  it("passes all four tests", () => {
    expect(rejections(sampleUniformSphere)).toEqual([false, false, false, false]);
  });

  it("is not that of normalised points of the cube: every test rejects (negative control)", () => {
    expect(rejections(cube)).toEqual([true, true, true, true]);
  });

  it("gives unit rows, the same for the same key, into the array one gives", () => {
    for (const d of [1, 2, 3, 128, 4096]) {
      const out = new Float64Array(3 * d);
      const x = sampleUniformSphere(key(7).stream(), 3, d, out);
      expect(x).toBe(out);
      expect(sampleUniformSphere(key(7).stream(), 3, d)).toEqual(out);
      for (let i = 0; i < 3; i++) {
        const square = x.subarray(i * d, (i + 1) * d).reduce((s, value) => s + value * value, 0);
        expect(Math.abs(square - 1)).toBeLessThan(1e-14);
      }
    }
  });
});

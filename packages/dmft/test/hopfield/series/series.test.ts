import { key } from "@mesoscope/numerics";
import { describe, expect, it } from "vitest";
import { attractorPlane, autocorrelation, featureOf, fourierFactors, fourierTransform, overlapSeries, powerSpectrum, tokenStart } from "../../../src/hopfield/index.js";
import { caseOf, largestDifference, published } from "../cases.js";

const noise = key("series").stream().fillNormal(new Float64Array(4096));
const variance = (x: Float64Array): number => {
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  return x.reduce((sum, v) => sum + (v - mean) * (v - mean), 0) / x.length;
};

describe("Fourier transform", () => {
  it.each([1, 2, 8, 64])("of length %i is the sum it stands for", (n) => {
    const re = noise.slice(0, n);
    const im = noise.slice(n, 2 * n);
    const found = { re: re.slice(), im: im.slice() };
    fourierTransform(found.re, found.im, fourierFactors(n));
    for (let k = 0; k < n; k++) {
      let [a, b] = [0, 0];
      for (let j = 0; j < n; j++) {
        const angle = (-2 * Math.PI * ((j * k) % n)) / n;
        a += re[j]! * Math.cos(angle) - im[j]! * Math.sin(angle);
        b += re[j]! * Math.sin(angle) + im[j]! * Math.cos(angle);
      }
      expect(Math.abs(found.re[k]! - a) + Math.abs(found.im[k]! - b)).toBeLessThan(1e-13 * n);
    }
  });
  it("refuses lengths that are no powers of two", () => {
    expect(() => fourierFactors(12)).toThrow(/n = 12: must be a power of two/);
  });
});

describe("power spectrum", () => {
  it("adds up to the variance (Parseval)", () => {
    const { density, frequencies } = powerSpectrum(noise, { segment: 4096, taper: "none" });
    expect(density.reduce((a, b) => a + b, 0) / 4096).toBeCloseTo(variance(noise), 12);
    expect(frequencies[2048]).toBe(0.5);
  });
  it("white noise is flat at twice its variance, one-sided", () => {
    const { density, segments } = powerSpectrum(noise, { segment: 64, taper: "hann" });
    expect(segments).toBe(127);
    const inner = density.subarray(2, 31);
    // About 70 effective segments in each of 29 frequencies: the mean has an error of 3 %.
    expect(Math.abs(inner.reduce((a, b) => a + b, 0) / inner.length / (2 * variance(noise)) - 1)).toBeLessThan(0.12);
  });
  it("a state of period 4 has lines at 0, 1/4 and 1/2 alone", () => {
    const network = published(1);
    const series = featureOf(overlapSeries(network, tokenStart(network), { burnIn: 4000, tokens: 1024 }), 0);
    const { density, frequencies } = powerSpectrum(series, { segment: 1024, taper: "none" });
    const total = density.reduce((a, b) => a + b, 0);
    const lines = Array.from(density, (p, i) => ({ p, f: frequencies[i]! })).filter(({ p }) => p > 1e-12 * total);
    expect(lines.every(({ f }) => f === 0.25 || f === 0.5)).toBe(true);
  });
  it("just beyond the Neimark-Sacker point the torus turns at the angle of the critical multiplier", () => {
    const { expected } = caseOf<{ rotation_per_4_tokens: number }>("ns-paper3");
    const network = published(1.2436);
    // Every fourth token: the return map of the forced state.
    const all = featureOf(overlapSeries(network, tokenStart(network), { burnIn: 100_000, tokens: 4 * 8192 }), 0);
    const { density, frequencies } = powerSpectrum(Float64Array.from({ length: 8192 }, (_, i) => all[4 * i]!), { segment: 8192, taper: "hann" });
    const peak = frequencies[density.indexOf(Math.max(...density))]!;
    expect(Math.abs(peak - expected.rotation_per_4_tokens)).toBeLessThan(5e-4);
  });
  it("refuses what does not fit", () => {
    expect(() => powerSpectrum([1, 2, 3], { segment: 4, taper: "none" })).toThrow(/segment = 4/);
    expect(() => powerSpectrum([1, NaN], { segment: 2, taper: "none" })).toThrow(/series\[1\] = NaN: must be finite/);
  });
});

describe("autocorrelation", () => {
  it("1 at lag 0, small for noise, and undefined for a constant", () => {
    const found = autocorrelation(noise, 20);
    expect(found.kind === "correlation" && found.values[0]).toBe(1);
    // 20 lags of 4096 values: 4 standard errors.
    expect(found.kind === "correlation" && found.values.subarray(1).every((c) => Math.abs(c) < 4 / 64)).toBe(true);
    expect(autocorrelation(new Float64Array(10).fill(0.5), 3)).toEqual({ kind: "undefined", reason: "constant-series" });
  });
  it("returns to 1 after the period", () => {
    const network = published(1);
    const found = autocorrelation(featureOf(overlapSeries(network, tokenStart(network), { burnIn: 4000, tokens: 4000 }), 2), 4);
    expect(found.kind === "correlation" && found.values[4]).toBeCloseTo(1, 10);
  });
});

describe("planes", () => {
  it("pairs of two overlaps", () => {
    const network = published(1.28);
    const series = overlapSeries(network, tokenStart(network), { burnIn: 1000, tokens: 5 });
    expect(series.t).toBe(1001);
    const plane = attractorPlane(series, 0, 1);
    expect(largestDifference(plane.filter((_, i) => i % 2 === 0), featureOf(series, 0))).toBe(0);
    expect(largestDifference(plane.filter((_, i) => i % 2 === 1), featureOf(series, 1))).toBe(0);
    expect(() => attractorPlane(series, 0, 3)).toThrow(/feature = 3/);
  });
});

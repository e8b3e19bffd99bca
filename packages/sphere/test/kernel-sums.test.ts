import { key } from "@mesoscope/numerics";
import { besselIScaledSequence, gegenbauer } from "@mesoscope/special-functions";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  circleKernelSum,
  circleKernelTruncation,
  circleKernelTruncationBound,
  circleMoments,
  fibonacciSphere,
  sampleUniformSphere,
  sphereKernelSum,
  sphereMoments,
  sphereStructureFactors,
} from "../src/index.js";

const stream = key(20260101).fold("kernel sums").stream();
const angles = (n: number): Float64Array => stream.fillUniform(new Float64Array(n)).map((u) => 2 * Math.PI * u);
const weights = (n: number): Float64Array => stream.fillNormal(new Float64Array(n));
const absolute = (w: Float64Array): number => w.reduce((sum, value) => sum + Math.abs(value), 0);

/** exp(-|beta|) sum_j w_j exp(beta <x_i, y_j>), term by term. */
function direct(x: Float64Array, y: Float64Array, d: number, beta: number, w: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: x.length / d }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < y.length / d; j++) {
      let inner = 0;
      for (let a = 0; a < d; a++) inner += x[d * i + a]! * y[d * j + a]!;
      sum += w[j]! * Math.exp(beta * inner - Math.abs(beta));
    }
    return sum;
  });
}
const onCircle = (theta: Float64Array): Float64Array => Float64Array.from({ length: 2 * theta.length }, (_, at) => (at % 2 === 0 ? Math.cos(theta[at >> 1]!) : Math.sin(theta[at >> 1]!)));
const worst = (one: Float64Array, other: Float64Array): number => one.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!)), 0);

describe.each([0, 0.3, 5, 40, 400, -7])("kernel sums by harmonics at beta = %f", (beta) => {
  it.each([1e-3, 1e-8, 1e-14])("on the circle agree with the direct sum within the bound, eps = %f", (eps) => {
    const [x, y] = [angles(50), angles(80)];
    const w = weights(80);
    const sum = circleKernelSum(x, y, beta, eps, w);
    expect(sum.bound).toBeLessThanOrEqual(eps * absolute(w));
    expect(worst(sum.values, direct(onCircle(x), onCircle(y), 2, beta, w))).toBeLessThanOrEqual(sum.bound + 1e-15 * (sum.K + 20) * absolute(w));
  });

  it.each([1e-3, 1e-8, 1e-14])("on S^2 agree with the direct sum within the bound, eps = %f", (eps) => {
    const [x, y] = [sampleUniformSphere(stream, 30, 3), sampleUniformSphere(stream, 40, 3)];
    const w = weights(40);
    const sum = sphereKernelSum(x, y, beta, eps, w);
    expect(sum.bound).toBeLessThanOrEqual(eps * absolute(w));
    expect(worst(sum.values, direct(x, y, 3, beta, w))).toBeLessThanOrEqual(sum.bound + 1e-15 * (sum.K + 20) * absolute(w));
  });
});

describe("the bound of a truncation", () => {
  it("is reached, on S^2 and nearly on the circle, where source and target coincide", () => {
    const [one, pole] = [Float64Array.of(1), Float64Array.of(0, 0.6, 0.8)];
    for (const beta of [1, 25, 100]) {
      for (const eps of [1e-2, 1e-6, 1e-10]) {
        const circle = circleKernelSum([0.7], [0.7], beta, eps, one);
        expect(1 - circle.values[0]!).toBeLessThanOrEqual(circle.bound + 1e-13);
        expect(1 - circle.values[0]!).toBeGreaterThan(0.7 * circle.bound - 1e-13);
        const sphere = sphereKernelSum(pole, pole, beta, eps, one);
        expect(Math.abs(1 - sphere.values[0]! - sphere.bound)).toBeLessThan(1e-13);
      }
    }
  });

  it("on the circle is the least that it allows, and above the sum of the tail", () => {
    for (const beta of [0.3, 5, 80, -80, 2000]) {
      for (const eps of [1e-3, 1e-9, 1e-14]) {
        const K = circleKernelTruncation(beta, eps);
        expect(circleKernelTruncationBound(beta, K)).toBeLessThanOrEqual(eps);
        expect(circleKernelTruncationBound(beta, K - 1)).toBeGreaterThan(eps);
        const tail = besselIScaledSequence(K + 1, Math.abs(beta), 400).reduce((sum, value) => sum + 2 * value, 0);
        expect(circleKernelTruncationBound(beta, K)).toBeGreaterThanOrEqual(tail * (1 - 1e-13));
        expect(circleKernelTruncationBound(beta, K)).toBeLessThan(1.5 * tail);
      }
    }
    expect(circleKernelTruncation(0, 1e-12)).toBe(0);
    expect(() => circleKernelTruncation(1, 0)).toThrow(/eps = 0/);
  });

  it("one mode fewer exceeds it (negative control)", () => {
    const K = circleKernelTruncation(25, 1e-6);
    const modes = besselIScaledSequence(0, 25, K);
    const short = modes.reduce((sum, value, k) => sum + (k === 0 ? 1 : 2) * value, 0);
    expect(1 - short).toBeGreaterThan(1.1 * circleKernelTruncationBound(25, K));
  });
});

describe("moments", () => {
  it("on the circle are the sums of exp(i k theta), to high modes", () => {
    const [theta, w] = [angles(20), weights(20)];
    const K = 500;
    const moments = circleMoments(theta, K, w);
    for (const k of [0, 1, 7, 100, 500]) {
      const re = theta.reduce((sum, t, j) => sum + w[j]! * Math.cos(k * t), 0);
      const im = theta.reduce((sum, t, j) => sum + w[j]! * Math.sin(k * t), 0);
      expect(Math.abs(moments[k]! - re)).toBeLessThan(1e-15 * (k + 10) * absolute(w) * 2);
      expect(Math.abs(moments[K + 1 + k]! - im)).toBeLessThan(1e-15 * (k + 10) * absolute(w) * 2);
    }
  });

  it("of k equal clusters are 1 in the multiples of k and 0 elsewhere", () => {
    const moments = circleMoments([0, 1, 2, 3, 4].map((j) => (2 * Math.PI * j) / 5), 12);
    for (let k = 0; k <= 12; k++) expect(Math.abs(moments[k]! - (k % 5 === 0 ? 1 : 0))).toBeLessThan(1e-14);
  });

  it("give structure factors that are the double sums of P_k, and that rotations keep", () => {
    const angle = fc.double({ min: 0, max: 6, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), angle, (n, turn) => {
        const x = sampleUniformSphere(key(n).stream(), n, 3);
        const factors = sphereStructureFactors(sphereMoments(x, n, 6));
        for (let k = 0; k <= 6; k++) {
          let sum = 0;
          for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += gegenbauer(k, 3, Math.max(-1, Math.min(1, x[3 * i]! * x[3 * j]! + x[3 * i + 1]! * x[3 * j + 1]! + x[3 * i + 2]! * x[3 * j + 2]!)));
          expect(Math.abs(factors[k]! - sum / n / n)).toBeLessThan(1e-14);
        }
        const [c, s] = [Math.cos(turn), Math.sin(turn)];
        const turned = x.map((value, at) => (at % 3 === 0 ? c * value - s * x[at + 2]! : at % 3 === 2 ? s * x[at - 2]! + c * value : value));
        expect(worst(sphereStructureFactors(sphereMoments(turned, n, 6)), factors)).toBeLessThan(1e-14);
      }),
      { seed: 20260101, numRuns: 30 },
    );
  });

  it("of an even lattice all but vanish in low degrees", () => {
    const factors = sphereStructureFactors(sphereMoments(fibonacciSphere(500), 500, 4));
    expect(factors[0]).toBeCloseTo(1, 14);
    for (let k = 1; k <= 4; k++) expect(factors[k]).toBeLessThan(1e-4);
  });

  it("refuse wrong shapes and numbers that are not finite", () => {
    expect(() => circleMoments([Number.NaN], 3)).toThrow(/theta\[0\] = NaN/);
    expect(() => circleMoments([1, 2], 3, [1])).toThrow(/weights.length = 1/);
    expect(() => sphereMoments(Float64Array.of(0, 0, 1), 1, 3, [Infinity])).toThrow(/weights\[0\] = Infinity/);
    expect(() => sphereStructureFactors(new Float64Array(5))).toThrow(/moments.length = 5/);
    expect(() => sphereKernelSum(Float64Array.of(0, 1), Float64Array.of(0, 0, 1), 1, 1e-3)).toThrow(/targets.length = 2/);
  });
});

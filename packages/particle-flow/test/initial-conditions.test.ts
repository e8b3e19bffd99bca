import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { circleMoments, densityAngles, drawReplicas, uniformAngles } from "../src/index.js";

/** Kolmogorov-Smirnov statistic times sqrt(n); 1.95 is exceeded with probability 1e-3 by a right sampler. */
function kolmogorov(values: Float64Array, distribution: (x: number) => number): number {
  const sorted = values.slice().sort();
  let worst = 0;
  sorted.forEach((value, i) => {
    const f = distribution(value);
    worst = Math.max(worst, f - i / sorted.length, (i + 1) / sorted.length - f);
  });
  return worst * Math.sqrt(sorted.length);
}

const count = 20_000;
const replicas = { key: key("initial"), from: 0, count: 1 };

describe("samplers (alpha = 1e-3 each, fixed seeds)", () => {
  test("uniform angles", () => {
    const theta = drawReplicas(replicas, count, uniformAngles);
    expect(kolmogorov(theta, (x) => (x + Math.PI) / (2 * Math.PI))).toBeLessThan(1.95);
    expect(Math.max(...theta.map(Math.abs))).toBeLessThanOrEqual(Math.PI);
  });

  test("a density with cosines and sines, by its distribution function and its moments", () => {
    const theta = drawReplicas(replicas, count, densityAngles({ cos: [0.3, 0, 0.2], sin: [0, -0.4] }));
    const distribution = (x: number): number => (x + Math.PI + 0.3 * Math.sin(x) + (0.2 / 3) * Math.sin(3 * x) + 0.2 * (Math.cos(2 * x) - 1)) / (2 * Math.PI);
    expect(kolmogorov(theta, distribution)).toBeLessThan(1.95);
    const z = circleMoments(theta, 3);
    // E Z_k = (a_k + i b_k) / 2, each part with a standard error below 1 / sqrt(2 n) = 0.005.
    for (const [at, value] of [[2, 0.15], [3, 0], [4, 0], [5, -0.2], [6, 0.1], [7, 0]] as const) expect(Math.abs(z[at]! - value)).toBeLessThan(0.02);
    // The sampler of another density is told apart.
    expect(kolmogorov(drawReplicas(replicas, count, densityAngles({ cos: [0.2, 0, 0.2], sin: [0, -0.4] })), distribution)).toBeGreaterThan(1.95);
  });

  test("the inversion is exact where the density touches zero", () => {
    const theta = drawReplicas(replicas, 2000, densityAngles({ cos: [1] }));
    expect(theta.every((x) => x >= -Math.PI && x <= Math.PI)).toBe(true);
    expect(kolmogorov(theta, (x) => (x + Math.PI + Math.sin(x)) / (2 * Math.PI))).toBeLessThan(1.95);
  });

  test("no density is the uniform one, and close densities give close angles", () => {
    const plain = drawReplicas(replicas, 100, densityAngles({}));
    const uniform = drawReplicas(replicas, 100, uniformAngles);
    plain.forEach((value, i) => {
      expect(value).toBeCloseTo(uniform[i]!, 14);
    });
    const near = drawReplicas(replicas, 100, densityAngles({ cos: [1e-6] }));
    near.forEach((value, i) => {
      expect(Math.abs(value - plain[i]!)).toBeLessThan(2e-6);
    });
  });

  test("what is no density is refused", () => {
    expect(() => densityAngles({ cos: [1.1] })).toThrow(/density = -0.1.*must not be negative.*theta = -3.14/);
    expect(() => densityAngles({ sin: [Number.NaN] })).toThrow(/sin\[0\] = NaN/);
  });
});

import { describe, expect, test } from "vitest";
import type { CircleDensity } from "@mesoscope/particle-flow";
import { growthRate, kernelField, kernelFieldOrder, solveCircleMeanField, trapezoidLabels } from "../../src/index.js";
import { fixture } from "../fixtures.js";

const reference = fixture("reference");

/** Density from {"k": [a_k, b_k]}. */
function densityOf(coefficients: Record<string, [number, number]>): CircleDensity {
  const order = Math.max(...Object.keys(coefficients).map(Number));
  const at = (k: number, i: 0 | 1): number => coefficients[String(k)]?.[i] ?? 0;
  const degrees = Array.from({ length: order }, (_, i) => i + 1);
  return { cos: degrees.map((k) => at(k, 0)), sin: degrees.map((k) => at(k, 1)) };
}

/** Density of the Moebius image of the uniform measure: Z_k = r^k. */
function poisson(r: number): CircleDensity {
  const cos: number[] = [];
  for (let k = 1, power = r; k <= 60; k++, power *= r) cos.push(2 * power);
  return { cos };
}

describe("mean field on the circle", () => {
  test("reference trajectories to 1e-11, within the certificate", () => {
    for (const { mode, beta, rho0_cos_sin: start, ts, k, Z_re: re, Z_im: im } of reference.meanfield_circle.cases) {
      const solution = solveCircleMeanField({ flow: mode, beta, density: densityOf(start), times: ts, modes: 6, accuracy: 1e-11 });
      expect(solution.outcome.kind).toBe("converged");
      expect(solution.certifiedUntil).toBe(ts.at(-1));
      for (const [i, moments] of solution.moments.entries()) {
        for (const [j, degree] of k.entries()) {
          expect(Math.abs(moments[2 * degree]! - re[i]![j]!)).toBeLessThan(1e-11);
          expect(Math.abs(moments[2 * degree + 1]! - im[i]![j]!)).toBeLessThan(1e-11);
        }
      }
    }
  });

  test("beta = 0: the closed form r = 1/sqrt(1 + (1/r0^2 - 1) e^{-t}), SA and USA", () => {
    for (const { d, r0, t, r } of reference.beta0_meanfield.cases) {
      if (d !== 2) continue;
      for (const flow of ["SA", "USA"] as const) {
        const { moments, outcome } = solveCircleMeanField({ flow, beta: 0, density: poisson(r0), times: [t], modes: 3, accuracy: 1e-11 });
        expect(outcome.kind).toBe("converged");
        for (const k of [1, 2, 3]) expect(Math.abs(moments[0]![2 * k]! - r ** k)).toBeLessThan(1e-11);
      }
    }
  });

  test("spectral convergence: the error falls geometrically in the number of labels", () => {
    const problem = { flow: "USA", beta: 2, density: { cos: [0.3] }, times: [0.9], modes: 4, accuracy: 1e-12 } as const;
    const exact = solveCircleMeanField(problem);
    const errors = [64, 128, 256].map((maxLabels) => solveCircleMeanField({ ...problem, accuracy: 1e-16, maxLabels }).errors[0]!);
    expect(exact.outcome.kind).toBe("converged");
    // Differences between n/2 and n labels: halving the spacing squares the error until rounding.
    expect(errors[1]!).toBeLessThan(Math.max(1e-12, 10 * errors[0]! ** 1.5));
    expect(errors[2]!).toBeLessThan(1e-11);
  });

  test("mass is conserved, energy ascends, and a symmetric start stays symmetric", () => {
    const times = [0, 0.2, 0.5, 1, 1.5, 2];
    const { order } = kernelFieldOrder(3);
    for (const flow of ["SA", "USA"] as const) {
      const { moments, outcome } = solveCircleMeanField({ flow, beta: 3, density: { cos: [0.2, 0.1] }, times: flow === "SA" ? times : times.map((t) => t / 5), modes: order, accuracy: 1e-9 });
      expect(outcome.kind).toBe("converged");
      const energies = moments.map((z) => energy(3, z));
      for (const [i, z] of moments.entries()) {
        expect(Math.abs(z[0]! - 1)).toBeLessThan(1e-14);
        expect(Math.abs(z[3]!)).toBeLessThan(1e-13);
        if (i > 0) expect(energies[i]!).toBeGreaterThan(energies[i - 1]!);
      }
    }
  });

  test("cosine and sine parts both grow at gamma_k; a kernel of x + y in place of x - y is caught", () => {
    const epsilon = 1e-6;
    const t = 1.5;
    const gamma = growthRate(2, { flow: "USA", beta: 2, d: 2 });
    const { moments } = solveCircleMeanField({ flow: "USA", beta: 2, density: { cos: [0, epsilon], sin: [0, epsilon] }, times: [t], modes: 2, accuracy: 1e-13 });
    const cosine = moments[0]![4]! / (epsilon / 2);
    const sine = moments[0]![5]! / (epsilon / 2);
    expect(cosine).toBeCloseTo(Math.exp(gamma * t), 4);
    expect(sine).toBeCloseTo(Math.exp(gamma * t), 4);
    // The reflected kernel gives Z' = gamma conj Z: it is recognised by the decay of its sine part.
    const reflected = reflectedEuler(2, 2, epsilon, t);
    expect(reflected.cosine).toBeCloseTo(Math.exp(gamma * t), 0);
    expect(reflected.sine).toBeLessThan(1);
    expect(Math.abs(reflected.sine - sine)).toBeGreaterThan(5);
  });

  test("what is not resolved is not certified", () => {
    const solution = solveCircleMeanField({ flow: "USA", beta: 5, density: { cos: [0, 0, 0.02] }, times: [0.05, 0.2, 0.4, 1], modes: 6, accuracy: 1e-9, maxLabels: 256 });
    expect(solution.outcome.kind).toBe("budget-exhausted");
    expect(solution.outcome.message).toMatch(/Certified to 1e-9 until t = 0\.\d+.*Raise maxLabels/);
    expect(solution.certifiedUntil).toBeGreaterThan(0);
    expect(solution.certifiedUntil).toBeLessThan(1);
    expect(solution.errors[0]!).toBeLessThan(1e-9);
    expect(solution.errors[3]!).toBeGreaterThan(1e-9);
  });

  test("out of steps: budget-exhausted, unreached times have an infinite certificate", () => {
    const { outcome, errors, certifiedUntil } = solveCircleMeanField({ flow: "SA", beta: 1, density: { cos: [0.3] }, times: [50], modes: 2, accuracy: 1e-10, maxSteps: 5 });
    expect(outcome.kind).toBe("budget-exhausted");
    expect(errors).toEqual([Infinity]);
    expect(certifiedUntil).toBe(0);
  });

  test("refusals", () => {
    const base = { flow: "SA", beta: 1, density: { cos: [0.3] }, times: [1], modes: 2, accuracy: 1e-8 } as const;
    expect(() => solveCircleMeanField({ ...base, density: { cos: [1.5] } })).toThrow(/density = -.*must not be negative/);
    expect(() => solveCircleMeanField({ ...base, times: [2, 1] })).toThrow(/times = 1: must increase/);
    expect(() => solveCircleMeanField({ ...base, flow: "USA", beta: 800 })).toThrow(/beta = 800/);
    expect(() => solveCircleMeanField({ ...base, accuracy: 0 })).toThrow(/accuracy = 0/);
  });
});

describe("kernel field", () => {
  test("equals the direct sum over weighted labels", () => {
    const { angles, weights } = trapezoidLabels({ cos: [0.3], sin: [0, 0.2] }, 64);
    for (const beta of [-3, 0, 0.5, 7]) {
      const { order } = kernelFieldOrder(beta);
      const z = new Float64Array(2 * (order + 1));
      for (let j = 0; j < 64; j++) {
        for (let k = 0; k <= order; k++) {
          z[2 * k] = z[2 * k]! + weights[j]! * Math.cos(k * angles[j]!);
          z[2 * k + 1] = z[2 * k + 1]! + weights[j]! * Math.sin(k * angles[j]!);
        }
      }
      const grid = [0, 1, 2.5, 4];
      const direct = grid.map((theta) => angles.reduce((sum, phi, j) => sum + weights[j]! * Math.exp(beta * Math.cos(theta - phi) - Math.abs(beta)), 0));
      for (const [i, value] of kernelField(beta, z, grid).entries()) expect(value).toBeCloseTo(direct[i]!, 14);
    }
  });
});

/** (1/2 beta) sum_m b_m |Z_m|^2, [eq:energy], times e^{-beta}. */
function energy(beta: number, z: Float64Array): number {
  const { order } = kernelFieldOrder(beta);
  let sum = 0;
  for (let m = 0; m <= order; m++) {
    // The m-th harmonic of the kernel is its field of a unit moment at angle 0.
    const unit = new Float64Array(2 * (order + 1));
    unit[2 * m] = 1;
    sum += kernelField(beta, unit, [0])[0]! * (z[2 * m]! ** 2 + z[2 * m + 1]! ** 2);
  }
  return sum / (2 * beta);
}

/** Labels moved by the velocity of the reflected kernel, W'(x + y): USA by its definition, O(n^2), Euler. */
function reflectedEuler(k: number, beta: number, epsilon: number, t: number): { cosine: number; sine: number } {
  const n = 32;
  const density: CircleDensity = { cos: [0, epsilon], sin: [0, epsilon] };
  const { angles, weights } = trapezoidLabels(density, n);
  const steps = 300;
  for (let step = 0; step < steps; step++) {
    const velocity = angles.map((x) => angles.reduce((sum, y, j) => sum - weights[j]! * Math.exp(beta * Math.cos(x + y)) * Math.sin(x + y), 0));
    for (let j = 0; j < n; j++) angles[j] = angles[j]! + (t / steps) * velocity[j]!;
  }
  const moment = (f: (x: number) => number): number => angles.reduce((sum, x, j) => sum + weights[j]! * f(k * x), 0) / (epsilon / 2);
  return { cosine: moment(Math.cos), sine: moment(Math.sin) };
}

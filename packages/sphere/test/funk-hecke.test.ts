import { DomainError, gaussLegendre } from "@mesoscope/numerics";
import { gegenbauer } from "@mesoscope/special-functions";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { funkHeckeRatio, harmonicDimension, harmonicEigenvalue, logFunkHecke } from "../src/index.js";
import { reference } from "./harmonic-analysis.js";

const relative = (value: number, expected: number): number => Math.abs(value - expected) / Math.abs(expected);
/** Growth rates divided by nothing but lambda_k/beta: the form in which the references state c_k. */
const rateSa = (k: number, d: number, beta: number): number => (harmonicEigenvalue(k, d) / beta) * funkHeckeRatio(k, d, beta);

describe("Funk-Hecke coefficients of exp(beta t)", () => {
  it.each(reference.funk_hecke.cases)("match the reference at d = $d, beta = $beta, k = $k", (c) => {
    expect(relative(logFunkHecke(c.k, c.d, c.beta), c.log_c_k)).toBeLessThan(5e-15);
    expect(relative(funkHeckeRatio(c.k, c.d, c.beta), c.ratio_c_k_c_0)).toBeLessThan(2e-15 * (1 + c.k));
    if (c.k > 0) expect(relative(rateSa(c.k, c.d, c.beta), c.gamma_sa)).toBeLessThan(2e-15 * (2 + c.k));
    if (c.log_gamma_usa !== null) {
      const log = logFunkHecke(c.k, c.d, c.beta) + Math.log(harmonicEigenvalue(c.k, c.d) / c.beta);
      expect(Math.abs(log - c.log_gamma_usa)).toBeLessThan(1e-14 * Math.max(1, Math.abs(c.log_c_k)));
    }
  });

  it.each(reference.negative_beta.cases)("have the sign (-1)^k at beta = $beta, d = $d, k = $k", (c) => {
    expect(relative(rateSa(c.k, c.d, c.beta), c.gamma_sa)).toBeLessThan(1e-14);
    const sign = c.k % 2 === 0 ? 1 : -1;
    const usa = (harmonicEigenvalue(c.k, c.d) / c.beta) * sign * Math.exp(logFunkHecke(c.k, c.d, c.beta));
    expect(relative(usa, c.gamma_usa)).toBeLessThan(1e-14);
  });

  it.each(reference.beta_zero.cases)("reach beta = 0 smoothly at d = $d", ({ d, gamma_1 }) => {
    expect(relative(rateSa(1, d, 1e-9), gamma_1)).toBeLessThan(1e-14);
    expect(relative(rateSa(1, d, -1e-9), gamma_1)).toBeLessThan(1e-14);
    expect([funkHeckeRatio(0, d, 0), funkHeckeRatio(1, d, 0), funkHeckeRatio(4, d, 0)]).toEqual([1, 0, 0]);
    expect([logFunkHecke(0, d, 0), logFunkHecke(1, d, 0)]).toEqual([0, -Infinity]);
  });

  it.each(reference.beta_transitions.cases)("cross at the reference transition d = $d, k = $k", ({ d, k, beta }) => {
    const difference = (b: number): number => rateSa(k + 1, d, b) - rateSa(k, d, b);
    expect(difference(beta * (1 - 1e-12))).toBeLessThan(0);
    expect(difference(beta * (1 + 1e-12))).toBeGreaterThan(0);
  });

  it("are the moments of the kernel: integral of exp(beta t) P_k against the weight of the sphere", () => {
    const { nodes, weights } = gaussLegendre(120);
    for (const d of [3, 5, 9, 17]) {
      const mean = (f: (t: number) => number): number =>
        nodes.reduce((s, t, i) => s + weights[i]! * f(t) * (1 - t * t) ** ((d - 3) / 2), 0);
      const whole = mean(() => 1);
      for (const beta of [-3, 0.5, 7, 40]) {
        for (const k of [0, 1, 2, 5, 8]) {
          const sign = beta < 0 && k % 2 === 1 ? -1 : 1;
          const moment = mean((t) => Math.exp(beta * t) * gegenbauer(k, d, t)) / whole;
          const size = mean((t) => Math.exp(beta * t)) / whole;
          expect(Math.abs(moment - sign * Math.exp(logFunkHecke(k, d, beta)))).toBeLessThan(2e-13 * size);
        }
      }
    }
  });

  it("rebuild the kernel: partial sums of c_k dim_k P_k(t) match the reference and tend to exp(beta t)", () => {
    const partialSum = (d: number, beta: number, t: number, K: number, p = gegenbauer): number => {
      let sum = 0;
      for (let k = 0; k <= K; k++) sum += Math.exp(logFunkHecke(k, d, beta)) * harmonicDimension(k, d) * p(k, d, t);
      return sum;
    };
    for (const c of reference.kernel_expansion.cases) {
      const size = Math.exp(c.beta * Math.abs(c.t));
      expect(Math.abs(partialSum(c.d, c.beta, c.t, c.K) - c.partial_sum)).toBeLessThan(1e-12 * size);
      expect(Math.abs(partialSum(c.d, c.beta, c.t, 80) - c.exact)).toBeLessThan(1e-12 * size);
      // Negative control: polynomials normalised otherwise (here C_k^{(d/2-1)} at d = 8, where C_k(1) is not 1) miss.
      if (c.d === 8) {
        const unnormalised = (k: number, d: number, t: number): number => (k < 1 ? 1 : (d - 2) * gegenbauer(k, d, t));
        expect(Math.abs(partialSum(c.d, c.beta, c.t, 80, unnormalised) - c.exact)).toBeGreaterThan(1e-2 * size);
      }
    }
  });

  it("agree with each other, and are even or odd in beta", () => {
    const beta = fc.double({ min: Math.log(1e-6), max: Math.log(1e6), noNaN: true }).map(Math.exp);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 2, max: 4096 }), beta, (k, d, b) => {
        const ratio = funkHeckeRatio(k, d, b);
        expect(ratio).toBeGreaterThanOrEqual(0);
        expect(ratio).toBeLessThanOrEqual(1);
        expect(funkHeckeRatio(k, d, -b) === (k % 2 === 0 ? ratio : -ratio)).toBe(true);
        const log = logFunkHecke(k, d, b) - logFunkHecke(0, d, b);
        const scale = Math.abs(logFunkHecke(k, d, b)) + k * Math.abs(Math.log(b)) + k * Math.log(d + k) + 1;
        if (ratio > 1e-300) expect(Math.abs(Math.log(ratio) - log)).toBeLessThan(2e-15 * scale);
      }),
      { seed: 20260101, numRuns: 300 },
    );
  });

  it("refuse what is outside their domain", () => {
    for (const call of [() => logFunkHecke(-1, 3, 1), () => logFunkHecke(1.5, 3, 1), () => funkHeckeRatio(1, 1, 1), () => funkHeckeRatio(1, 3, NaN), () => logFunkHecke(1, 3, Infinity)]) {
      expect(call).toThrow(DomainError);
    }
  });
});

import { describe, expect, it } from "vitest";
import { attentionBlindFixedPoint, criticalBeta, delayMapOf, delayMapStep, lyapunovSpectrum, meanFieldJacobian, meanFieldMap, retrievalMagnetisation, singleTokenState, threeCycle, tokenStart, valueEigenvalues, windowMultipliers, windowStart, zeroStateExponentSum } from "../../../src/hopfield/index.js";
import { caseOf, largestDifference, networkOf, table } from "../cases.js";
import type { System } from "../cases.js";

const HOPFIELD_2: System = { weights: [1, 1], zeta: null, xi: { o: [[1, 1], [1, -1]], v: [[1, 1], [1, -1]], q: [[1, 1], [1, -1]], k: [[1, 1], [1, -1]] } };

describe("retrieval magnetisation", () => {
  it("agrees with 60 digits to 1e-13 relative, also just above beta = 1", () => {
    for (const { beta, m } of table.magnetisations) expect(Math.abs(retrievalMagnetisation(beta) / m - 1)).toBeLessThan(1e-13);
  });

  it("reference values; nothing up to beta = 1", () => {
    const { input, expected } = caseOf<{ m: number[] }, { betas: number[] }>("hop-mag");
    expect(largestDifference(input.betas.map(retrievalMagnetisation), expected.m)).toBeLessThan(1e-14);
    expect([0, 0.3, 1].map(retrievalMagnetisation)).toEqual([0, 0, 0]);
    expect(retrievalMagnetisation(1e4)).toBe(1);
    expect(() => retrievalMagnetisation(-1)).toThrow(/beta = -1/);
  });
});

describe("multipliers of a window", () => {
  it("are the roots of z^L = (K/L)(z^(L-1) + ... + 1), for real and complex K", () => {
    for (const { L, K: [re, im], moduli } of table.multipliers) {
      const found = windowMultipliers(im === 0 ? { real: Float64Array.of(re), imaginary: Float64Array.of(0) } : { real: Float64Array.of(re, re), imaginary: Float64Array.of(-im, im) }, L);
      const wanted = im === 0 ? moduli : moduli.flatMap((x) => [x, x]);
      // Multiple roots on the circle of the companion matrix lose digits to a root of the rounding.
      expect(largestDifference(found.map(({ modulus }) => modulus), wanted)).toBeLessThan(1e-12);
    }
  });

  it("do not see attention: the full Jacobian at the fixed point has them for every L, gamma, q, k", () => {
    const { input: { beta }, expected: { m_star, rows } } = caseOf<{ m_star: number; rows: { L: number; gamma: number; jacobian_moduli: number[]; u: number[]; mo: number[] }[] }, { beta: number }>("hop2-retrieval");
    expect(retrievalMagnetisation(beta)).toBeCloseTo(m_star, 14);
    for (const { L, gamma, jacobian_moduli, u, mo } of rows) {
      const network = networkOf(HOPFIELD_2, { L, beta, gamma });
      const point = attentionBlindFixedPoint(network, [0.9, 0.9], { tolerance: 1e-15 });
      expect(point.outcome.kind).toBe("converged");
      expect(largestDifference(point.u, u)).toBeLessThan(1e-14);
      expect(largestDifference(point.overlaps, mo)).toBeLessThan(1e-14);
      expect(largestDifference(point.multipliers.map(({ modulus }) => modulus), jacobian_moduli)).toBeLessThan(1e-9);
      const blind = meanFieldJacobian(networkOf(HOPFIELD_2, { L, beta }), windowStart(network, Array.from({ length: L }, () => [...point.u]), 0));
      const seeing = meanFieldJacobian(network, windowStart(network, Array.from({ length: L }, () => [...point.u]), 0));
      expect(largestDifference(blind, seeing)).toBeLessThan(1e-13);
    }
  });

  it("refuse a complex number without its conjugate", () => {
    expect(() => windowMultipliers({ real: Float64Array.of(1), imaginary: Float64Array.of(-1) }, 2)).toThrow(/must come with its conjugate/);
  });
});

describe("critical beta of u = 0", () => {
  it("agrees with bisection on the roots for every L and kappa", () => {
    for (const { L, kappa: [real, imaginary], beta } of table.critical) {
      const found = criticalBeta({ real, imaginary }, L);
      expect(found.kind === "critical" && Math.abs(found.beta / beta - 1)).toBeLessThan(1e-12);
    }
  });

  it("1/kappa for kappa > 0, L/|kappa| with L multipliers for kappa < 0, never for 0", () => {
    for (let L = 1; L <= 6; L++) {
      expect(criticalBeta({ real: 0.4, imaginary: 0 }, L)).toMatchObject({ kind: "critical", angle: 0, together: 1 });
      expect(criticalBeta({ real: 0.4, imaginary: 0 }, L)).toHaveProperty("beta", 2.5);
      const negative = criticalBeta({ real: -0.5, imaginary: 0 }, L);
      expect(negative).toMatchObject({ kind: "critical", together: L });
      expect(negative.kind === "critical" && Math.abs(negative.beta - 2 * L)).toBeLessThan(1e-11);
    }
    expect(criticalBeta({ real: 0, imaginary: 0 }, 3).kind).toBe("never");
  });

  it("kappa = +-i: 1, 1.154700538, 1.242640687, 1.299678785", () => {
    const { real, imaginary } = valueEigenvalues(networkOf("rot2", { L: 1, beta: 1 }).features);
    expect(largestDifference(real, [0, 0])).toBeLessThan(1e-15);
    expect(largestDifference(imaginary, [-1, 1])).toBeLessThan(1e-15);
    [1, 1.154700538, 1.242640687, 1.299678785].forEach((beta, i) => {
      const found = criticalBeta({ real: real[1]!, imaginary: imaginary[1]! }, i + 1);
      expect(found.kind === "critical" && Math.abs(found.beta - beta)).toBeLessThan(1e-9);
    });
  });
});

describe("exponents of u = 0", () => {
  it.each(caseOf<{ rows: { system: string; L: number; beta: number; gamma: number; lyapunov_1: number }[] }>("zero-lyap").expected.rows)("$system, L = $L, beta = $beta", ({ system, L, beta, gamma, lyapunov_1 }) => {
    const network = networkOf(system, { L, beta, gamma });
    const { multipliers } = attentionBlindFixedPoint(network, new Float64Array(network.features.classes), { tolerance: 1e-15 });
    expect(Math.abs(Math.log(multipliers[0]!.modulus) - lyapunov_1)).toBeLessThan(1e-12);
    const start = windowStart(network, Array.from({ length: L }, () => new Float64Array(network.features.classes)), 0);
    const { exponents } = lyapunovSpectrum(network, start, { burnIn: 0, alignment: 2000, tokens: 4000, blocks: 20, tolerance: 1e-2, count: 1 });
    // Complex multipliers turn the vector: the mean rate has an error of one turn in the length of the run.
    expect(exponents[0]!.kind === "finite" && Math.abs(exponents[0]!.value - lyapunov_1)).toBeLessThan(1e-3);
  });

  it("sum to log(beta |kappa|/L) for one feature", () => {
    const network = networkOf("neg1", { L: 3, beta: 1.5, gamma: 7 });
    const { exponents } = lyapunovSpectrum(network, windowStart(network, [[0], [0], [0]], 0), { burnIn: 0, alignment: 0, tokens: 20, blocks: 20, tolerance: 1 });
    const sum = exponents.reduce((s, one) => s + (one.kind === "finite" ? one.value : NaN), 0);
    expect(Math.abs(sum - zeroStateExponentSum(1.5, -1, 3))).toBeLessThan(1e-13);
    expect(() => zeroStateExponentSum(0, 1, 2)).toThrow(/must not be 0/);
  });
});

describe("one feature", () => {
  it("reduces to the delay map, for several classes and any correlations", () => {
    const system: System = { weights: [1, 2, 3, 2], zeta: null, xi: { o: [[1, -1, 1, -1]], v: [[1, 1, -1, -1]], q: [[-1, -1, 1, 1]], k: [[1, -1, -1, -1]] } };
    const network = networkOf(system, { L: 3, beta: 2.9, gamma: 9 });
    const delay = delayMapOf(network);
    const map = meanFieldMap(network, tokenStart(network, [0.3, -0.3, 0.3, -0.3]));
    const past = [0.3];
    for (let i = 0; i < 30; i++) {
      map.step();
      past.unshift(delayMapStep(delay, past));
      past.length = Math.min(past.length, 3);
      expect(largestDifference(map.u, [past[0]!, -past[0]!, past[0]!, -past[0]!])).toBeLessThan(1e-12);
    }
    expect(() => delayMapOf(networkOf("rot2", { L: 1, beta: 1 }))).toThrow(/features = 2/);
  });

  it("one token: fixed point or two-cycle of m*, with log(beta (1 - m^2)), checked against the spectrum", () => {
    for (const [system, gain, period] of [["hop1", 1.5, 1], ["neg1", -1.5, 2]] as const) {
      const state = singleTokenState(gain);
      expect(state).toMatchObject({ period, magnetisation: retrievalMagnetisation(1.5) });
      const network = networkOf(system, { L: 1, beta: 1.5 });
      const { exponents } = lyapunovSpectrum(network, tokenStart(network), { burnIn: 1000, alignment: 10, tokens: 100, blocks: 20, tolerance: 1e-6 });
      const expected = Math.log(1.5 * (1 - state.magnetisation * state.magnetisation));
      expect(state.exponent.kind === "finite" && Math.abs(state.exponent.value - expected)).toBeLessThan(1e-13);
      expect(exponents[0]!.kind === "finite" && Math.abs(exponents[0]!.value - expected)).toBeLessThan(1e-12);
    }
  });

  it("at beta = 30 the exponent is log(4 beta) - 2 beta, where 1 - tanh^2 would give log 0", () => {
    const network = networkOf("hop1", { L: 1, beta: 30 });
    const { exponents } = lyapunovSpectrum(network, tokenStart(network), { burnIn: 100, alignment: 0, tokens: 20, blocks: 20, tolerance: 1 });
    expect(exponents[0]!.kind === "finite" && Math.abs(exponents[0]!.value - (Math.log(120) - 60))).toBeLessThan(1e-12);
    const wrong = 1 - Math.tanh(30) * Math.tanh(30);
    expect(Math.log(wrong)).toBe(-Infinity);
  });

  it("three-cycle (a, -a, 0) of two tokens without attention, attracting, and none up to beta = 2", () => {
    const { input, expected } = caseOf<{ a: number[] }, { betas: number[] }>("neg1-3cycle");
    input.betas.forEach((beta, i) => {
      const cycle = threeCycle(beta);
      expect(cycle.kind === "exists" && Math.abs(cycle.amplitude - expected.a[i]!)).toBeLessThan(1e-14);
      const network = networkOf("neg1", { L: 2, beta });
      const map = meanFieldMap(network, windowStart(network, [[0.5], [-0.3]], 1));
      map.run(60_000);
      const seen = [0, 1, 2].map(() => { map.step(); return map.u[0]!; }).sort((a, b) => a - b);
      expect(largestDifference(seen, [-expected.a[i]!, 0, expected.a[i]!])).toBeLessThan(1e-9);
    });
    expect(threeCycle(2).kind).toBe("none");
  });

  it("C^vo of a network without correlation has no critical beta", () => {
    const { real, imaginary } = valueEigenvalues(networkOf({ weights: [1, 1], zeta: null, xi: { o: [[1, 1]], v: [[1, -1]], q: [[1, 1]], k: [[1, 1]] } }, { L: 1, beta: 1 }).features);
    expect(criticalBeta({ real: real[0]!, imaginary: imaginary[0]! }, 2).kind).toBe("never");
  });
});

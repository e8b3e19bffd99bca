import { readFileSync } from "node:fs";
import { harmonicDrift, harmonicMoments } from "@mesoscope/kernels";
import { besselI } from "@mesoscope/special-functions";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttentionFlow, CircleCoefficients, TimeUnit } from "../src/index.js";
import { attentionField, circleCoefficients, circleMoments, driftBound, pairSumDrift, tokensOfAngles } from "../src/index.js";
import { distance, runs, someAngles } from "./configurations.js";

function fourierDrift(theta: Float64Array, { numerator, denominator }: Pick<CircleCoefficients, "numerator" | "denominator">): Float64Array {
  const v = new Float64Array(theta.length);
  harmonicDrift(theta, { batch: 1, n: theta.length, numerator, ...(denominator === undefined ? {} : { denominator }) }, v);
  return v;
}

/** What rounding may add: some ulp a mode of the largest kernel value, over the least normaliser. */
function roundingOf({ flow, order, time }: CircleCoefficients, n: number): number {
  const size = Math.abs(flow.beta);
  const largest = flow.flow === "USA" && time === "natural" ? Math.exp(size) : 1;
  const least = flow.flow === "SA" ? Math.max(Math.exp(-2 * size), flow.beta >= 0 ? 1 / n : 0) : 1;
  return (20 * (order + 8) * Number.EPSILON * largest) / least;
}

const flows = fc.record({ flow: fc.constantFrom("SA" as const, "USA" as const), beta: fc.double({ min: -6, max: 40, noNaN: true }), d: fc.constant(2) });

describe("the harmonic drift is the pair sum within its stated bound", () => {
  test("for any flow, beta, configuration, tolerance and time unit", () => {
    fc.assert(
      fc.property(flows, fc.integer({ min: 1, max: 24 }), fc.nat(1e6), fc.constantFrom(1e-3, 1e-6, 1e-9, 1e-13), fc.constantFrom<TimeUnit>("natural", "scaled"), (flow, n, seed, tolerance, time) => {
        const theta = someAngles(n, seed);
        const coefficients = circleCoefficients(flow, tolerance, time);
        const error = distance(fourierDrift(theta, coefficients), pairSumDrift(theta, flow, time));
        expect(error).toBeLessThanOrEqual(driftBound(coefficients, n) + roundingOf(coefficients, n));
      }),
      { ...runs, numRuns: 300 },
    );
  });

  test("the bound is not loose: two tokens at a quarter wave of the first mode cut off reach a third of it", () => {
    for (const beta of [1, 5, 25]) {
      const flow: AttentionFlow = { flow: "USA", beta, d: 2 };
      const coefficients = circleCoefficients(flow, 1e-5);
      const theta = Float64Array.of(0, Math.PI / (2 * (coefficients.order + 1)));
      expect(distance(fourierDrift(theta, coefficients), pairSumDrift(theta, flow))).toBeGreaterThan(driftBound(coefficients, 2) / 3);
    }
  });

  test("one harmonic fewer breaks the tolerance", () => {
    for (const beta of [1, 5, 25]) {
      const { order, tail, flow } = circleCoefficients({ flow: "USA", beta, d: 2 }, 1e-8);
      expect(tail).toBeLessThanOrEqual(1e-8);
      const before = (besselI(order - 1, beta) + besselI(order, beta)) * Math.exp(-flow.beta);
      expect(before).toBeGreaterThan(1e-8);
    }
  });

  test("angles and tokens on the circle have the same drift", () => {
    for (const flow of [{ flow: "SA", beta: 3, d: 2 }, { flow: "USA", beta: -2, d: 2 }] as const) {
      const theta = someAngles(9, 4);
      const v = new Float64Array(18);
      attentionField(flow, 9)(0, tokensOfAngles(theta), v);
      const angular = pairSumDrift(theta, flow);
      angular.forEach((speed, i) => {
        expect(v[2 * i]).toBeCloseTo(-Math.sin(theta[i]!) * speed, 12);
        expect(v[2 * i + 1]).toBeCloseTo(Math.cos(theta[i]!) * speed, 12);
      });
    }
  });
});

describe("wrong harmonics are caught", () => {
  const flow: AttentionFlow = { flow: "USA", beta: 2, d: 2 };
  const theta = someAngles(12, 7);
  const truth = pairSumDrift(theta, flow);
  const coefficients = circleCoefficients(flow, 1e-12);
  const allowed = driftBound(coefficients, 12) + roundingOf(coefficients, 12);

  test("the right ones pass", () => {
    expect(distance(fourierDrift(theta, coefficients), truth)).toBeLessThanOrEqual(allowed);
  });
  test("the kernel of x + y in place of x - y: conjugated moments", () => {
    const order = coefficients.order;
    const z = new Float64Array(2 * (order + 1));
    harmonicMoments(theta, { batch: 1, n: theta.length, order }, z);
    const reflected = theta.map((angle) => coefficients.numerator.reduce((sum, a, index) => {
      const m = index + 1;
      return sum + a * (-z[2 * m + 1]! * Math.cos(m * angle) - z[2 * m]! * Math.sin(m * angle));
    }, 0));
    expect(distance(reflected, truth)).toBeGreaterThan(1e6 * allowed);
  });
  test("a factor m that is dropped from 2 m I_m / beta", () => {
    const dropped = coefficients.numerator.map((a, index) => a / (index + 1));
    expect(distance(fourierDrift(theta, { numerator: dropped }), truth)).toBeGreaterThan(1e6 * allowed);
  });
  test("a sign of the odd harmonics that is lost for beta < 0", () => {
    const negative = circleCoefficients({ ...flow, beta: -2 }, 1e-12);
    const lost = { numerator: negative.numerator.map(Math.abs) };
    expect(distance(fourierDrift(theta, negative), pairSumDrift(theta, negative.flow))).toBeLessThanOrEqual(allowed);
    expect(distance(fourierDrift(theta, lost), pairSumDrift(theta, negative.flow))).toBeGreaterThan(1e6 * allowed);
  });
});

describe("limits", () => {
  test("beta = 0 has one harmonic, and beta -> 0 from both sides is continuous", () => {
    expect(circleCoefficients({ flow: "USA", beta: 0, d: 2 }, 1e-12)).toMatchObject({ order: 1, numerator: [1], tail: 0 });
    for (const beta of [-1e-7, 1e-7, 1 - 1e-12, 1 + 1e-12]) {
      const { numerator } = circleCoefficients({ flow: "USA", beta, d: 2 }, 1e-15);
      const expected = beta * beta < 1e-10 ? 1 : (2 * besselI(1, beta)) / beta;
      expect(Math.abs(numerator[0]! / expected - 1)).toBeLessThan(1e-14);
    }
  });
  test("beta = 1000 works in scaled time, and natural time says so", () => {
    const theta = someAngles(20, 1);
    const flow: AttentionFlow = { flow: "USA", beta: 1000, d: 2 };
    const scaled = circleCoefficients(flow, 1e-10, "scaled");
    expect(distance(fourierDrift(theta, scaled), pairSumDrift(theta, flow, "scaled"))).toBeLessThan(1e-10 + roundingOf(scaled, 20));
    expect(() => circleCoefficients(flow, 1e-10)).toThrow('beta = 1000: makes e^{|beta|} overflow in natural time. Measure time in units of e^{-|beta|}: time: "scaled".');
  });
  test("SA with beta < 0 tells when the tolerance cannot resolve the normaliser", () => {
    expect(driftBound(circleCoefficients({ flow: "SA", beta: -20, d: 2 }, 1e-10), 5)).toBe(Infinity);
    expect(driftBound(circleCoefficients({ flow: "SA", beta: -2, d: 2 }, 1e-10), 5)).toBeLessThan(1e-7);
  });
  test("bad descriptions are refused", () => {
    expect(() => circleCoefficients({ flow: "SA", beta: 1, d: 3 }, 1e-9)).toThrow(/d = 3.*token ensemble/);
    expect(() => circleCoefficients({ flow: "SA", beta: 1e400, d: 2 }, 1e-9)).toThrow(/beta = Infinity/);
    expect(() => circleCoefficients({ flow: "SA", beta: 1, d: 2 }, 0)).toThrow(/tolerance = 0/);
    expect(() => circleCoefficients({ flow: "sa" as "SA", beta: 1, d: 2 }, 1e-9)).toThrow(/flow = "sa"/);
  });
});

test("the hierarchy of moments, [eq:hierarchy], against mpmath", () => {
  const { sections } = JSON.parse(readFileSync(new URL("fixtures/sphere.json", import.meta.url), "utf8")) as {
    sections: { fourier_hierarchy: { cases: { theta: number[]; beta: number; k: number; Zdot_re: number; Zdot_im: number }[] } };
  };
  for (const { theta, beta, k, Zdot_re, Zdot_im } of sections.fourier_hierarchy.cases) {
    const angles = Float64Array.from(theta);
    const v = fourierDrift(angles, circleCoefficients({ flow: "USA", beta, d: 2 }, 1e-16));
    // Z_k' = (1/n) sum_j i k theta_j' e^{i k theta_j}
    let [re, im] = [0, 0];
    angles.forEach((angle, j) => {
      re -= (k * v[j]! * Math.sin(k * angle)) / theta.length;
      im += (k * v[j]! * Math.cos(k * angle)) / theta.length;
    });
    expect(Math.abs(re - Zdot_re)).toBeLessThan(1e-12);
    expect(Math.abs(im - Zdot_im)).toBeLessThan(1e-12);
    // and the sum over modes of products of moments
    const z = circleMoments(angles, 60);
    const at = (m: number): readonly [number, number] => (m >= 0 ? [z[2 * m]!, z[2 * m + 1]!] : [z[-2 * m]!, -z[-2 * m + 1]!]);
    let [sumRe, sumIm] = [0, 0];
    for (let m = 1; m <= 40; m += 1) {
      const [a, b, c] = [at(k - m), at(m), at(k + m > 60 ? 60 : k + m)];
      const weight = (k / beta) * m * besselI(m, beta);
      sumRe += weight * (a[0] * b[0] - a[1] * b[1] - (c[0] * b[0] + c[1] * b[1]));
      sumIm += weight * (a[0] * b[1] + a[1] * b[0] - (c[1] * b[0] - c[0] * b[1]));
    }
    expect(Math.abs(sumRe - Zdot_re)).toBeLessThan(1e-12);
    expect(Math.abs(sumIm - Zdot_im)).toBeLessThan(1e-12);
  }
});

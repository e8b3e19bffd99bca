import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { besselI, besselIRatio, besselIScaled, besselIScaledSequence, logBesselI, logReducedBesselI } from "../../src/index.js";

const SEED = 20260101;
/** exp of a uniform: every scale between the bounds is equally likely. */
const logUniform = (low: number, high: number): fc.Arbitrary<number> =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const order = fc.oneof(fc.double({ min: 0, max: 30, noNaN: true }), logUniform(1, 1e4), fc.integer({ min: 0, max: 300 }));
const argument = logUniform(1e-3, 1e6);
const holds = (property: fc.IProperty<[number, number]>): void => {
  fc.assert(property, { seed: SEED, numRuns: 200 });
};

/** Largest |I_{k-1} - I_{k+1} - (2 (nu + k)/x) I_k| relative to I_{k-1}: the three-term recurrence of I. */
function recurrenceDefect(values: ArrayLike<number>, nu: number, x: number): number {
  let worst = 0;
  for (let k = 1; k + 1 < values.length; k++) {
    const before = values[k - 1]!;
    if (before < 1e-280) break;
    worst = Math.max(worst, Math.abs(before - values[k + 1]! - ((2 * (nu + k)) / x) * values[k]!) / before);
  }
  return worst;
}

describe("the modified Bessel function I", () => {
  it("obeys I_{nu-1} - I_{nu+1} = (2 nu/x) I_nu along a sequence, blocks included", () => {
    holds(
      fc.property(order, argument, (nu, x) => {
        expect(recurrenceDefect(besselIScaledSequence(nu, x, 100), nu, x)).toBeLessThan(3e-14);
      }),
    );
  });

  it("fails that law with the sign of J's recurrence (negative control)", () => {
    const wrong = Array.from(besselIScaledSequence(2, 5, 12));
    let ratio = besselIRatio(13, 5);
    for (let k = 11; k >= 1; k--) {
      ratio = 5 / (2 * (2 + k) - 5 * ratio); // the sign of J_nu
      wrong[k] = ratio;
    }
    for (let k = 1; k < 12; k++) wrong[k] = wrong[k - 1]! * wrong[k]!;
    expect(recurrenceDefect(wrong, 2, 5)).toBeGreaterThan(1e-2);
  });

  it("has the closed forms of half-integer order: I_{1/2} = sqrt(2/(pi x)) sinh x and I_{3/2}", () => {
    for (const x of [0.3, 1, 4, 20, 30, 100, 600]) {
      const sinh = (Math.exp(x) - Math.exp(-x)) / 2;
      const cosh = (Math.exp(x) + Math.exp(-x)) / 2;
      const norm = Math.sqrt(2 / (Math.PI * x));
      expect(besselI(0.5, x) / (norm * sinh)).toBeCloseTo(1, 13);
      expect(besselI(1.5, x) / (norm * (cosh - sinh / x))).toBeCloseTo(1, x < 1 ? 12 : 13);
    }
  });

  it("keeps the ratio within Amos's bounds, and the ratio agrees with the quotient of values", () => {
    holds(
      fc.property(order, argument, (nu, x) => {
        const ratio = besselIRatio(nu, x);
        const below = x / (nu + 0.5 + Math.sqrt((nu + 1.5) ** 2 + x * x));
        const above = x / (nu + 0.5 + Math.sqrt((nu + 0.5) ** 2 + x * x));
        expect(ratio).toBeGreaterThanOrEqual(below * (1 - 1e-15));
        expect(ratio).toBeLessThanOrEqual(above * (1 + 1e-15));
        const low = besselIScaled(nu, x);
        const high = besselIScaled(nu + 1, x);
        if (high > 1e-290) expect(Math.abs(high / low / ratio - 1)).toBeLessThan(3e-14);
      }),
    );
  });

  it("has ratios that grow with x and fall with the order", () => {
    holds(
      fc.property(order, argument, (nu, x) => {
        const here = besselIRatio(nu, x);
        expect(besselIRatio(nu, x * 1.01)).toBeGreaterThanOrEqual(here * (1 - 1e-14));
        expect(besselIRatio(nu + 0.5, x)).toBeLessThanOrEqual(here * (1 + 1e-14));
      }),
    );
  });

  it("obeys Turan's inequality I_{nu+1}^2 > I_nu I_{nu+2}: ratios decrease along a sequence", () => {
    holds(
      fc.property(order, argument, (nu, x) => {
        const v = besselIScaledSequence(nu, x, 40);
        for (let k = 0; k + 2 < 40 && v[k + 2]! > 1e-290; k++) {
          expect(v[k + 1]! / v[k]!).toBeGreaterThanOrEqual((v[k + 2]! / v[k + 1]!) * (1 - 2e-14));
        }
      }),
    );
  });

  it("joins value, scaled value, logarithm and reduced form", () => {
    holds(
      fc.property(order, argument, (nu, x) => {
        const log = logBesselI(nu, x);
        if (log > -600 && log < 600) expect(Math.log(besselI(nu, x))).toBeCloseTo(log, 11);
        if (log - x > -600) expect(Math.log(besselIScaled(nu, x)) + x).toBeCloseTo(log, x > 1e4 ? 8 : 11);
        // The reduced form obeys 0F1' = 0F1(b + 1)/b: R(nu + 1) = R(nu) (2 nu + 2)/x ratio.
        const step = logReducedBesselI(nu + 1, x) - logReducedBesselI(nu, x);
        const expected = Math.log(((2 * nu + 2) / x) * besselIRatio(nu, x));
        expect(Math.abs(step - expected)).toBeLessThan(1e-13 * Math.max(1, logReducedBesselI(nu, x)));
      }),
    );
  });

  it("sums to exp: exp(-x) (I_0 + 2 sum I_m) = 1 and with alternating signs exp(-2x)", () => {
    for (const x of [0.01, 1, 5, 24.9, 25.1, 100, 1000]) {
      const v = besselIScaledSequence(0, x, 400);
      const even = v.reduce((s, value, m) => s + (m === 0 ? 1 : 2) * value, 0);
      const alternating = v.reduce((s, value, m) => s + (m === 0 ? 1 : m % 2 === 0 ? 2 : -2) * value, 0);
      expect(Math.abs(even - 1)).toBeLessThan(5e-15);
      expect(Math.abs(alternating - Math.exp(-2 * x))).toBeLessThan(5e-15);
    }
  });

  it("is even or odd in x with an integer order", () => {
    for (const n of [0, 1, 2, 7]) {
      const sign = n % 2 === 0 ? 1 : -1;
      for (const x of [0.5, 3, 40]) {
        expect(besselI(n, -x)).toBe(sign * besselI(n, x));
        expect(besselIScaled(n, -x)).toBe(sign * besselIScaled(n, x));
        expect(besselIRatio(n, -x)).toBe(-besselIRatio(n, x));
        expect(besselIScaledSequence(n, -x, 3)[1]).toBe(-sign * besselIScaledSequence(n, x, 3)[1]!);
      }
    }
  });
});

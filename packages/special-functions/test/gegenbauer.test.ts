import { DomainError, gaussLegendre } from "@mesoscope/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gegenbauer, gegenbauerDerivative, gegenbauerSequence } from "../src/index.js";
import { readTable } from "./measure-accuracy.js";

const SEED = 20260101;
const degree = fc.integer({ min: 0, max: 512 });
const dimension = fc.oneof(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 2, max: 4096 }));
const cosine = fc.double({ min: -1, max: 1, noNaN: true });

/** True when p(k, d, t) is 1 at t = 1 and stays within [-1, 1]: the normalisation everything else relies on. */
function isNormalised(p: (k: number, d: number, t: number) => number): boolean {
  for (const d of [2, 3, 4, 8, 128]) {
    for (const k of [0, 1, 2, 5, 40]) {
      if (Math.abs(p(k, d, 1) - 1) > 1e-15) return false;
      for (let t = -1; t <= 1; t += 0.125) if (Math.abs(p(k, d, t)) > 1 + 1e-14) return false;
    }
  }
  return true;
}

/** C_k^{(lambda)}(t), lambda = d/2 - 1: not normalised. */
function unnormalised(k: number, d: number, t: number): number {
  const lambda = d / 2 - 1;
  let [before, here] = [1, 2 * lambda * t];
  if (k === 0) return before;
  for (let j = 1; j < k; j++) {
    [before, here] = [here, (2 * (j + lambda) * t * here - (j + 2 * lambda - 1) * before) / (j + 1)];
  }
  return here;
}

/** The plain three-term recurrence of the normalised polynomials. */
function plain(k: number, d: number, t: number): number {
  let [before, here] = [1, t];
  if (k === 0) return before;
  for (let j = 1; j < k; j++) [before, here] = [here, ((2 * j + d - 2) * t * here - j * before) / (j + d - 2)];
  return here;
}

describe("normalised Gegenbauer polynomials", () => {
  it("are 1 at 1 and bounded by 1, which the unnormalised ones are not (negative control)", () => {
    expect(isNormalised(gegenbauer)).toBe(true);
    expect(isNormalised(unnormalised)).toBe(false);
  });

  it("are Chebyshev's at d = 2 and Legendre's at d = 3", () => {
    for (const k of [0, 1, 5, 60, 512]) {
      for (const angle of [0, 1e-5, 0.3, 1.5, 2.9]) {
        const t = Math.cos(angle);
        expect(Math.abs(gegenbauer(k, 2, t) - Math.cos(k * Math.acos(t)))).toBeLessThan(2e-13);
      }
    }
    expect(gegenbauer(2, 3, 0.3)).toBeCloseTo((3 * 0.09 - 1) / 2, 15);
    expect(gegenbauer(3, 3, 0.3)).toBeCloseTo((5 * 0.027 - 0.9) / 2, 15);
  });

  it("obey their three-term recurrence, bound and parity", () => {
    fc.assert(
      fc.property(degree, dimension, cosine, (k, d, t) => {
        const p = gegenbauerSequence(k + 2, d, t);
        const next = ((2 * k + d) * t * p[k + 1]! - (k + 1) * p[k]!) / (k + d - 1);
        expect(Math.abs(p[k + 2]! - next)).toBeLessThan(1e-13);
        expect(Math.abs(p[k]!)).toBeLessThanOrEqual(1 + 1e-13);
        expect(gegenbauer(k, d, -t) === (k % 2 === 0 ? p[k]! : -p[k]!)).toBe(true); // 0 and -0 are one value
        expect(gegenbauer(k, d, t)).toBe(p[k]);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("lose digits beside t = 1 with the plain recurrence, not with differences (negative control)", () => {
    const rows = readTable("gegenbauer.json").regimes["beside t = 1 and t = -1"] as readonly (readonly number[])[];
    const worst = (p: typeof plain): number => Math.max(...rows.map(([k, d, t, value]) => Math.abs(p(k!, d!, t!) - value!)));
    expect(worst(plain)).toBeGreaterThan(20 * worst(gegenbauer));
  });

  it("are orthogonal with the weight of the sphere, and 1/dimension in the mean square", () => {
    const { nodes, weights } = gaussLegendre(80);
    for (const d of [3, 5, 9]) {
      const mean = (f: (t: number) => number): number =>
        nodes.reduce((s, t, i) => s + weights[i]! * f(t) * (1 - t * t) ** ((d - 3) / 2), 0);
      const whole = mean(() => 1);
      for (let k = 0; k < 8; k++) {
        for (let m = 0; m <= k; m++) {
          const inner = mean((t) => gegenbauer(k, d, t) * gegenbauer(m, d, t)) / whole;
          // Addition theorem: the mean square of P_k is 1/dim, dim = (2k + d - 2)/(k + d - 2) binomial(k + d - 2, k).
          let dim = (2 * k + d - 2) / (k + d - 2);
          for (let j = 1; j <= k; j++) dim *= (d - 2 + j) / j;
          expect(Math.abs(inner - (k === m ? 1 / dim : 0))).toBeLessThan(1e-14);
        }
      }
    }
  });

  it("solve their differential equation: (1 - t^2) P'' - (d - 1) t P' + k (k + d - 2) P = 0", () => {
    for (const [k, d] of [[3, 2], [6, 3], [10, 8], [5, 64]] as const) {
      for (const t of [-0.8, -0.1, 0.4, 0.9]) {
        const second = ((k * (k + d - 2)) / (d - 1)) * gegenbauerDerivative(k - 1, d + 2, t);
        const defect = (1 - t * t) * second - (d - 1) * t * gegenbauerDerivative(k, d, t) + k * (k + d - 2) * gegenbauer(k, d, t);
        expect(Math.abs(defect)).toBeLessThan(1e-13 * k * (k + d));
      }
    }
  });

  it("refuse what is outside their domain", () => {
    for (const call of [() => gegenbauer(-1, 3, 0), () => gegenbauer(1.5, 3, 0), () => gegenbauer(1, 1, 0), () => gegenbauer(1, 3, 1 + 1e-15), () => gegenbauer(1, 3, NaN), () => gegenbauerDerivative(2, 3, -2)]) {
      expect(call).toThrow(DomainError);
    }
  });
});

import { describe, expect, it } from "vitest";
import { debyeExponent, debyeSum } from "../../src/bessel/debye.js";
import { debyeRadii } from "../../src/coefficients/debye.js";
import { besselIScaled } from "../../src/index.js";
import { logQuotient, productError, sumError } from "../../src/double-double.js";
import { readTable } from "../measure-accuracy.js";

describe("the exponent in two parts", () => {
  it("is needed: the same expansion with a rounded exponent misses 1e-13 (negative control)", () => {
    const rows = readTable("bessel-i.json").regimes["Debye, order to 1e4, value near the bottom of the range"] ?? [];
    const out = new Float64Array(3);
    let rounded = 0;
    let twoParts = 0;
    for (const [nu, x, , reference] of rows as readonly (readonly number[])[]) {
      debyeExponent(nu!, x!, out);
      const r = Math.hypot(nu!, x!);
      const oneDouble = (nu! * nu!) / (r + x!) - nu! * Math.log((nu! + r) / x!);
      const value = (Math.exp(oneDouble) * debyeSum(nu!, r)) / Math.sqrt(2 * Math.PI * r);
      rounded = Math.max(rounded, Math.abs(value / reference! - 1));
      twoParts = Math.max(twoParts, Math.abs(besselIScaled(nu!, x!) / reference! - 1));
    }
    expect(rounded).toBeGreaterThan(1e-13);
    expect(twoParts).toBeLessThan(1e-14);
  });

  it("keeps exact errors of sums and products", () => {
    const a = 1 + 2 ** -30;
    const product = a * a;
    expect(productError(a, a, product)).toBe(2 ** -60);
    expect(sumError(1, 2 ** -80, 1 + 2 ** -80)).toBe(2 ** -80);
  });

  it("has a logarithm of quotients whose two parts satisfy log(a b) = log a + log b beyond double precision", () => {
    const [u, v, w] = [new Float64Array(2), new Float64Array(2), new Float64Array(2)];
    for (const [a, b] of [[3, 5], [1.0625, 7], [1025, 1023], [3, 1e-300]] as const) {
      logQuotient(a, 0, 1, u);
      logQuotient(b, 0, 1, v);
      const product = a * b;
      logQuotient(product, productError(a, b, product), 1, w);
      const defect = u[0]! + v[0]! - w[0]! + sumError(u[0]!, v[0]!, u[0]! + v[0]!) + (u[1]! + v[1]! - w[1]!);
      expect(Math.abs(defect)).toBeLessThan(b < 1e-200 ? 1e-16 : 2e-18);
    }
  });

  it("uses no more rows than the radius needs: one row fewer already costs digits where the count changes", () => {
    for (let k = 5; k < debyeRadii.length; k++) {
      const r = debyeRadii[k]! * 0.999; // one row more than at the listed radius
      expect(Math.abs(debyeSum(0, r) - debyeSum(0, r * 1.002))).toBeLessThan(1e-2 / r);
    }
  });
});

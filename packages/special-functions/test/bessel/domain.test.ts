import { DomainError } from "@mesoscope/numerics";
import { describe, expect, it } from "vitest";
import { besselI, besselIRatio, besselIScaled, besselIScaledSequence, hypergeometric0F1, logBesselI, logHypergeometric0F1, logReducedBesselI } from "../../src/index.js";

describe("the edges of the Bessel functions", () => {
  it("gives the exact values at x = 0", () => {
    expect([besselI(0, 0), besselIScaled(0, 0), logBesselI(0, 0), besselIRatio(0, 0)]).toEqual([1, 1, 0, 0]);
    expect([besselI(0.5, 0), besselIScaled(3, 0), logBesselI(2, 0), logReducedBesselI(7.5, 0)]).toEqual([0, 0, -Infinity, 0]);
    expect(Array.from(besselIScaledSequence(0, 0, 3))).toEqual([1, 0, 0]);
  });

  it("overflows to Infinity and underflows to 0 where documented, the scaled form staying finite", () => {
    expect(besselI(0, 713.9)).toBeLessThan(Infinity);
    expect(besselI(0, 714)).toBe(Infinity);
    expect(besselI(0, 1e6)).toBe(Infinity);
    expect(besselIScaled(0, 1e6)).toBeGreaterThan(0);
    expect(besselI(1e4, 1)).toBe(0);
    expect(logBesselI(1e4, 1)).toBeLessThan(-1e4);
  });

  it("stays finite and ordered at the far ends of the domain", () => {
    expect(besselIScaled(0, 1e150) * Math.sqrt(2 * Math.PI * 1e150)).toBeCloseTo(1, 14);
    expect(besselIRatio(0, 1e150)).toBe(1);
    expect(besselIScaled(1, 5e-324)).toBe(0);
    expect(besselIScaled(0, 5e-324)).toBe(1);
    expect(besselIRatio(0, 5e-324)).toBe(0);
    expect(logBesselI(1, 1e-310)).toBeCloseTo(Math.log(1e-310) - Math.LN2, 9);
    expect(logBesselI(1e6, 5e-324)).toBeLessThan(-7e8);
    expect(besselIScaled(1e6, 1e12)).toBeGreaterThan(0);
  });

  it.each([
    ["a negative order", () => besselI(-1, 2)],
    ["an order beyond 1e6", () => besselIScaled(2e6, 2)],
    ["an infinite argument", () => besselI(0, Infinity)],
    ["NaN", () => besselIRatio(NaN, 1)],
    ["a NaN argument", () => besselIScaled(0, NaN)],
    ["a negative argument of a real order", () => besselI(0.5, -1)],
    ["the logarithm at a negative argument", () => logBesselI(1, -1)],
    ["an empty sequence", () => besselIScaledSequence(0, 1, 0)],
    ["a negative argument of 0F1", () => hypergeometric0F1(1, -1)],
    ["a parameter 0 of 0F1", () => logHypergeometric0F1(0, 1)],
  ])("refuses %s with value, rule and remedy", (_name, call) => {
    expect(call).toThrow(DomainError);
    expect(call).toThrow(/ = .+: must .+\. (Give|For)/);
  });
});

describe("0F1", () => {
  it("is cosh and sinh at b = 1/2 and 3/2, on both sides of the change of method", () => {
    for (const z of [0.1, 1, 3.9, 4.1, 12, 13, 30, 300]) {
      expect(hypergeometric0F1(0.5, (z * z) / 4) / Math.cosh(z)).toBeCloseTo(1, 12);
      expect(hypergeometric0F1(1.5, (z * z) / 4) / (Math.sinh(z) / z)).toBeCloseTo(1, 12);
    }
  });

  it("has the derivative 0F1(b + 1)/b", () => {
    for (const b of [0.3, 1, 2.5, 40, 2000]) {
      for (const y of [0.01, 3, 90, 4000]) {
        const h = 1e-5 * y;
        const slope = (logHypergeometric0F1(b, y + h) - logHypergeometric0F1(b, y - h)) / (2 * h);
        const expected = Math.exp(logHypergeometric0F1(b + 1, y) - logHypergeometric0F1(b, y)) / b;
        expect(Math.abs(slope / expected - 1)).toBeLessThan(1e-8);
      }
    }
  });

  it("agrees with the reduced Bessel function, whose order is b - 1", () => {
    for (const b of [1, 1.5, 4, 64, 2048]) {
      for (const x of [0.01, 2, 30, 500, 1e4]) {
        const log = logReducedBesselI(b - 1, x);
        expect(Math.abs(logHypergeometric0F1(b, 0.25 * x * x) / log - 1)).toBeLessThan(1e-13);
      }
    }
  });

  it("overflows to Infinity, its logarithm does not", () => {
    expect(hypergeometric0F1(1, 2e5)).toBe(Infinity);
    expect(logHypergeometric0F1(1, 2e5)).toBeCloseTo(2 * Math.sqrt(2e5) - 0.5 * Math.log(4 * Math.PI * Math.sqrt(2e5)), 3);
  });
});

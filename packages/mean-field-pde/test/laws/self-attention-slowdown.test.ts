import { describe, expect, test } from "vitest";
import {
  correctedStructureFactorGrowth,
  growthSlowdown,
  initialStructureGrowth,
  linearHorizon,
  pairStructureGrowth,
  raceMeters,
  selfAttentionSlowdown,
  singleModeMeters,
  structureFactorGrowth,
} from "../../src/index.js";
import { fixture, relativeError } from "../fixtures.js";

const reference = fixture("reference");

describe("first finite-n correction", () => {
  test("C of SA on the circle", () => {
    for (const { beta, k, coefficient } of reference.SA_one_over_N.cases) {
      expect(relativeError(selfAttentionSlowdown(k, { flow: "SA", beta, d: 2 }), coefficient)).toBeLessThan(1e-12);
    }
  });

  test("initial growth of E S_k: USA at every n, two softmax tokens exactly", () => {
    for (const { model, d, beta, N, k, dEabsZk2_dt: slope } of reference.finite_N_first_order.cases) {
      const value = model === "USA" ? initialStructureGrowth(k, { flow: model, beta, d }, N) : pairStructureGrowth(k, beta);
      expect(relativeError(value, slope)).toBeLessThan(1e-12);
    }
  });

  test("beta = 0: SA and USA are one flow, C = 1", () => {
    expect(selfAttentionSlowdown(1, { flow: "SA", beta: 1e-8, d: 3 })).toBeCloseTo(1, 7);
    expect(selfAttentionSlowdown(1, { flow: "SA", beta: 0, d: 3 })).toBe(1);
  });

  test("self-attention dominates: 5.4 for d = 2, 37 for d = 8 at beta = 5, 5.9e3 for d = 128 at beta = 9", () => {
    const meter = (beta: number, d: number): number => singleModeMeters({ flow: "SA", beta, d, n: 1, r: 0.2 }).find(({ symbol }) => symbol.startsWith("e^β"))!.value;
    expect(meter(5, 2)).toBeCloseTo(5.4, 1);
    expect(meter(5, 8)).toBeCloseTo(37, 0);
    expect(meter(9, 128) / 5.9e3).toBeCloseTo(1, 1);
    expect(raceMeters({ flow: "SA", beta: 5, d: 2, n: 1024, r: 0.2 }).length).toBe(2);
  });

  test("growth with and without the correction", () => {
    const model = { flow: "SA", beta: 2, d: 2 } as const;
    expect(structureFactorGrowth(2, model, 0)).toBe(1);
    const h = 1e-7;
    const slope = (correctedStructureFactorGrowth(2, model, h, 5000) - 1) / h / 5000;
    expect(relativeError(slope, initialStructureGrowth(2, model, 5000))).toBeLessThan(2e-6);
    expect(growthSlowdown(2, { ...model, flow: "USA" }, 4)).toBe(0.75);
    expect(structureFactorGrowth(2, model, linearHorizon([1, 2, 3], model, 1000, 0.05))).toBeCloseTo(50, 9);
  });
});

import type { Tableau } from "@mesoscope/time-integration";
import { dormandPrince5, euler, rungeKutta4 } from "@mesoscope/time-integration";
import { describe, expect, test } from "vitest";
import { circleCoefficients, circleEnsemble, fastestLinearRate, stepSize } from "../src/index.js";

describe("the fastest linear rate", () => {
  // max_k gamma_k with mpmath at 50 digits.
  test.each([
    ["SA", 2, 0.5, 0.4849992251616039],
    ["SA", 2, 2, 0.604450684071984],
    ["SA", 2, 0, 0.5],
    ["USA", 2, 1, 0.565159103992485],
    ["SA", 2, -1, 0.4463899658965345],
  ] as const)("%s d = %i beta = %f", (flow, d, beta, rate) => {
    expect(Math.abs(fastestLinearRate({ flow, beta, d }) / rate - 1)).toBeLessThan(1e-13);
  });

  test("is max_k k a_k / 2 of the harmonics of the drift on the circle, over b_0 for SA", () => {
    for (const beta of [-7, 0.1, 5, 30]) {
      for (const time of ["natural", "scaled"] as const) {
        const usa = circleCoefficients({ flow: "USA", beta, d: 2 }, 1e-15, time);
        const fastest = Math.max(...usa.numerator.map((a, index) => ((index + 1) * Math.abs(a)) / 2));
        expect(fastestLinearRate({ flow: "USA", beta, d: 2 }, time) / fastest).toBeCloseTo(1, 12);
        const sa = circleCoefficients({ flow: "SA", beta, d: 2 }, 1e-15);
        const slow = Math.max(...sa.numerator.map((a, index) => ((index + 1) * Math.abs(a)) / (2 * sa.denominator![0]!)));
        expect(fastestLinearRate({ flow: "SA", beta, d: 2 }, time) / slow).toBeCloseTo(1, 12);
      }
    }
  });
});

describe("the step", () => {
  const flow = { flow: "USA", beta: 3, d: 2 } as const;
  test.each([[euler, 1e-2], [rungeKutta4, 1e-3], [rungeKutta4, 1e-5], [dormandPrince5, 1e-8]].map(([tableau, tolerance]) => [(tableau as Tableau).name, tableau as Tableau, tolerance as number] as const))("%s (%#): keeps its promise on a linear mode", async (_name, tableau, tolerance) => {
    const { dt, rate, relativeRateError } = stepSize(flow, { tableau, tolerance, regime: "emergence" });
    expect(relativeRateError).toBe(tolerance);
    // 400 equispaced tokens, displaced by 1e-9 of the fastest mode, k = 2 at beta = 3: Z_2 grows at the rate until it is of order 1.
    const n = 400;
    const angles = Float64Array.from({ length: n }, (_, i) => (2 * Math.PI * i) / n + 1e-6 * Math.sin((4 * Math.PI * i) / n));
    const ensemble = circleEnsemble({ flow, batch: 1, angles, tolerance: 1e-15, tableau });
    const steps = Math.ceil(3 / (rate * dt));
    const size = async (): Promise<number> => Math.hypot(...(await ensemble.moments(2)).slice(4, 6));
    const before = await size();
    await ensemble.advance(steps, dt);
    const measured = Math.log((await size()) / before) / (steps * dt);
    const error = Math.abs(measured / rate - 1);
    expect(error).toBeLessThan(1.5 * tolerance);
    expect(error).toBeGreaterThan(0.5 * tolerance);
  });

  test("for clusters it is shorter, and for S^0 there is none", () => {
    const options = { tableau: rungeKutta4, tolerance: 1e-4 } as const;
    expect(stepSize(flow, { ...options, regime: "clustered" }).dt).toBeLessThan(stepSize(flow, { ...options, regime: "emergence" }).dt);
    expect(stepSize({ flow: "SA", beta: 3, d: 2 }, { ...options, regime: "clustered" }).rate).toBe(4);
    expect(() => stepSize({ ...flow, d: 1 }, { ...options, regime: "emergence" })).toThrow(/d = 1.*nothing moves/);
    expect(() => stepSize(flow, { ...options, tolerance: 0.5, regime: "emergence" })).toThrow(/tolerance = 0.5/);
  });
});

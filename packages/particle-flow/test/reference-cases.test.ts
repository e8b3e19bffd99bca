import { readFileSync } from "node:fs";
import { dormandPrince5, integrateAdaptive, onSpheres } from "@mesoscope/time-integration";
import { describe, expect, test } from "vitest";
import { attentionField, interactionEnergy, tokenEnsemble } from "../src/index.js";
import { distance } from "./configurations.js";

interface Trajectory {
  readonly name: string;
  readonly X0: number[][];
  readonly beta: number;
  readonly mode: "SA" | "USA";
  readonly causal: boolean;
  readonly ts: number[];
  readonly X: number[][][];
  readonly energy: number[];
  readonly tol_rows: number[];
}

interface CrossRatios {
  readonly X0: number[][];
  readonly ts: number[];
  readonly X: number[][][];
  readonly cross_ratios: number[][];
  readonly quads: [number, number, number, number][];
}

const { sections } = JSON.parse(readFileSync(new URL("fixtures/sphere.json", import.meta.url), "utf8")) as {
  sections: { trajectories: { cases: Trajectory[] }; beta0_cross_ratios: { cases: CrossRatios[] } };
};

describe("trajectories against 80-bit integration", () => {
  test.each(sections.trajectories.cases.map((one) => [one.name, one] as const))("%s", (_, { X0, beta, mode, causal, ts, X, energy, tol_rows }) => {
    const [n, d] = [X0.length, X0[0]!.length];
    const flow = { flow: mode, beta, d };
    const start = Float64Array.from(X0.flat());
    onSpheres(d)(start);
    const { observations, outcome } = integrateAdaptive(attentionField(flow, n, { causal }), start, { t0: 0, t1: ts.at(-1)!, relative: 0, absolute: 1e-14, projection: onSpheres(d), times: ts });
    expect(outcome.kind).toBe("converged");
    observations.forEach(({ y }, row) => {
      // Their tolerance is for integration at 1e-13 in 80 bits; doubles at 1e-14 a step add some of that again.
      const allowed = 20 * tol_rows[row]!;
      expect(distance(y, X[row]!.flat())).toBeLessThan(allowed);
      expect(Math.abs(interactionEnergy(y, flow) / energy[row]! - 1)).toBeLessThan(allowed * (1 + beta));
    });
  });
});

describe("beta = 0, the Moebius flow", () => {
  const { X0, ts, X, cross_ratios: expected, quads } = sections.beta0_cross_ratios.cases[0]!;
  const d = X0[0]!.length;
  test.each(["SA", "USA"] as const)("%s keeps all cross ratios", async (flow) => {
    const ensemble = tokenEnsemble({ flow: { flow, beta: 0, d }, batch: 1, tokens: X0.flat() });
    for (const [row, t] of ts.entries()) {
      const steps = Math.round((t - ensemble.time) / 0.005);
      await ensemble.advance(steps, 0.005);
      const x = await ensemble.tokens();
      expect(distance(x, X[row]!.flat())).toBeLessThan(1e-10);
      const apart = (i: number, j: number): number => Math.sqrt(x.subarray(i * d, (i + 1) * d).reduce((sum, value, k) => sum + (value - x[j * d + k]!) ** 2, 0));
      quads.forEach(([i, j, k, l], index) => {
        expect((apart(i, j) * apart(k, l)) / (apart(i, k) * apart(j, l)) / expected[row]![index]!).toBeCloseTo(1, 8);
      });
    }
  });
});

describe("equiangular tokens reach cosine 1/2 at the closed-form time", () => {
  // Times from orthonormal tokens by the closed form in exponential integrals, mpmath at 50 digits.
  test.each([
    ["SA", 3, 0, 0.6931471805599453],
    ["SA", 3, 4, 5.942067214922763],
    ["SA", 32, 4, 3.4317323158588153],
    ["USA", 3, 4, 0.3011074051715749],
    ["USA", 32, 4, 1.018707902575222],
  ] as const)("%s n = %i beta = %f", async (flow, n, beta, time) => {
    const tokens = Array.from({ length: n * n }, (_, at) => (Math.floor(at / n) === at % n ? 1 : 0));
    const ensemble = tokenEnsemble({ flow: { flow, beta, d: n }, batch: 1, tokens, tableau: dormandPrince5 });
    await ensemble.advance(200, time / 200);
    const x = await ensemble.tokens();
    const cosine = x.subarray(0, n).reduce((sum, value, k) => sum + value * x[n + k]!, 0);
    expect(Math.abs(cosine - 0.5)).toBeLessThan(1e-8);
  });
});

describe("edge cases", () => {
  test("one token rests; an antipodal pair on an axis rests exactly; equal tokens rest exactly; d = 1 rests", async () => {
    for (const flow of ["SA", "USA"] as const) {
      for (const [d, tokens] of [
        [3, [0, 0, 1]],
        [2, [1, 0, -1, 0]],
        [2, [0.6, 0.8, 0.6, 0.8, 0.6, 0.8]],
        [1, [1, -1, -1, 1]],
      ] as const) {
        const ensemble = tokenEnsemble({ flow: { flow, beta: 2.5, d }, batch: 1, tokens });
        const start = await ensemble.tokens();
        expect((await ensemble.drift()).every((value) => value === 0)).toBe(true);
        await ensemble.advance(10, 0.1);
        expect(await ensemble.tokens()).toEqual(start);
      }
    }
  });

  test("fewer tokens than dimensions, and coincident ones stay together", async () => {
    const ensemble = tokenEnsemble({ flow: { flow: "SA", beta: 2, d: 5 }, batch: 1, tokens: [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0] });
    await ensemble.advance(20, 0.1);
    const x = await ensemble.tokens();
    expect(x.slice(0, 5)).toEqual(x.slice(10, 15));
    // The plane of the tokens is invariant.
    expect([x[2], x[3], x[4]]).toEqual([0, 0, 0]);
  });

  test("tokens that are not exactly unit are made so", async () => {
    const ensemble = tokenEnsemble({ flow: { flow: "SA", beta: 2, d: 2 }, batch: 1, tokens: [3, 4, 0, 1e-200] });
    expect([...(await ensemble.tokens())]).toEqual([0.6, 0.8, 0, 1]);
  });

  test("causal: the first token never moves", async () => {
    const ensemble = tokenEnsemble({ flow: { flow: "SA", beta: 2, d: 2 }, batch: 1, tokens: [0.6, 0.8, 1, 0, 0, 1], causal: true });
    await ensemble.advance(50, 0.1);
    expect([...(await ensemble.tokens()).slice(0, 2)]).toEqual([0.6, 0.8]);
  });
});

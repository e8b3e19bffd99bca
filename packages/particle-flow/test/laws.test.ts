import { readFileSync } from "node:fs";
import { interactionSums } from "@mesoscope/kernels";
import { integrateAdaptive, onSpheres } from "@mesoscope/time-integration";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttentionFlow } from "../src/index.js";
import { attentionField, circleEnsemble, circleMoments, interactionEnergy, interactionEnergyRate, structureFactors, tokenEnsemble, tokensOfAngles } from "../src/index.js";
import type { TokenConfiguration } from "./configurations.js";
import { distance, orthogonal, rotated, runs, someAngles, tokenConfigurations } from "./configurations.js";

function drift({ flow, n }: Pick<TokenConfiguration, "flow" | "n">, x: Float64Array): Float64Array {
  const v = new Float64Array(x.length);
  attentionField(flow, n, { time: "scaled" })(0, x, v);
  return v;
}

describe("symmetries of the drift (scaled time: speeds of order 1)", () => {
  test("rotations and reflections of the space commute with it", () => {
    fc.assert(
      fc.property(tokenConfigurations, (c) => {
        const q = orthogonal(c.flow.d, c.seed);
        expect(distance(drift(c, rotated(c.x, q, c.flow.d)), rotated(drift(c, c.x), q, c.flow.d))).toBeLessThan(1e-13);
      }),
      runs,
    );
  });

  test("permutations of the tokens commute with it", () => {
    fc.assert(
      fc.property(tokenConfigurations, fc.nat(50), (c, shift) => {
        const { d } = c.flow;
        const permute = (x: Float64Array): Float64Array => x.map((_, at) => x[((Math.floor(at / d) + shift) % c.n) * d + (at % d)]!);
        expect(distance(drift(c, permute(c.x)), permute(drift(c, c.x)))).toBeLessThan(1e-14);
      }),
      runs,
    );
  });

  test("it is tangent", () => {
    fc.assert(
      fc.property(tokenConfigurations, (c) => {
        const { d } = c.flow;
        const v = drift(c, c.x);
        for (let i = 0; i < c.n; i += 1) {
          let along = 0;
          for (let k = 0; k < d; k += 1) along += c.x[i * d + k]! * v[i * d + k]!;
          expect(Math.abs(along)).toBeLessThan(4 * Number.EPSILON);
        }
      }),
      runs,
    );
  });

  test("sum_i w_i x_i ^ v_i = 0, with w = 1 (USA) or Phi (SA)", () => {
    fc.assert(
      fc.property(tokenConfigurations, (c) => {
        const { d, beta, flow } = c.flow;
        const v = drift(c, c.x);
        const w = new Float64Array(c.n).fill(1);
        if (flow === "SA") interactionSums(c.x, { batch: 1, n: c.n, d, beta, shift: Math.sign(beta) }, w);
        for (let a = 0; a < d; a += 1) {
          for (let b = 0; b < a; b += 1) {
            let sum = 0;
            for (let i = 0; i < c.n; i += 1) sum += w[i]! * (c.x[i * d + a]! * v[i * d + b]! - c.x[i * d + b]! * v[i * d + a]!);
            expect(Math.abs(sum)).toBeLessThan(1e-14);
          }
        }
      }),
      runs,
    );
  });
});

describe("the interaction energy", () => {
  const { sections } = JSON.parse(readFileSync(new URL("fixtures/sphere.json", import.meta.url), "utf8")) as {
    sections: { energy: { cases: { X: number[][]; beta: number; energy: number; dE_dt_usa: number; dE_dt_sa: number }[] } };
  };
  test("and its rates against mpmath", () => {
    for (const { X, beta, energy, dE_dt_usa, dE_dt_sa } of sections.energy.cases) {
      const x = Float64Array.from(X.flat());
      const d = X[0]!.length;
      expect(Math.abs(interactionEnergy(x, { flow: "SA", beta, d }) / energy - 1)).toBeLessThan(1e-12);
      expect(Math.abs(interactionEnergyRate(x, { flow: "USA", beta, d }) / dE_dt_usa - 1)).toBeLessThan(1e-12);
      expect(Math.abs(interactionEnergyRate(x, { flow: "SA", beta, d }) / dE_dt_sa - 1)).toBeLessThan(1e-12);
    }
  });

  /** dE/dt along the flow by central differences of order 8 on states integrated to 1e-14. */
  function measuredRate({ flow, n, x }: TokenConfiguration): number {
    const field = attentionField(flow, n, { time: "scaled" });
    const h = 0.005;
    const weights = [4 / 5, -1 / 5, 4 / 105, -1 / 280];
    let rate = 0;
    for (const sign of [1, -1]) {
      const times = weights.map((_, index) => sign * h * (index + 1));
      const { observations } = integrateAdaptive(field, x, { t0: 0, t1: times[3]!, relative: 1e-14, absolute: 1e-14, projection: onSpheres(flow.d), times });
      observations.forEach(({ y }, index) => {
        rate += (sign * weights[index]! * interactionEnergy(y, flow, "scaled")) / h;
      });
    }
    return rate;
  }

  test("dE/dt = (1/n) sum |v|^2 (USA), (1/n) sum Phi |v|^2 (SA), to 1e-10", () => {
    fc.assert(
      fc.property(tokenConfigurations.filter(({ flow }) => Math.abs(flow.beta) > 0.01), (c) => {
        const exact = interactionEnergyRate(c.x, c.flow, "scaled");
        expect(exact).toBeGreaterThanOrEqual(0);
        expect(Math.abs(measuredRate(c) - exact)).toBeLessThan(1e-10);
      }),
      { ...runs, numRuns: 40 },
    );
  });

  test("the rate of one flow is not that of the other (the law can fail)", () => {
    const x = tokensOfAngles(someAngles(5, 3));
    const [sa, usa] = (["SA", "USA"] as const).map((flow) => interactionEnergyRate(x, { flow, beta: 2, d: 2 }, "scaled"));
    expect(Math.abs(sa! - usa!)).toBeGreaterThan(1e-3);
  });

  test("beta = 0 has a rate and no energy", () => {
    const x = tokensOfAngles(someAngles(5, 3));
    expect(() => interactionEnergy(x, { flow: "SA", beta: 0, d: 2 })).toThrow(/beta = 0.*climb \|mean of the tokens\|/);
    expect(interactionEnergyRate(x, { flow: "SA", beta: 0, d: 2 })).toBeGreaterThan(0);
  });
});

describe("along trajectories", () => {
  test("USA on the circle keeps the sum of the angles, SA does not", async () => {
    const angles = someAngles(40, 11);
    const sum = (theta: Float64Array): number => theta.reduce((total, angle) => total + angle, 0);
    const moved = await Promise.all(
      (["USA", "SA"] as const).map(async (flow) => {
        const ensemble = circleEnsemble({ flow: { flow, beta: 3, d: 2 }, batch: 1, angles, tolerance: 1e-12, time: "scaled" });
        await ensemble.advance(200, 0.05);
        return sum(await ensemble.angles()) - sum(angles);
      }),
    );
    expect(Math.abs(moved[0]!)).toBeLessThan(1e-11);
    expect(Math.abs(moved[1]!)).toBeGreaterThan(1e-4);
  });

  test("tokens in an open hemisphere: the least <x_i, w> never falls, causal or not", async () => {
    for (const [flow, causal] of [["SA", false], ["USA", false], ["SA", true]] as const) {
      for (const beta of [-1, 0, 4]) {
        const w = [0, 0, 1];
        const tokens = Array.from({ length: 8 }, (_, i) => [Math.cos(2.4 * i), Math.sin(2.4 * i), 0.05 + 0.1 * i]).flat();
        const ensemble = tokenEnsemble({ flow: { flow, beta, d: 3 }, batch: 1, tokens, causal, time: "scaled" });
        let before = -Infinity;
        for (let count = 0; count < 40; count += 1) {
          const x = await ensemble.tokens();
          const least = Math.min(...Array.from({ length: 8 }, (_, i) => w.reduce((dot, value, k) => dot + value * x[3 * i + k]!, 0)));
          expect(least).toBeGreaterThanOrEqual(before - 1e-12);
          before = least;
          await ensemble.advance(2, 0.1);
        }
        // At beta = 0 without a mask the least height has risen by a lot.
        if (beta === 0 && !causal) expect(before).toBeGreaterThan(0.9);
      }
    }
  });

  test("structure factors are |Z_k|^2 on the circle, never negative, and do not see a rotation", () => {
    const theta = someAngles(30, 5);
    const z = circleMoments(theta, 8);
    structureFactors(tokensOfAngles(theta), 2, 8).forEach((s, k) => {
      expect(Math.abs(s - (z[2 * k]! ** 2 + z[2 * k + 1]! ** 2))).toBeLessThan(1e-14);
    });
    fc.assert(
      fc.property(tokenConfigurations.filter(({ flow }) => flow.d >= 2), ({ flow, x, seed }) => {
        const s = structureFactors(x, flow.d, 6);
        expect(s[0]).toBeCloseTo(1, 14);
        expect(Math.min(...s)).toBeGreaterThan(-1e-14);
        expect(distance(structureFactors(rotated(x, orthogonal(flow.d, seed), flow.d), flow.d, 6), s)).toBeLessThan(1e-12);
      }),
      runs,
    );
  });

  test("equispaced tokens are at rest, and every moment below their number vanishes", () => {
    const n = 6;
    const theta = Float64Array.from({ length: n }, (_, i) => (2 * Math.PI * i) / n);
    const flow: AttentionFlow = { flow: "USA", beta: 4, d: 2 };
    const v = new Float64Array(2 * n);
    attentionField(flow, n)(0, tokensOfAngles(theta), v);
    expect(Math.max(...v.map(Math.abs))).toBeLessThan(1e-13);
    expect(Math.max(...circleMoments(theta, n - 1).slice(2).map(Math.abs))).toBeLessThan(1e-15);
  });
});

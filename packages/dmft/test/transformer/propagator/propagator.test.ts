import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { drawnHeads, headFluctuations, headMapReplicas, identicalHeads, orderParameterCovariance, quadratureHeads, trainingHorizon, wideFluctuations } from "../../../src/transformer/index.js";
import type { HeadFluctuations } from "../../../src/transformer/index.js";
import { dataSet, largestDifference, own, reference, taskOf } from "../tables.js";

const deep = process.env["MESOSCOPE_DEEP"] === "1";
const B = dataSet("B");
const relative = (a: ArrayLike<number>, b: readonly number[]): number => largestDifference(a, b) / Math.max(...b.map(Math.abs));

/** Infinitely many wide heads on the reference data, reckoned once. */
const many = ((): (() => ReturnType<typeof headFluctuations>) => {
  let known: ReturnType<typeof headFluctuations> | undefined;
  return () => (known ??= headFluctuations(B, { ...reference.cases.D4, steps: 16 }, quadratureHeads({ features: 2, nodes: deep ? reference.cases.D4.nodes : 4 })));
})();

/** count times the variance of f(t) of an input, over replicas (R, T + 1, P). */
function spread(f: Float64Array, count: number, replicas: number, at: number): number {
  const row = f.length / replicas;
  const values = Array.from({ length: replicas }, (_, r) => f[r * row + at]!);
  const mean = values.reduce((a, b) => a + b, 0) / replicas;
  return (count * values.reduce((a, b) => a + (b - mean) * (b - mean), 0)) / (replicas - 1);
}

describe("1/H theory", () => {
  test("against complex steps and fourth-order differences: response, covariances and shift", () => {
    const row = own.fluctuations;
    const found = headFluctuations(taskOf(row), row, quadratureHeads({ features: row.features, nodes: row.nodes }));
    for (const name of ["f", "response", "headCovariance", "covariance"] as const) expect(relative(found[name], row[name])).toBeLessThan(1e-11);
    // Differences of the table are good to about 1e-8.
    expect(relative(found.shift, row.shift)).toBeLessThan(1e-7);
  });

  test("reference: noise with the response factor, without it more than twice as large, and the shift", () => {
    const { D4 } = reference.cases;
    const { covariance, headCovariance, shift, f } = many();
    const n = f.length;
    D4.t.forEach((t, k) => {
      for (const m of [0, 1]) {
        const i = 2 * t + m;
        for (const [own_, expected] of [[covariance[i * (n + 1)]!, D4.H_var[k]![m]!], [headCovariance[i * (n + 1)]!, D4.H_var_without_response[k]![m]!], [shift[i]!, D4.H_shift[k]![m]!]] as const) {
          // Six nodes to the printed digits; four, in the ordinary run, differ from them by 4 %.
          expect(Math.abs(own_ - expected)).toBeLessThan(deep ? D4.tol : D4.tol + 0.05 * Math.abs(expected));
        }
      }
    });
    expect(headCovariance[32 * (n + 1)]! / covariance[32 * (n + 1)]!).toBeGreaterThan(2);
  });

  test("systems of 16 heads have this variance, and not that without the response factor", () => {
    const [H, R] = [16, 500];
    const { f } = headMapReplicas(B, { ...reference.cases.D4, steps: 16 }, { alphaA: 0.5, N: 1000, H }, { key: key(12), from: 0, count: R });
    const { covariance, headCovariance } = many();
    const n = 34;
    for (const at of [n - 2, n - 10]) {
      // Relative standard error 6 % (more with the tails), 1/H corrections some 7 %, quadrature 4 %.
      expect(Math.abs(spread(f, H, R, at) / covariance[at * 35]! - 1)).toBeLessThan(0.3);
      expect(spread(f, H, R, at) / headCovariance[at * 35]!).toBeLessThan(at === n - 2 ? 0.6 : 0.9);
    }
  });

  test("the response is strictly causal: later errors do not reach earlier outputs; heads alike have no noise", () => {
    const { response, covariance, f } = headFluctuations(B, { eta0: 0.25, gamma0: 1, steps: 5 }, identicalHeads({ alphaA: 1, features: 2, heads: 2 }));
    const n = f.length;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (Math.floor(j / 2) >= Math.floor(i / 2)) expect(response[i * n + j]).toBe(0);
    expect(Math.max(...covariance.map(Math.abs))).toBeLessThan(1e-30);
    // In the first step a head answers by the tangent kernel over P.
    expect(response[2 * n]!).toBeGreaterThan(0);
  });

  test("response and shift of some heads are those of all where the others are alike, and others where they are not", () => {
    const some = drawnHeads({ alphaA: 1, N: 4, features: 2, heads: 12 }, key(31));
    const doubled = (name: "B" | "Q2" | "K2" | "C" | "b" | "a"): Float64Array => Float64Array.from([...some[name], ...some[name]]);
    const twice = { ...some, heads: 24, weights: new Float64Array(24).fill(1 / 24), B: doubled("B"), Q2: doubled("Q2"), K2: doubled("K2"), C: doubled("C"), b: doubled("b"), a: doubled("a") };
    const descent = { eta0: 0.25, gamma0: 1, steps: 6 };
    const [whole, half, few] = [24, 12, 3].map((responses) => headFluctuations(B, descent, twice, { responses })) as [HeadFluctuations, HeadFluctuations, HeadFluctuations];
    for (const name of ["response", "covariance", "shift"] as const) {
      expect(relative(half[name], [...whole[name]])).toBeLessThan(1e-12);
      expect(relative(few[name], [...whole[name]])).toBeGreaterThan(1e-3);
    }
    expect(few.headCovariance).toEqual(whole.headCovariance);
    expect(() => headFluctuations(B, descent, some, { responses: 13 })).toThrow(/at most as many/);
  });

  test("where the limit diverges there is nothing to expand around", () => {
    expect(() => headFluctuations(B, { eta0: 20, gamma0: 1, steps: 50 }, identicalHeads({ alphaA: 1, features: 2, heads: 1 }))).toThrow(/steps = 50: must be at most \d+, where the limit of these heads diverges/);
    expect(() => wideFluctuations(B, { eta0: 20, gamma0: 1, steps: 50 })).toThrow("where the limit diverges");
  });
});

describe("1/(N H) theory of wide heads", () => {
  test.each(own.wideNoise.map((row, i) => [i, row] as const))("case %d: outputs' covariance and the variance of logits over heads, before and after training, by complex steps of NumPy", (_, row) => {
    const found = wideFluctuations(taskOf(row), row);
    for (const name of ["f", "covariance", "logitVariance"] as const) expect(largestDifference(found[name], row[name])).toBeLessThan(1e-11 * Math.max(1, ...row[name].map(Math.abs)));
  });

  test("the variance of outputs over seeds, and of logits over heads, falls to it", () => {
    const descent = { eta0: 0.25, gamma0: 1, steps: 12 };
    const theory = wideFluctuations(B, descent);
    const n = theory.f.length;
    const [N, H, R] = [256, 3, 1200];
    const { f, logits } = headMapReplicas(B, descent, { alphaA: 1, N, H }, { key: key(31), from: 0, count: R });
    for (const at of [n - 1, n - 2, 12, 13]) {
      // Standard error 4 %, level 1e-3 for four.
      const ratio = spread(f, N * H, R, at) / theory.covariance[at * (n + 1)]!;
      expect(Math.abs(ratio - 1)).toBeLessThan(0.15);
    }
    const first = wideFluctuations(B, { ...descent, steps: 0 });
    expect(first.logitVariance.reduce((a, b) => a + b, 0) / 18).toBeCloseTo(reference.cases.D5.initial, 3);
    let within = 0;
    for (let r = 0; r < R; r++) {
      for (let k = 0; k < 18; k++) {
        const values = Array.from({ length: H }, (_, h) => logits[(r * H + h) * 18 + k]!);
        const mean = values.reduce((a, b) => a + b, 0) / H;
        within += values.reduce((a, b) => a + (b - mean) * (b - mean), 0) / (H - 1) / 18 / R;
      }
    }
    expect(Math.abs((N * within) / (theory.logitVariance.reduce((a, b) => a + b, 0) / 18) - 1)).toBeLessThan(0.06);
  });
});

describe("self-consistent noise in general", () => {
  test("a scalar: noise over (1 - slope)^2; strictly causal: the 1/H formula; a transition is refused", () => {
    expect(orderParameterCovariance({ n: 1, jacobian: [0.5], noise: [3] })[0]).toBeCloseTo(12, 13);
    const row = own.fluctuations;
    const n = row.f.length;
    const found = orderParameterCovariance({ n, jacobian: row.response.map((value) => -value), noise: row.headCovariance });
    expect(relative(found, row.covariance)).toBeLessThan(1e-11);
    expect(() => orderParameterCovariance({ n: 1, jacobian: [1], noise: [1] })).toThrow("At a transition fluctuations are not Gaussian");
    expect(() => orderParameterCovariance({ n: 2, jacobian: [1], noise: [1] })).toThrow("jacobian = 1: must be 4 numbers");
  });

  test("an iteration that settles under noise has this covariance: 20,000 draws in two variables", () => {
    const J = [0.3, -0.4, 0.5, 0.1];
    const stream = key("settling").stream();
    const sum = [0, 0, 0, 0];
    const R = 20_000;
    for (let r = 0; r < R; r++) {
      const noise = [stream.normal(), 0.5 * stream.normal()];
      let q = [0, 0];
      for (let k = 0; k < 60; k++) q = [J[0]! * q[0]! + J[1]! * q[1]! + noise[0]!, J[2]! * q[0]! + J[3]! * q[1]! + noise[1]!];
      for (let i = 0; i < 4; i++) sum[i]! += (q[i >> 1]! * q[i % 2]!) / R;
    }
    const found = orderParameterCovariance({ n: 2, jacobian: J, noise: [1, 0, 0, 0.25] });
    sum.forEach((value, i) => { expect(Math.abs(value - found[i]!)).toBeLessThan(0.04 * Math.max(...found)); });
  });
});

describe("horizon", () => {
  test("growth by e^(2 lambda) a step: lambda, and 1/(2 lambda) steps for each unit of log size", () => {
    const lambda = 0.35;
    const variances = Array.from({ length: 60 }, (_, t) => 1e-3 * Math.exp(2 * lambda * t));
    const [small, large] = [1e3, 1e6].map((size) => trainingHorizon({ variances, size, tolerance: 0.1 })) as [ReturnType<typeof trainingHorizon>, ReturnType<typeof trainingHorizon>];
    expect(small.rate).toBeCloseTo(lambda, 12);
    expect(large.time! - small.time!).toBeCloseTo(Math.log(1e3) / (2 * lambda), 10);
    expect(small.time).toBeCloseTo(Math.log((0.01 * 1e3) / 1e-3) / (2 * lambda), 10);
  });

  test("near a saddle of heads read out directly noise grows, and size buys little time; a short training never gets there", () => {
    const { covariance, f } = wideFluctuations(dataSet("C"), { eta0: 0.15, gamma0: 2, steps: 30 });
    const n = f.length;
    const variances = Array.from({ length: 31 }, (_, t) => covariance[(2 * t + 1) * (n + 1)]!);
    const [small, large] = [64, 4096].map((size) => trainingHorizon({ variances, size, tolerance: 0.1 })) as [ReturnType<typeof trainingHorizon>, ReturnType<typeof trainingHorizon>];
    expect(small.time).not.toBeNull();
    expect(small.rate!).toBeGreaterThan(0.1);
    expect(large.time! - small.time!).toBeLessThan(8);
    const calm = trainingHorizon({ variances: variances.slice(0, 5), size: 64, tolerance: 0.1 });
    expect(calm.time).toBeNull();
    expect(calm.outcome).toMatchObject({ kind: "budget-exhausted", message: "The noise of size 64 stays below 0.1 through all 4 steps." });
  });

  test("what is refused, and what has no growth", () => {
    expect(trainingHorizon({ variances: [1, 1], size: 4, tolerance: 0.1 })).toMatchObject({ time: 0, rate: null });
    expect(() => trainingHorizon({ variances: [0, -1], size: 4, tolerance: 0.1 })).toThrow("variances[1] = -1");
    expect(() => trainingHorizon({ variances: [0, 1], size: 0, tolerance: 0.1 })).toThrow("size = 0");
  });
});

import { describe, expect, test } from "vitest";
import { cholesky, key, meanAndVariance } from "@mesoscope/numerics";
import { depthCumulants, kernelChain, oneBlockMoments, tokenKernel } from "../../../src/transformer/index.js";
import type { ResidualModel, TokenKernel } from "../../../src/transformer/index.js";
import { PRECISE, TWO, largestDifference, reference } from "../attention-cases.js";
import { explicitKernel } from "./explicit-network.js";

const DEEP = process.env["MESOSCOPE_DEEP"] === "1";

/** Mean and variance of an entry of the last kernel over replicas. */
function endOf(kernel: TokenKernel, model: ResidualModel, H: number, replicas: number, name: string): (i: number, j: number) => { readonly mean: number; readonly variance: number } {
  const { stream } = kernelChain(kernel, model, H, "random", { key: key(name), from: 0, count: replicas });
  const [n, size] = [kernel.inputs * kernel.tokens, kernel.matrix.length];
  return (i, j) => meanAndVariance(Float64Array.from({ length: replicas }, (_, r) => stream[(r * (model.L + 1) + model.L) * size + i * n + j]!));
}

/** Kolmogorov and Smirnov's p that two samples of equal size have one law. */
function sameLaw(a: readonly number[], b: readonly number[]): number {
  const R = a.length;
  const [x, y] = [[...a].sort((u, v) => u - v), [...b].sort((u, v) => u - v)];
  let [i, j, largest] = [0, 0, 0];
  while (i < R && j < R) {
    if (x[i]! <= y[j]!) i++;
    else j++;
    largest = Math.max(largest, Math.abs(i - j) / R);
  }
  const lambda = largest * Math.sqrt(R / 2);
  let p = 0;
  for (let k = 1; k <= 100; k++) p += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * lambda * lambda);
  return lambda < 0.3 ? 1 : Math.min(1, p);
}

describe("one block", () => {
  test("attention without softmax: rational mean and variances at every N and H", () => {
    const kernel = tokenKernel(1, 2, reference.C1.inputs.H0.flat());
    for (const [name, { mean_U11, var_V11, var_U11 }] of Object.entries(reference.C1.expected)) {
      const [, N, H] = /N(\d+)H(\d+)/.exec(name)!.map(Number) as [number, number, number];
      const own = oneBlockMoments(kernel, { alphaA: 0.5, N, H, attention: "linear" }, PRECISE);
      expect(own.rule).toBe("closed");
      expect(own.mean[0]! / mean_U11).toBeCloseTo(1, 13);
      expect(own.valueVariance[0]! / var_V11).toBeCloseTo(1, 13);
      expect(own.outputVariance[0]! / var_U11).toBeCloseTo(1, 13);
    }
  });

  test("softmax at N = 2, H = 3: mean and variance of a block of the chain from a fixed kernel, 20000 replicas", () => {
    const replicas = 20_000;
    const [N, H] = [2, 3];
    const own = oneBlockMoments(TWO, { alphaA: 0.5, N, H }, { ...PRECISE, tolerance: 1e-7, budget: 1e7 });
    // Without a skip connection the stream after a block is U itself.
    const { stream } = kernelChain(TWO, { L: 1, alphaL: 0.5, beta0: 1, skip: false, head: { alphaA: 0.5, N } }, H, "fixed", { key: key("one block"), from: 0, count: replicas });
    for (const at of [0, 1, 3]) {
      const entries = Float64Array.from({ length: replicas }, (_, r) => stream[8 * r + 4 + at]!);
      const { mean, variance } = meanAndVariance(entries);
      expect(Math.abs(mean - own.mean[at]!)).toBeLessThan(4 * Math.sqrt(variance / replicas));
      const fourth = entries.reduce((sum, x) => sum + (x - mean) ** 4, 0) / replicas;
      expect(Math.abs(variance - own.outputVariance[at]!)).toBeLessThan(4 * Math.sqrt((fourth - variance * variance) / replicas));
      // Without the noise of the output projection the variance would be far too small.
      expect(own.valueVariance[at]!).toBeLessThan(0.7 * variance);
    }
  });

  test("alphaA = 1/2: the variance over heads does not fall with N at fixed H; alphaA = 1: it falls as 1/N", () => {
    const variance = (alphaA: number, N: number): number => oneBlockMoments(TWO, { alphaA, N, H: 4 }, { ...PRECISE, tolerance: 1e-8 }).valueVariance[0]!;
    expect(variance(0.5, 4096) / variance(0.5, 1024)).toBeGreaterThan(0.9);
    expect(variance(1, 4096) / variance(1, 1024)).toBeCloseTo(0.25, 2);
    expect(() => oneBlockMoments(TWO, { alphaA: 0.5, N: 2, H: 0 }, PRECISE)).toThrow("H = 0");
  });
});

describe("cumulants through depth", () => {
  const { H0, L, branch } = reference.C3.inputs;
  const kernel = tokenKernel(1, 2, H0.flat());
  const model: ResidualModel = { L, alphaL: 0.5, beta0: branch * Math.sqrt(L), head: { alphaA: 0.5, N: "infinite" } };

  test("the reference's coefficients, to its digits", () => {
    const own = depthCumulants(kernel, model, "random", { ...PRECISE, tolerance: 1e-8 });
    const { mf, CH, Cn, mH, mn, mN } = reference.C3.expected;
    expect(own.outcome.kind).toBe("converged");
    expect(largestDifference(own.limit, mf)).toBeLessThan(5.1e-7);
    expect(largestDifference(own.covariancePerHead, CH)).toBeLessThan(5.1e-7);
    expect(largestDifference(own.covariancePerNeuron, Cn)).toBeLessThan(5e-6);
    expect(largestDifference(own.shiftPerHead, mH)).toBeLessThan(5.1e-7);
    expect(largestDifference(own.shiftPerNeuron, mn)).toBeLessThan(2e-6);
    expect(largestDifference(own.shiftPerWidth, mN)).toBeLessThan(6e-7);
  });

  test("its ensembles of the chain: own replicas have their means and variances, and the expansion's where that is small", { timeout: 600_000 }, () => {
    for (const { N, H, samples, mean_minus_mf, se, var: variances, theory_var } of reference.C3.expected.ensemble.slice(1, DEEP ? 4 : 2)) {
      const replicas = DEEP ? 100_000 : 6000;
      const end = endOf(kernel, { ...model, head: { alphaA: 0.5, N } }, H, replicas, "cumulants");
      for (const [k, [i, j]] of ([[0, 0], [0, 1], [1, 1]] as const).entries()) {
        const { mean, variance } = end(i, j);
        const spread = Math.sqrt(variance / replicas + se[k]! ** 2);
        expect(Math.abs(mean - reference.C3.expected.mf[k]! - mean_minus_mf[k]!)).toBeLessThan(4 * spread);
        // A variance of a skewed law: 1.9 times the error of a normal one.
        const relative = 1.9 * Math.sqrt(2 / replicas + 2 / samples);
        expect(Math.abs(variance / variances[k]! - 1)).toBeLessThan(4 * relative);
        expect(Math.abs(variance / theory_var[k]! - 1)).toBeLessThan(0.03 + 4 * relative);
      }
    }
  });

  test("alphaA = 1, two inputs, causal: variance and shift of the chain, with no noise of order 1/H", () => {
    const two = tokenKernel(2, 2, [1.1, 0.2, -0.3, 0.4, 0.2, 0.8, 0.1, 0.3, -0.3, 0.1, 1.3, -0.2, 0.4, 0.3, -0.2, 0.9]);
    const law: ResidualModel = { L: 2, alphaL: 0.5, beta0: 1, head: { alphaA: 1, N: "infinite", mask: "causal" } };
    const own = depthCumulants(two, law, "random", PRECISE);
    expect(own.rule).toBe("closed");
    expect(own.covariancePerHead.every((x) => x === 0)).toBe(true);
    const [N, H, replicas] = [32, 4, DEEP ? 40_000 : 6000];
    const end = endOf(two, { ...law, head: { alphaA: 1, N, mask: "causal" } }, H, replicas, "uniform");
    for (const [place, [i, j]] of ([[0, [0, 0]], [4, [1, 1]], [6, [1, 3]]] as const)) {
      const { mean, variance } = end(i, j);
      const predicted = own.covariancePerNeuron[place * 10 + place]! / (N * H);
      expect(Math.abs(variance / predicted - 1)).toBeLessThan(0.02 + 4 * Math.sqrt(2 / replicas) * 1.2);
      const shift = own.shiftPerNeuron[place]! / (N * H) + own.shiftPerWidth[place]! / N;
      expect(Math.abs(mean - own.limit[place]! - shift)).toBeLessThan(4 * Math.sqrt(variance / replicas) + 2e-4);
    }
  });

  test("linear attention: exact moments make the expansion of one block exact", () => {
    const one: ResidualModel = { L: 1, alphaL: 0.5, beta0: 0.7, head: { alphaA: 0.5, N: "infinite", attention: "linear" } };
    const own = depthCumulants(TWO, one, "fixed", PRECISE);
    const b4 = 0.7 ** 4;
    // Var H_11 of order 1/H is b^4 Var_A B_11 at N = infinity: the exact variance at a huge width.
    const exact = oneBlockMoments(TWO, { alphaA: 0.5, N: 1e9, H: 1, attention: "linear" }, PRECISE).valueVariance[0]!;
    expect(own.covariancePerHead[0]! / (b4 * exact)).toBeCloseTo(1, 7);
    expect(own.shiftPerWidth.every((x) => x === 0)).toBe(true);
  });

  test("what has no such expansion is refused", () => {
    expect(() => depthCumulants(TWO, { ...model, mlp: "relu" }, "random", PRECISE)).toThrow('mlp = "relu": is not in this expansion');
    expect(() => depthCumulants(TWO, { ...model, head: { alphaA: 0.75, N: "infinite" } }, "random", PRECISE)).toThrow("alphaA = 0.75");
    expect(() => depthCumulants(TWO, { ...model, head: { alphaA: 0.5, N: 8 } }, "random", PRECISE)).toThrow("head.N = 8");
    expect(() => depthCumulants(TWO, { ...model, skip: false }, "random", PRECISE)).toThrow("skip = false");
  });
});

describe("the kernel chain", () => {
  test("has the law of the networks it stands for: N = 2, H = 3, perceptrons, causal, 6000 of each; one of another width has not", () => {
    const R = DEEP ? 60_000 : 6000;
    const family: { readonly name: string; readonly p: number; readonly wrong: number }[] = [];
    for (const [causal, relu, L] of [[false, false, 2], [true, true, 1]] as const) {
      const { factor, rank } = cholesky(TWO.matrix, 2, { tolerance: 0 });
      const network = { tokens: 2, factor, rank, N: 2, H: 3, L, alphaA: 0.5, branch: 1 / Math.sqrt(L), causal, relu };
      const chain = (N: number): Float64Array => {
        const model: ResidualModel = { L, alphaL: 0.5, beta0: 1, head: { alphaA: 0.5, N, ...(causal ? { mask: "causal" as const } : {}) }, ...(relu ? { mlp: "relu" as const } : {}) };
        return kernelChain(TWO, model, 3, "random", { key: key("chain").fold(N), from: 0, count: R }).stream;
      };
      const [own, other] = [chain(2), chain(3)];
      const explicit = Array.from({ length: R }, (_, r) => explicitKernel(network, key("explicit").fold(L, r)));
      for (const at of [0, 1, 3]) {
        const of = (stream: Float64Array): number[] => Array.from({ length: R }, (_, r) => stream[(r * (L + 1) + L) * 4 + at]!);
        const expected = explicit.map((kernel) => kernel[at]!);
        family.push({ name: `L = ${L}, entry ${at}`, p: sameLaw(of(own), expected), wrong: sameLaw(of(other), expected) });
      }
    }
    // Kernels have tails that no sample of this size knows the variance of; whole laws have a test without moments. 1 % for the six together (Sidak).
    const level = 1 - 0.99 ** (1 / family.length);
    for (const { name, p, wrong } of family) {
      expect(p, name).toBeGreaterThan(level);
      expect(wrong, `${name}, another width`).toBeLessThan(level);
    }
  });

  test("a replica has the same bytes alone or in any batch", () => {
    const model: ResidualModel = { L: 2, alphaL: 0.5, beta0: 1, head: { alphaA: 1, N: 3, attention: "shaped" }, mlp: "gelu", layerNorm: { epsilon: 1e-6 } };
    const draw = (from: number, count: number): Float64Array => kernelChain(TWO, model, 2, "random", { key: key("bytes"), from, count }).stream;
    expect(draw(3, 2)).toEqual(draw(0, 5).subarray(3 * 12));
    expect(draw(0, 1)).not.toEqual(draw(1, 1));
  });

  test("kernels stay positive semidefinite, and what cannot be is refused", () => {
    const { stream } = kernelChain(TWO, { L: 3, alphaL: 0.5, beta0: 2, head: { alphaA: 0.5, N: 1 } }, 2, "random", { key: key("psd"), from: 0, count: 200 });
    for (let k = 0; k < stream.length; k += 4) expect(stream[k]! * stream[k + 3]! - stream[k + 1]! ** 2).toBeGreaterThan(-1e-10 * stream[k]! * stream[k + 3]!);
    const model: ResidualModel = { L: 1, alphaL: 0.5, beta0: 1, head: { alphaA: 0.5, N: "infinite" } };
    expect(() => kernelChain(TWO, model, 2, "random", { key: key(1), from: 0, count: 1 })).toThrow('head.N = "infinite"');
    expect(() => kernelChain(TWO, { ...model, head: { alphaA: 0.5, N: 1 } }, 1, "fixed", { key: key(1), from: 0, count: 1 })).toThrow("NH = 1: must be at least the rank 2 of the kernel");
  });
});

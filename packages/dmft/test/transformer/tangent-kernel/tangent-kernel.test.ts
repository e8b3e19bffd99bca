import { describe, expect, test } from "vitest";
import { attentionLayer, depthKernels, kernelDescent, tangentKernel, tiedAttentionLayer } from "../../../src/transformer/index.js";
import type { ParameterGroup, ResidualModel } from "../../../src/transformer/index.js";
import { PRECISE, QUICK, TWO, dataKernel, largestDifference, reference, table } from "../attention-cases.js";

const WIDE = { alphaA: 0.5, N: "infinite" } as const;

describe("tangent kernel by group", () => {
  test("mean-field units: every group of the reference", () => {
    for (const { L, alphaA, alphaL, beta0, mlp, ntk, ntk_KQ_times_N } of reference.B1.expected.cases) {
      const model: ResidualModel = { L, alphaL, beta0, head: { alphaA, N: "infinite" }, ...(mlp ? { mlp } : {}) };
      const own = tangentKernel(dataKernel("A"), model, "mean-field", QUICK);
      expect(own.outcome.kind).toBe("converged");
      const digits = alphaA === 1 ? 6e-9 : mlp === "erf" ? 4e-6 : 1.2e-7;
      for (const [name, rows] of Object.entries(ntk)) expect(largestDifference(own.groups[name as ParameterGroup]!, rows), name).toBeLessThan(digits);
      expect(largestDifference(own.perWidth.K!, ntk_KQ_times_N["K_times_N"]!)).toBeLessThan(digits);
      expect(largestDifference(own.perWidth.Q!, ntk_KQ_times_N["Q_times_N"]!)).toBeLessThan(digits);
      const sum = own.total.map((_, k) => Object.values(own.groups).reduce((total, group) => total + group[k]!, 0));
      expect(largestDifference(own.total, sum)).toBeLessThan(1e-15);
    }
  });

  test("both units, layer norm, masks, shaped attention: totals of a table that carries the tangent forward", () => {
    for (const { L, alphaA, alphaL, beta0, mlp, epsilon, causal, shaped, scheme, tangent } of table.depth) {
      const head = { alphaA, N: "infinite" as const, ...(causal ? { mask: "causal" as const } : {}), ...(shaped ? { attention: "shaped" as const } : {}) };
      const model = { L, alphaL, beta0, head, ...(mlp ? { mlp } : {}), ...(epsilon === undefined ? {} : { layerNorm: { epsilon } }) };
      const own = tangentKernel(dataKernel("A"), model, scheme ?? "mean-field", QUICK);
      expect(own.outcome.kind).toBe("converged");
      expect(largestDifference(own.total, tangent)).toBeLessThan(1e-8);
    }
  });

  test("finite networks of the reference, N = 16, H = 24, 60 of them: the theory lies within their errors", () => {
    // Up to 54 figures in all that are not independent: 3.9 standard errors is the level of 1 % by Sidak; the bias of order 1/N of the largest ones is within theirs.
    for (const { L = 2, alphaA, alphaL, mlp, N, H_L_row0, se_H, G_0_row0, se_G, ntk, ntk_se, ntk_theory } of reference.B3.expected.ensemble) {
      const model: ResidualModel = { L, alphaL, beta0: 1, head: { alphaA, N: "infinite" }, ...(mlp ? { mlp } : {}) };
      const precision = { ...QUICK, tolerance: 1e-5 };
      const { groups, perWidth } = tangentKernel(dataKernel("A"), model, "mean-field", precision);
      const { stream, gradients } = depthKernels(dataKernel("A"), model, precision);
      const z = (own: ArrayLike<number>, mean: readonly number[], se: readonly number[]): number => mean.reduce((most, x, k) => Math.max(most, Math.abs(own[k]! - x) / se[k]!), 0);
      expect(z(stream.subarray(L * 36), H_L_row0, se_H)).toBeLessThan(3.9);
      expect(z(gradients, G_0_row0, se_G)).toBeLessThan(3.9);
      for (const [name, mean] of Object.entries(ntk)) {
        const own = groups[name as ParameterGroup] ?? perWidth[name as ParameterGroup]!.map((x) => x / N);
        expect(z(own, mean, ntk_se[name]!), name).toBeLessThan(3.9);
        expect(largestDifference(own, ntk_theory[name]!), name).toBeLessThan(6e-7);
      }
      // A theory without the factor 1/N of the keys would be off by far.
      expect(z(perWidth.K!, ntk["K"]!, ntk_se["K"]!)).toBeGreaterThan(100);
    }
  });

  test("the two units differ by the depth factor of the rates and by 1/N for keys and queries", () => {
    const model = { L: 3, alphaL: 1, beta0: 1.2, head: WIDE };
    const [field, ntk] = (["mean-field", "ntk"] as const).map((scheme) => tangentKernel(TWO, model, scheme, PRECISE));
    for (const name of ["O", "V"] as const) expect(largestDifference(ntk!.groups[name]!.map((x) => 3 * x), field!.groups[name]!)).toBeLessThan(1e-14);
    for (const name of ["K", "Q"] as const) expect(largestDifference(ntk!.groups[name]!.map((x) => 3 * x), field!.perWidth[name]!)).toBeLessThan(1e-14);
    expect(ntk!.perWidth).toEqual({});
    expect(() => tangentKernel(TWO, { ...model, head: { alphaA: 1, N: "infinite" } }, "ntk", PRECISE)).toThrow("alphaA = 1: must be 1/2 in the scheme ntk");
  });
});

describe("one attention layer", () => {
  const below = { nngp: dataKernel("A"), ntk: dataKernel("A").matrix };

  test("closed forms: queries tied to keys, and attention without softmax", () => {
    const { tied_softmax_nngp, tied_softmax_ntk, identity_nngp, identity_ntk } = reference.A6.expected;
    const tied = tiedAttentionLayer(below);
    expect(largestDifference(tied.nngp.matrix, tied_softmax_nngp)).toBeLessThan(1e-12);
    expect(largestDifference(tied.ntk, tied_softmax_ntk)).toBeLessThan(1e-12);
    const identity = attentionLayer(below, { attention: "linear" }, PRECISE);
    expect(identity.rule).toBe("closed");
    expect(largestDifference(identity.nngp.matrix, identity_nngp)).toBeLessThan(1e-12);
    expect(largestDifference(identity.ntk, identity_ntk)).toBeLessThan(1e-12);
  });

  test("softmax with independent queries and keys at 1/sqrt N: the independent table; two layers compose", () => {
    const own = attentionLayer(below, {}, QUICK);
    expect(own.outcome.kind).toBe("converged");
    expect(largestDifference(own.nngp.matrix, table.layer.nngp)).toBeLessThan(1e-8);
    expect(largestDifference(own.ntk, table.layer.ntk)).toBeLessThan(1e-8);
    const twice = attentionLayer(own, { mask: "causal" }, { ...PRECISE, tolerance: 1e-3 });
    expect(twice.outcome.kind).toBe("converged");
    // The groups of the upper layer and what the lower one learns add up: without the lower one the tangent is smaller by its own, carried.
    const frozen = attentionLayer({ nngp: own.nngp, ntk: new Float64Array(36) }, { mask: "causal" }, { ...PRECISE, tolerance: 1e-3 });
    for (let i = 0; i < 6; i++) expect(twice.ntk[7 * i]).toBeGreaterThan(frozen.ntk[7 * i]!);
  });
});

describe("gradient descent in the kernel regime", () => {
  test("the lazy transformer of the reference, to its digits", () => {
    const { L, eta0, beta0, alphaL, t } = reference.F5.inputs;
    const { total } = tangentKernel(dataKernel("A"), { L, beta0, alphaL, head: { alphaA: 1, N: "infinite" } }, "mean-field", PRECISE);
    expect(largestDifference(total, reference.F5.expected.ntk)).toBeLessThan(1e-9);
    const { outputs, outcome, loss } = kernelDescent(total, reference.data.A.y, { eta0, steps: 10 });
    expect(outcome.kind).toBe("converged");
    for (const [k, step] of t.entries()) expect(largestDifference(outputs.subarray(2 * step, 2 * step + 2), reference.F5.expected.f_kernel_gd[k]!)).toBeLessThan(1e-9);
    for (let k = 1; k <= 10; k++) expect(loss[k]).toBeLessThan(loss[k - 1]!);
    // Gradient flow in place of discrete steps is told apart: f = (1 - exp(-eta0 K t / P)) y at t = 1 by its second order.
    const [k11, k12, , k22] = Array.from(total) as [number, number, number, number];
    const once = [k11 - k12, k12 - k22];
    const flow = once.map((pull, mu) => eta0 * (pull / 2) - ((eta0 / 2) ** 2 * ((mu === 0 ? k11 : k12) * once[0]! + (mu === 0 ? k12 : k22) * once[1]!)) / 2);
    expect(largestDifference(flow, reference.F5.expected.f_kernel_gd[0]!)).toBeGreaterThan(0.01);
  });

  test("one eigenvector: y (1 - (1 - eta0 lambda / P)^t), up to the rate at which it stops", () => {
    const kernel = [2, 1, 1, 2];
    const { outputs, sharpness } = kernelDescent(kernel, [1, 1], { eta0: 0.5, steps: 8 });
    expect(sharpness).toBeCloseTo(0.75, 14);
    for (let t = 0; t <= 8; t++) expect(outputs[2 * t]).toBeCloseTo(1 - 0.25 ** t, 14);
  });

  test("a rate that diverges is an outcome with the factor or the step, and what to do", () => {
    const growing = kernelDescent([2, 1, 1, 2], [1, 1], { eta0: 2, steps: 20 });
    expect(growing.outcome).toEqual({ kind: "diverged", message: "The error grows by a factor of 2.000 a step. Lower eta0 by a factor of 1.50 or more." });
    const lost = kernelDescent([2, 1, 1, 2], [1, 1], { eta0: 2e3, steps: 500 });
    expect(lost.outcome.kind).toBe("diverged");
    expect(lost.outcome.message).toMatch(/^No longer finite at step \d+/);
    expect(lost.outputs.length).toBe(2 * lost.loss.length);
    expect(lost.outputs.every(Number.isFinite)).toBe(true);
    expect(() => kernelDescent([1], [Number.NaN], { eta0: 1, steps: 1 })).toThrow("targets[0] = NaN");
    expect(() => kernelDescent([1, 2, 3, 4], [1, 1], { eta0: 1, steps: 1 })).toThrow("must equal");
    expect(() => kernelDescent([1], [1], { eta0: 0, steps: 1 })).toThrow("eta0 = 0");
  });
});

import { describe, expect, test } from "vitest";
import { depthApproach, depthFlow, depthKernels, forwardKernels, symmetricTokens, tokenKernel, tokenSimilarity } from "../../../src/transformer/index.js";
import type { ResidualModel, TokenKernel } from "../../../src/transformer/index.js";
import { attentionAverages } from "../../../src/transformer/initialisation/attention-averages.js";
import { attentionPaths } from "../../../src/transformer/initialisation/backward.js";
import { checkedHeadLaw } from "../../../src/transformer/initialisation/head-law.js";
import { pointsOf } from "../../../src/transformer/initialisation/rules.js";
import { PRECISE, QUICK, TWO, dataKernel, largestDifference, reference, table } from "../attention-cases.js";

const DEEP = process.env["MESOSCOPE_DEEP"] === "1";
const WIDE = { alphaA: 0.5, N: "infinite" } as const;
const UNIFORM = { alphaA: 1, N: "infinite" } as const;

function alike(q: number, p: number, tokens: number): TokenKernel {
  return tokenKernel(1, tokens, Float64Array.from({ length: tokens * tokens }, (_, at) => (at % (tokens + 1) === 0 ? q : p)));
}

describe("kernels through depth", () => {
  test("forward and backward, four blocks, both exponents of attention and of depth, perceptrons: the reference", () => {
    for (const { L, alphaA, alphaL, beta0, mlp, H_L, G_0_row0 } of reference.B1.expected.cases) {
      const model: ResidualModel = { L, alphaL, beta0, head: { alphaA, N: "infinite" }, ...(mlp ? { mlp } : {}) };
      const own = depthKernels(dataKernel("A"), model, QUICK);
      expect(own.outcome.kind).toBe("converged");
      // Its rules for logits of several layers are good to 1e-7, with erf perceptrons, whose kernels are the largest, to 3e-6; closed forms to its eight digits.
      const digits = alphaA === 1 ? 6e-9 : mlp === "erf" ? 3e-6 : 1.2e-7;
      expect(largestDifference(own.stream.subarray(L * 36), H_L)).toBeLessThan(digits);
      expect(largestDifference(own.gradients.subarray(0, 6), G_0_row0)).toBeLessThan(digits);
    }
  });

  test("a table with layer norm, masks, shaped attention, gelu and tanh, carried by other means", () => {
    for (const { L, alphaA, alphaL, beta0, mlp, epsilon, causal, shaped, kernel } of table.depth) {
      const head = { alphaA, N: "infinite" as const, ...(causal ? { mask: "causal" as const } : {}), ...(shaped ? { attention: "shaped" as const } : {}) };
      const own = forwardKernels(dataKernel("A"), { L, alphaL, beta0, head, ...(mlp ? { mlp } : {}), ...(epsilon === undefined ? {} : { layerNorm: { epsilon } }) }, QUICK);
      expect(own.outcome.kind).toBe("converged");
      expect(largestDifference(own.stream.subarray(L * 36), kernel)).toBeLessThan(1e-8);
    }
  });

  test("negative control: without the paths through keys and queries gradient kernels are off in the second digit", () => {
    const kernel = dataKernel("A");
    const law = checkedHeadLaw(WIDE, 3);
    const averages = attentionAverages(kernel, law, pointsOf({ kind: "tensor", step: 0.85 }));
    const above = new Float64Array(36).fill(1 / 9);
    const { V, K, Q } = attentionPaths(kernel, averages, above);
    const { gradients } = depthKernels(kernel, { L: 1, alphaL: 0.5, beta0: 1, head: WIDE }, { ...PRECISE, tolerance: 1e-6 });
    expect(largestDifference(gradients, above.map((g, k) => g + V[k]! + K[k]! + Q[k]!))).toBeLessThan(1e-6);
    expect(largestDifference(gradients, above.map((g, k) => g + V[k]!))).toBeGreaterThan(0.005);
  });

  test("gradients refuse a finite width, forward kernels do not", () => {
    const model = { L: 1, alphaL: 0.5, beta0: 1, head: { alphaA: 0.5, N: 4 } };
    expect(() => depthKernels(TWO, model, PRECISE)).toThrow('head.N = 4: must be "infinite" for kernels of gradients');
    expect(forwardKernels(TWO, model, { ...PRECISE, tolerance: 1e-7 }).outcome.kind).toBe("converged");
    expect(() => forwardKernels(TWO, { ...model, L: 0 }, PRECISE)).toThrow("L = 0");
    expect(() => forwardKernels(TWO, { ...model, alphaL: 1.1 }, PRECISE)).toThrow("alphaL = 1.1");
    expect(() => forwardKernels(tokenKernel(1, 2, [1, 0, 0, 0]), { ...model, layerNorm: { epsilon: 0 } }, PRECISE)).toThrow("must be positive to be normalised");
  });
});

describe("collapse of tokens", () => {
  test("permutation-symmetric tokens: q - p is conserved and q grows as the closed form says, block by block", () => {
    for (const alphaL of [0.5, 1]) {
      const model = { L: 12, alphaL, beta0: 1.4 };
      const { stream } = forwardKernels(alike(1.5, -0.2, 4), { ...model, head: UNIFORM }, PRECISE);
      for (let l = 0; l <= 12; l++) expect(stream[16 * l]! - stream[16 * l + 1]!).toBeCloseTo(1.7, 13);
      const { q, p } = symmetricTokens({ q: 1.5, p: -0.2 }, 4, model);
      expect(stream[16 * 12]).toBeCloseTo(q, 12);
      expect(stream[16 * 12 + 1]).toBeCloseTo(p, 12);
    }
    expect(() => symmetricTokens({ q: 1, p: -0.6 }, 3, { L: 1, alphaL: 0.5, beta0: 1 })).toThrow("p = -0.6");
  });

  test("the cosine goes to 1 with depth, at alphaA = 1/2 and 1, and layer by layer never back", () => {
    for (const head of [WIDE, UNIFORM]) {
      const { stream } = forwardKernels(alike(1, 0.1, 2), { L: 24, alphaL: 0.5, beta0: 3, head }, { ...PRECISE, tolerance: 1e-2 });
      const cosines = Array.from({ length: 25 }, (_, l) => tokenSimilarity({ inputs: 1, tokens: 2, matrix: stream.subarray(4 * l, 4 * l + 4) }).cosine[0]!);
      for (let l = 1; l <= 24; l++) expect(cosines[l]).toBeGreaterThan(cosines[l - 1]!);
      expect(cosines[24]).toBeGreaterThan(0.99);
    }
  });

  test("without skip connections uniform attention is of rank one after a layer, softmax nearly so after three, shaped attention is not", () => {
    const ranks = (head: ResidualModel["head"]): readonly number[] => {
      const { stream } = forwardKernels(alike(1, 0.1, 3), { L: 3, alphaL: 0.5, beta0: 1, skip: false, head }, { ...PRECISE, tolerance: 1e-4, budget: 3e5 });
      return [1, 2, 3].map((l) => tokenSimilarity({ inputs: 1, tokens: 3, matrix: stream.subarray(9 * l, 9 * l + 9) }).effectiveRank[0]!);
    };
    expect(ranks(UNIFORM)[0]).toBeCloseTo(1, 12);
    const softmax = ranks(WIDE);
    expect(softmax[0]).toBeGreaterThan(1.02);
    expect(softmax[2]).toBeLessThan(1.01);
    for (const rank of ranks({ ...WIDE, attention: "shaped" })) expect(rank).toBeGreaterThan(1.5);
    // Shaped attention at infinite width and alphaA = 1 is the identity.
    const { stream } = forwardKernels(alike(1, 0.1, 3), { L: 1, alphaL: 0.5, beta0: 1, skip: false, head: { ...UNIFORM, attention: "shaped" } }, PRECISE);
    expect(largestDifference(stream.subarray(9), stream.subarray(0, 9))).toBeLessThan(1e-15);
  });
});

describe("infinite depth", () => {
  test("the flow in depth time: independent values with and without perceptrons", () => {
    const { tokensOfB, beta0, two } = table.flow;
    const perceptron = depthFlow(tokenKernel(1, 2, two.kernel), { alphaL: 0.5, beta0: two.beta0, head: WIDE, mlp: "tanh" }, [1], { ...PRECISE, tolerance: DEEP ? 1e-8 : 1e-5 });
    expect(perceptron.outcome.kind).toBe("converged");
    expect(largestDifference(perceptron.stream, two.end)).toBeLessThan(DEEP ? 1e-8 : 1e-7);
    const B = dataKernel("B").matrix;
    const second = tokenKernel(1, 3, Float64Array.from({ length: 9 }, (_, at) => B[(3 + Math.floor(at / 3)) * 6 + 3 + (at % 3)]!));
    const tolerance = DEEP ? 1e-8 : 1e-5;
    const own = depthFlow(second, { alphaL: 0.5, beta0, head: WIDE }, [0, 0.5, 1], { ...PRECISE, tolerance });
    expect(own.outcome.kind).toBe("converged");
    expect(largestDifference(own.stream.subarray(18), tokensOfB)).toBeLessThan(DEEP ? 1e-8 : 1e-6);
    expect(largestDifference(own.stream.subarray(0, 9), second.matrix)).toBe(0);
    // The reference's end of the same flow: its entry of the largest token is off by 3.5e-4, the others by 4e-5 and less.
    expect(largestDifference(own.stream.subarray(18), reference.B5.expected.ode_H.slice(3).map((row) => row.slice(3)))).toBeLessThan(4e-4);
  });

  test("both inputs of the reference: kernels of finite depth, and their distance from the limit as 1/L", { timeout: 600_000 }, () => {
    const { byL } = reference.B5.expected;
    const depths = DEEP ? [2, 4, 8, 16, 32] : [2, 4];
    const { beta0 } = reference.B5.inputs;
    const kernel = dataKernel("B");
    for (const L of depths) {
      const { stream } = forwardKernels(kernel, { L, alphaL: 0.5, beta0, head: WIDE }, { ...PRECISE, tolerance: DEEP ? 1e-6 : 1e-3 });
      expect(Math.abs(stream[36 * L]! - byL[L]!.H00)).toBeLessThan(6e-6);
      expect(Math.abs(stream[36 * L + 1]! - byL[L]!.H01)).toBeLessThan(1e-5);
    }
  });

  test("L times the distance from the limit settles for alphaL = 1/2, and reaches the closed coefficient for alphaL = 1", () => {
    const half = depthApproach(TWO, { alphaL: 0.5, beta0: 0.8, head: WIDE }, [8, 16, 32, 64], PRECISE);
    const [a, b, c, d] = Array.from(half.scaledDeviations) as [number, number, number, number];
    // Each doubling halves what is left to settle.
    expect((d - c) / (c - b)).toBeCloseTo(0.5, 1);
    expect((c - b) / (b - a)).toBeCloseTo(0.5, 1);
    const one = depthApproach(TWO, { alphaL: 1, beta0: 0.8, head: WIDE, mlp: "relu" }, [50, 100], PRECISE);
    const { perDepth, stream } = depthFlow(TWO, { alphaL: 1, beta0: 0.8, head: WIDE, mlp: "relu" }, [1], PRECISE);
    expect(largestDifference(stream, TWO.matrix)).toBe(0);
    const extrapolated = TWO.matrix.map((h, k) => 2 * 100 * (one.kernels[4 + k]! - h) - 50 * (one.kernels[k]! - h));
    expect(largestDifference(extrapolated, perDepth)).toBeLessThan(2e-4);
    expect(() => depthFlow(TWO, { alphaL: 0.7, beta0: 1, head: WIDE }, [1], PRECISE)).toThrow("alphaL = 0.7");
  });

  test("symmetric tokens: the flow ends at the closed form with the exponential", () => {
    const own = depthFlow(alike(1, 0.2, 3), { alphaL: 0.5, beta0: 1.2, head: UNIFORM }, [1], PRECISE);
    const { q, p } = symmetricTokens({ q: 1, p: 0.2 }, 3, { L: "infinite", alphaL: 0.5, beta0: 1.2 });
    expect(Math.abs(own.stream[0]! - q)).toBeLessThan(1e-9);
    expect(Math.abs(own.stream[1]! - p)).toBeLessThan(1e-9);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { key, symmetricEigen } from "@mesoscope/numerics";
import { perceptronKernels, softmaxAverages, tokenKernel, widthSlope } from "../../../src/transformer/index.js";
import type { TokenKernel } from "../../../src/transformer/index.js";
import { attentionAverages } from "../../../src/transformer/initialisation/attention-averages.js";
import { checkedHeadLaw } from "../../../src/transformer/initialisation/head-law.js";
import { pointsOf } from "../../../src/transformer/initialisation/rules.js";
import { valueExpansion } from "../../../src/transformer/initialisation/value-expansion.js";
import { PRECISE, QUICK, TWO, largestDifference, reference, table } from "../attention-cases.js";

const WIDE = { alphaA: 0.5, N: "infinite" } as const;

function randomKernel(seed: number, inputs: number, tokens: number, features: number): TokenKernel {
  const n = inputs * tokens;
  const x = key("kernel").fold(seed).stream().fillNormal(new Float64Array(n * features));
  return tokenKernel(inputs, tokens, Float64Array.from({ length: n * n }, (_, at) => x.subarray(Math.floor(at / n) * features, (Math.floor(at / n) + 1) * features).reduce((sum, value, d) => sum + value * x[(at % n) * features + d]!, 0) / features));
}

describe("averages over heads of infinite width", () => {
  test("two tokens: means and variances of the reference, to its digits", () => {
    for (const { H, EB, varB } of reference.A1.expected.cases) {
      const own = softmaxAverages(tokenKernel(1, 2, H.flat()), WIDE, PRECISE);
      expect(own.outcome.kind).toBe("converged");
      expect(largestDifference(own.value, EB)).toBeLessThan(1e-9);
      expect(largestDifference([own.variance[0]!, own.variance[1]!, own.variance[3]!], varB)).toBeLessThan(1e-9);
    }
  });

  test("three tokens, masks, shaped attention, dependent tokens: every average of the independent table", () => {
    for (const { name, inputs, tokens, causal, shaped, kernel, value, variance, weights, jacobians } of table.averages) {
      const law = { ...WIDE, ...(shaped ? { attention: "shaped" as const } : {}), ...(causal ? { mask: "causal" as const } : {}) };
      const own = softmaxAverages(tokenKernel(inputs, tokens, kernel), law, { ...QUICK, tolerance: 2e-8 });
      expect(own.outcome.kind, name).toBe("converged");
      expect(largestDifference(own.value, value), name).toBeLessThan(1e-8);
      expect(largestDifference(own.variance, variance), name).toBeLessThan(1e-8);
      expect(largestDifference(own.weights, weights), name).toBeLessThan(1e-8);
      expect(largestDifference(own.jacobians, jacobians), name).toBeLessThan(1e-8);
    }
  });

  test("four tokens with independent logits: E sum sigma^2 and its variance over heads", () => {
    const own = softmaxAverages(tokenKernel(1, 4, Float64Array.from({ length: 16 }, (_, k) => (k % 5 === 0 ? 1 : 0))), WIDE, { tolerance: 2e-4, budget: 2e5, seed: 1 });
    // Two rows have six differences: a net. The figures are those of the specification.
    expect(own.rule).toBe("net");
    expect(own.outcome.kind).toBe("converged");
    expect(Math.abs(own.value[0]! - 0.391971444)).toBeLessThan(5 * own.error);
    expect(Math.abs(own.variance[0]! - 0.012461278)).toBeLessThan(5 * own.error);
    const single = softmaxAverages(tokenKernel(1, 4, Float64Array.from({ length: 16 }, (_, k) => (k % 5 === 0 ? 1 : 0))), { ...WIDE, mask: [1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] }, { ...PRECISE, budget: 3e6, tolerance: 1e-6 });
    expect(Math.abs(single.value[0]! - 0.391971444)).toBeLessThan(1e-8);
    expect(Math.abs(single.variance[0]! - 0.012461278)).toBeLessThan(1e-8);
  });

  test("logits as large as 40 standard deviations: weights become those of the largest logit", () => {
    const own = softmaxAverages(tokenKernel(1, 2, [1600, 0, 0, 1600]), WIDE, { tolerance: 20, budget: 1e6, seed: 1 });
    expect(own.value.every(Number.isFinite)).toBe(true);
    // Each row picks either token with probability 1/2, independently: V = 1600 on the diagonal, 800 beside it.
    expect(Math.abs(own.value[0]! / 1600 - 1)).toBeLessThan(0.01);
    expect(Math.abs(own.value[1]! / 800 - 1)).toBeLessThan(0.05);
  });
});

describe("laws of the averages", () => {
  test("weights sum to 1, Jacobians to 0, V and T are those of a kernel, permuted tokens give permuted averages", () => {
    const precision = { tolerance: 1e-4, budget: 1e5, seed: 3 };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 3 }), (seed, features) => {
        const kernel = randomKernel(seed, 1, 3, features);
        const own = softmaxAverages(kernel, WIDE, precision);
        for (let at = 0; at < 9; at++) {
          const [t, j] = [own.weights.subarray(9 * at, 9 * at + 9), own.jacobians.subarray(9 * at, 9 * at + 9)];
          expect(Math.abs(t.reduce((sum, x) => sum + x, 0) - 1)).toBeLessThan(1e-9);
          for (let a = 0; a < 3; a++) expect(Math.abs(j[3 * a]! + j[3 * a + 1]! + j[3 * a + 2]!)).toBeLessThan(1e-12);
        }
        expect(symmetricEigen(own.value, 3).values[0]).toBeGreaterThan(-5 * own.error - 1e-9);
        const order = [2, 0, 1];
        const permuted = softmaxAverages(tokenKernel(1, 3, Float64Array.from({ length: 9 }, (_, at) => kernel.matrix[order[Math.floor(at / 3)]! * 3 + order[at % 3]!]!)), WIDE, precision);
        for (let at = 0; at < 9; at++) expect(Math.abs(permuted.value[at]! - own.value[order[Math.floor(at / 3)]! * 3 + order[at % 3]!]!)).toBeLessThan(5 * (own.error + permuted.error) + 1e-9);
      }),
      { numRuns: 12, seed: 5 },
    );
  });

  test("an input twice gives the block of one input between its copies", () => {
    const kernel = randomKernel(7, 1, 2, 3).matrix;
    const twice = softmaxAverages(tokenKernel(2, 2, Float64Array.from({ length: 16 }, (_, at) => kernel[(Math.floor(at / 4) % 2) * 2 + (at % 2)]!)), WIDE, PRECISE);
    const once = softmaxAverages(tokenKernel(1, 2, kernel), WIDE, PRECISE);
    for (const [i, j] of [[0, 0], [0, 1], [1, 1]] as const) expect(Math.abs(twice.value[i * 4 + j + 2]! - once.value[i * 2 + j]!)).toBeLessThan(1e-10);
  });

  test("the error of the tensor rule falls as exp(-c / step): equal factors for equal changes of 1 / step", () => {
    const law = checkedHeadLaw(WIDE, 2);
    const value = (step: number): number => attentionAverages(TWO, law, pointsOf({ kind: "tensor", step })).value[0]!;
    const exact = value(0.25);
    const errors = [1, 1.2, 1.4, 1.6].map((inverse) => Math.log(Math.abs(value(1 / inverse) - exact)));
    // The nearest pole is at pi over the standard deviation 1.34 of the difference: 2 pi^2 / 1.34 = 14.7 for a unit of 1 / step.
    const slopes = [1, 2, 3].map((k) => (errors[k - 1]! - errors[k]!) / 0.2);
    for (const slope of slopes) expect(slope).toBeGreaterThan(10);
    for (const slope of slopes) expect(slope).toBeLessThan(20);
  });

  test("nets agree with tensor rules within their own standard error, and their bytes depend on the seed alone", () => {
    const kernel = randomKernel(11, 1, 3, 4);
    const exact = softmaxAverages(kernel, WIDE, { ...PRECISE, tolerance: 1e-7 }).value;
    const net = (seed: number): ReturnType<typeof softmaxAverages> => softmaxAverages(kernel, WIDE, { tolerance: 1e-4, budget: 9000, seed });
    const own = net(2);
    expect(own.rule).toBe("net");
    expect(largestDifference(own.value, exact)).toBeLessThan(5 * own.error);
    expect(net(2).value).toEqual(own.value);
    expect(net(3).value).not.toEqual(own.value);
  });

  test("negative controls: marginal variances instead of those of differences, and jitter, are told apart", () => {
    // Logits of the two keys drawn independently with their own variances, as if they had no covariance.
    const [H11, H12, H22] = [1.2, 0.3, 0.9];
    const stream = key("marginal").stream();
    let sum = 0;
    const samples = 40_000;
    for (let k = 0; k < samples; k++) {
      const p = 1 / (1 + Math.exp(Math.sqrt(H11 * H22) * stream.normal() - Math.sqrt(H11 * H11) * stream.normal()));
      sum += p * p * H11 + 2 * p * (1 - p) * H12 + (1 - p) * (1 - p) * H22;
    }
    expect(Math.abs(sum / samples - 0.771310068)).toBeGreaterThan(0.01);
    // Tokens in one dimension: the logits of two rows have one random direction each. Jitter of 1e-5 invents others.
    const { inputs, tokens, kernel, value } = table.averages.find(({ name }) => name.includes("one dimension"))!;
    const precision = QUICK;
    expect(largestDifference(softmaxAverages(tokenKernel(inputs, tokens, kernel), WIDE, precision).value, value)).toBeLessThan(1e-8);
    const jittered = kernel.map((h, at) => (at % 7 === 0 ? h + 1e-5 : h));
    expect(largestDifference(softmaxAverages(tokenKernel(inputs, tokens, jittered), WIDE, precision).value, value)).toBeGreaterThan(1e-6);
  });
});

describe("heads of finite width", () => {
  test("two tokens at every width of the reference", () => {
    const { byN } = reference.A4.expected;
    for (const [N, { alphaA_half, alphaA_one }] of Object.entries(byN)) {
      for (const [alphaA, expected] of [[0.5, alphaA_half], [1, alphaA_one]] as const) {
        const own = softmaxAverages(TWO, { alphaA, N: Number(N) }, { ...PRECISE, tolerance: 1e-8, budget: 1e7 });
        expect(own.outcome.kind).toBe("converged");
        // At N = 1 and 2 the logits have heavy tails, and the table is good to 1.5e-5 and 3e-6: see the independent values below. Elsewhere six digits and more.
        const digits = { 1: 2e-5, 2: 4e-6, 4: 1e-6 }[N] ?? 2e-7;
        expect(largestDifference(own.value, expected)).toBeLessThan(digits);
      }
    }
  });

  test("independent values, the product of two normals at N = 1 among them", () => {
    const one = softmaxAverages(TWO, { alphaA: 0.5, N: 1 }, { ...PRECISE, tolerance: 3e-8, budget: 1e7 });
    expect(Math.abs(one.value[0]! - table.widthOne)).toBeLessThan(1e-9);
    for (const { N, alphaA, value } of table.finite) {
      const own = softmaxAverages(TWO, { alphaA, N }, { ...PRECISE, budget: 1e7 });
      expect(largestDifference([own.value[0]!, own.value[1]!, own.value[3]!], value)).toBeLessThan(1e-8);
    }
  });

  test("drawn queries agree with the quadrature over Wishart matrices, two inputs, within their standard error", () => {
    const kernel = randomKernel(3, 2, 2, 3);
    const exact = softmaxAverages(kernel, { alphaA: 0.5, N: 5 }, { tolerance: 1e-3, budget: 5e6, seed: 1 });
    const drawn = softmaxAverages(kernel, { alphaA: 0.5, N: 5 }, { tolerance: 1e-3, budget: 9000, seed: 1 });
    expect([exact.rule, drawn.rule]).toEqual(["tensor", "net"]);
    expect(largestDifference(drawn.value, exact.value)).toBeLessThan(5 * drawn.error);
  });

  test("the slope in 1/N: the reference's figures, and what widths of 400 and 800 extrapolate to", () => {
    for (const [alphaA, expected] of [[0.5, reference.A4.expected.coeff_1_over_N_half], [1, reference.A4.expected.coeff_1_over_N_one]] as const) {
      const { slope, limit, exponent } = widthSlope(TWO, { alphaA }, PRECISE);
      expect(exponent).toBe(1);
      expect(largestDifference(slope, expected)).toBeLessThan(5e-7);
      const scaled = (N: number): Float64Array => softmaxAverages(TWO, { alphaA, N }, PRECISE).value.map((v, k) => N * (v - limit[k]!));
      const [coarse, fine] = [scaled(400), scaled(800)];
      expect(largestDifference(fine.map((x, k) => 2 * x - coarse[k]!), slope)).toBeLessThan(3e-6);
      // A slope of the wrong law is off in the first digits.
      expect(largestDifference(fine, slope.map((x) => 1.1 * x))).toBeGreaterThan(1e-3);
    }
  });

  test("the slope between two inputs, whose logits are a mixture over Wishart queries", () => {
    // A small kernel: few points do, and the error is multiplied by N.
    const drawn = randomKernel(3, 2, 2, 3);
    const kernel = { ...drawn, matrix: drawn.matrix.map((h) => 0.3 * h) };
    const { slope, limit } = widthSlope(kernel, { alphaA: 0.5 }, { ...PRECISE, tolerance: 1e-8 });
    const scaled = (N: number): Float64Array => softmaxAverages(kernel, { alphaA: 0.5, N }, { tolerance: 1e-5, budget: 3e6, seed: 1 }).value.map((v, k) => N * (v - limit[k]!));
    const [coarse, fine] = [scaled(50), scaled(100)];
    const size = Math.max(...slope.map(Math.abs));
    expect(largestDifference(fine.map((x, k) => 2 * x - coarse[k]!), slope)).toBeLessThan(2e-3 * size);
  });

  test("between 1/2 and 1 the slope is one in N^(1 - 2 alphaA), also with a mask and in shaped attention", () => {
    for (const law of [{ alphaA: 0.75 }, { alphaA: 1, attention: "shaped" as const }]) {
      const { slope, limit, exponent } = widthSlope(TWO, law, PRECISE);
      const scaled = (N: number): Float64Array => softmaxAverages(TWO, { ...law, N }, PRECISE).value.map((v, k) => N ** exponent * (v - limit[k]!));
      expect(largestDifference(scaled(1e6), slope)).toBeLessThan(2e-4);
    }
  });
});

describe("derivatives of V^s", () => {
  test("Hermite moments give the first and second derivative that differences give", () => {
    const { kernel, direction, first, second } = table.derivatives;
    const expansion = valueExpansion(tokenKernel(1, 3, kernel), checkedHeadLaw(WIDE, 3), pointsOf({ kind: "tensor", step: 0.7 }));
    expect(largestDifference(expansion.first(Float64Array.from(direction)), first)).toBeLessThan(2e-6);
    expect(largestDifference(expansion.second(Float64Array.from(direction)), second)).toBeLessThan(2e-5);
  });
});

describe("perceptron kernels", () => {
  test("gelu and tanh: the independent table", () => {
    for (const name of ["gelu", "tanh"] as const) {
      const own = perceptronKernels(tokenKernel(2, 2, table.perceptron.kernel), name, PRECISE);
      expect(own.outcome.kind).toBe("converged");
      expect(largestDifference(own.phi, table.perceptron[name].phi)).toBeLessThan(1e-9);
      expect(largestDifference(own.slope, table.perceptron[name].slope)).toBeLessThan(1e-9);
    }
  });

  test("closed forms at points where they are known: relu of one token, relu of opposite tokens, erf of independent ones", () => {
    const relu = perceptronKernels(tokenKernel(1, 2, [2, -2, -2, 2]), "relu", PRECISE);
    expect(relu.rule).toBe("closed");
    expect(Array.from(relu.phi)).toEqual([1, 0, 0, 1].map((x) => expect.closeTo(x, 14) as number));
    expect(Array.from(relu.slope)).toEqual([0.5, 0, 0, 0.5].map((x) => expect.closeTo(x, 14) as number));
    const erf = perceptronKernels(tokenKernel(1, 2, [1, 0, 0, 3]), "erf", PRECISE);
    // E erf(z / sqrt 2)^2 = 1/3: a uniform variable on (-1, 1) squared.
    expect(erf.phi[0]).toBeCloseTo(1 / 3, 14);
    expect(erf.phi[1]).toBe(0);
  });
});

describe("what is refused", () => {
  test("kernels, exponents, widths and masks, by name and with a remedy", () => {
    expect(() => softmaxAverages({ inputs: 1, tokens: 2, matrix: Float64Array.of(1, 2, 2, 1) }, WIDE, PRECISE)).toThrow("must not be negative. Give a kernel of inner products");
    expect(() => tokenKernel(1, 2, [1, 0, 0.5, 1])).toThrow("must equal");
    expect(() => tokenKernel(1, 2, [1, 0, 0])).toThrow("must have 4 entries");
    expect(() => softmaxAverages(TWO, { alphaA: 0.4, N: 4 }, PRECISE)).toThrow("alphaA = 0.4: must be a number from 0.5 to 1. Give the exponent of the width");
    expect(() => softmaxAverages(TWO, { alphaA: 0.5, N: 0 }, PRECISE)).toThrow("N = 0");
    expect(() => softmaxAverages(TWO, { ...WIDE, mask: [1, 0, 0] }, PRECISE)).toThrow('must be "causal" or have 4 entries');
    expect(() => softmaxAverages(TWO, { ...WIDE, mask: [1, 0, 0, 0] }, PRECISE)).toThrow("row 1 of the mask");
    expect(() => softmaxAverages(TWO, { ...WIDE, mask: [1, 2, 0, 1] }, PRECISE)).toThrow("mask[0][1] = 2");
    expect(() => softmaxAverages(TWO, { ...WIDE, attention: "shaped", mask: [0, 1, 1, 1] }, PRECISE)).toThrow("mask[0][0]");
    expect(() => softmaxAverages(TWO, WIDE, { ...PRECISE, tolerance: 0 })).toThrow("tolerance = 0");
    expect(() => softmaxAverages(TWO, WIDE, { ...PRECISE, budget: 3 })).toThrow("budget = 3");
    expect(() => perceptronKernels(TWO, "selu" as "relu", PRECISE)).toThrow('activation = "selu"');
  });

  test("a tolerance out of reach is an outcome, with what would help", () => {
    const own = softmaxAverages(TWO, WIDE, { tolerance: 1e-14, budget: 200, seed: 1 });
    expect(own.outcome.kind).toBe("budget-exhausted");
    expect(own.outcome.message).toContain("Raise the budget of 200 points");
    expect(own.error).toBeGreaterThan(1e-14);
  });
});

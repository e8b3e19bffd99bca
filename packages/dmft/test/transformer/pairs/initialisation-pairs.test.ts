import { pairLaws, type Pair, type Parameters, type Prediction, type Size } from "@mesoscope/contracts";
import { describe, expect, it } from "vitest";
import { attentionKernelsPair, headLogitsPair } from "../../../src/transformer/index.js";

const KEY = [31, 32] as const;
const saying = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const coarse = { tolerance: 0.01, points: 2048 };
const laws: readonly (readonly [string, Pair, Parameters, Size])[] = [
  ["attention-kernels, alphaA = 1", attentionKernelsPair(), coarse, { N: 2, H: 3 }],
  ["attention-kernels, alphaA = 1/2, three blocks", attentionKernelsPair(), { ...coarse, alphaA: 0.5, L: 3 }, { N: 1, H: 2 }],
  ["attention-kernels, one block on a given kernel", attentionKernelsPair(), { ...coarse, alphaA: 0.5, embedding: "fixed" }, { N: 2, H: 3 }],
  ["attention-kernels, between", attentionKernelsPair(), { ...coarse, alphaA: 0.75, mask: "causal" }, { N: 4, H: 2 }],
  ["attention-kernels, a perceptron and layer norm", attentionKernelsPair(), { ...coarse, mlp: "relu", norm: "layer", L: 2 }, { N: 4, H: 2 }],
  ["attention-kernels, explicit networks", attentionKernelsPair(), { ...coarse, alphaA: 0.5, L: 2, sampler: "networks" }, { N: 3, H: 2 }],
  ["attention-kernels, given tokens", attentionKernelsPair(), { ...coarse, inputs: "given", x: [1, 0.5, -0.25, 1, 0, 2, 1, 1], tokens: 2, features: 2, alphaA: 1 }, { N: 4, H: 2 }],
  ["head-logits, alphaA = 1", headLogitsPair(), { steps: 4, drawnHeads: 64 }, { N: 2, H: 3 }],
  ["head-logits, alphaA = 1/2", headLogitsPair(), { steps: 4, drawnHeads: 64, alphaA: 0.5 }, { N: 1, H: 2 }],
  ["head-logits, between", headLogitsPair(), { steps: 4, drawnHeads: 64, alphaA: 0.75 }, { N: 4, H: 2 }],
  ["head-logits, explicit weights", headLogitsPair(), { steps: 4, drawnHeads: 64, weights: "explicit", query: 2, key: 3 }, { N: 3, H: 2 }],
];

describe.each(laws)("laws of a pair: %s", (_name, pair, parameters, size) => {
  for (const law of pairLaws(pair, parameters, size)) it(law.name, () => law.check());
});

const predicted = async (pair: Pair, parameters: Parameters, theory: string, size: Size, observable: string): Promise<Prediction> =>
  (await pair.at(parameters).theories.find(({ id }) => id === theory)!.predict(size, {})).find((one) => one.observable === observable)!;

interface Moments {
  readonly mean: number;
  readonly meanError: number;
  readonly variance: number;
  readonly varianceError: number;
}

function momentsOf(x: Float64Array): Moments {
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / (x.length - 1);
  const spread = x.reduce((a, b) => a + ((b - mean) ** 2 - variance) ** 2, 0) / x.length;
  return { mean, meanError: Math.sqrt(variance / x.length), variance, varianceError: Math.sqrt(spread / x.length) };
}

const sampled = async (pair: Pair, parameters: Parameters, size: Size, observable: string, count: number): Promise<Moments> => momentsOf((await pair.at(parameters).sample(size, { key: KEY, from: 0, count }, {})).values[observable]!);

/** Four standard errors: below 1e-4 by chance. */
const SIGMAS = 4;

describe("one block on a given kernel", () => {
  it.each([[0.5, 1, 1], [0.5, 4, 2], [0.75, 2, 3], [1, 1, 4], [1, 3, 2]])("has the exact mean and spread, alphaA = %f, N = %i, H = %i (10,000 networks, four standard errors)", async (alphaA, N, H) => {
    const parameters = { alphaA, embedding: "fixed" };
    const size = { N, H };
    if (N * H < 2) return;
    for (const observable of ["square", "overlap"]) {
      const theory = await predicted(attentionKernelsPair(), parameters, "exact", size, observable);
      const { mean, meanError, variance, varianceError } = await sampled(attentionKernelsPair(), parameters, size, observable, 10_000);
      expect(Math.abs(mean - theory.value[0]!)).toBeLessThan(SIGMAS * meanError + theory.numericalError[0]!);
      expect(Math.abs(variance - theory.spread![0]! ** 2)).toBeLessThan(SIGMAS * varianceError + 0.002 * variance);
    }
  });

  it("would not be told without the cross term of branch and stream", async () => {
    const { variance, varianceError } = await sampled(attentionKernelsPair(), { embedding: "fixed" }, { N: 4, H: 4 }, "square", 10_000);
    const { spread } = await predicted(attentionKernelsPair(), { embedding: "fixed" }, "exact", { N: 4, H: 4 }, "square");
    const [h, v] = [1.25, 0.223];
    expect(Math.abs(variance - (spread![0]! ** 2 - (4 * h * v) / 16))).toBeGreaterThan(10 * varianceError);
  });
});

describe("several blocks", () => {
  it.each([[0.5, "square"], [0.5, "overlap"], [0.5, "cosine"], [1, "square"], [1, "overlap"], [1, "cosine"]])("mean and spread tend to their first orders, alphaA = %f, %s, N = 32, H = 32, three blocks", async (alphaA, observable) => {
    const parameters = { alphaA, L: 3 };
    const size = { N: 32, H: 32 };
    const theory = await predicted(attentionKernelsPair(), parameters, "corrected", size, observable);
    const { mean, meanError, variance, varianceError } = await sampled(attentionKernelsPair(), parameters, size, observable, 4000);
    expect(Math.abs(mean - theory.value[0]!)).toBeLessThan(SIGMAS * meanError + 0.002);
    expect(Math.abs(variance - theory.spread![0]! ** 2)).toBeLessThan(SIGMAS * varianceError + 0.05 * variance);
  });

  it("explicit networks have the law of the chain (3,000 networks each, four standard errors)", async () => {
    const parameters = { alphaA: 0.5, L: 2 };
    const [chain, explicit] = [await sampled(attentionKernelsPair(), parameters, { N: 3, H: 2 }, "square", 3000), await sampled(attentionKernelsPair(), { ...parameters, sampler: "networks" }, { N: 3, H: 2 }, "square", 3000)];
    expect(Math.abs(chain.mean - explicit.mean)).toBeLessThan(SIGMAS * Math.hypot(chain.meanError, explicit.meanError));
    expect(Math.abs(chain.variance - explicit.variance)).toBeLessThan(SIGMAS * Math.hypot(chain.varianceError, explicit.varianceError));
  });
});

describe("variance of a logit over heads", () => {
  it.each([0.5, 1])("is exact before training, with its spread over networks, alphaA = %f, N = 2, H = 4 (20,000 networks)", async (alphaA) => {
    const [parameters, size] = [{ alphaA, steps: 1, drawnHeads: 64 }, { N: 2, H: 4 }];
    const theory = await predicted(headLogitsPair(), parameters, "exact", size, "variance-start");
    const { mean, meanError, variance, varianceError } = await sampled(headLogitsPair(), parameters, size, "variance-start", 20_000);
    expect(Math.abs(mean - theory.value[0]!)).toBeLessThan(SIGMAS * meanError);
    expect(Math.abs(variance - theory.spread![0]! ** 2)).toBeLessThan(SIGMAS * varianceError);
  });

  it("falls as 1/N after training at alphaA = 1, with the coefficient of wide heads", async () => {
    const parameters = { steps: 8, drawnHeads: 4000 };
    const wide = await predicted(headLogitsPair(), parameters, "wide-heads", { N: 256, H: 8 }, "variance-end");
    const many = await predicted(headLogitsPair(), parameters, "many-heads", { N: 256, H: 8 }, "variance-end");
    expect(Math.abs(many.value[0]! / wide.value[0]! - 1)).toBeLessThan(0.1);
  });

  it("is that of infinitely many heads where there are many, N = 4, alphaA = 1", async () => {
    const parameters = { steps: 8, drawnHeads: 16_000 };
    const many = await predicted(headLogitsPair(), parameters, "many-heads", { N: 4, H: 128 }, "variance-end");
    const { mean, meanError } = await sampled(headLogitsPair(), parameters, { N: 4, H: 128 }, "variance-end", 200);
    expect(Math.abs(mean - many.value[0]!)).toBeLessThan(SIGMAS * Math.hypot(meanError, many.numericalError[0]!) + 0.01 * mean);
  });
});

describe("refusals", () => {
  it.each([
    [() => attentionKernelsPair().at({ alphaA: 0.4 }), /alphaA = 0.4: must be at least 0.5/],
    [() => attentionKernelsPair().at({ inputs: "given", x: [1, 2, 3], tokens: 2 }), /features = undefined: must be given/],
    [() => attentionKernelsPair().at({ inputs: "given", x: [1, 2, 3], tokens: 2, features: 1 }), /x = 3: must be a multiple of tokens × features = 2/],
    [() => attentionKernelsPair().at({ sampler: "networks", embedding: "fixed" }), /embedding = "fixed": must be "random"/],
    [() => headLogitsPair().at({ query: 4 }), /query = 4: must be at most 3, the tokens of an input/],
    [() => headLogitsPair().at({ task: "given", x: [0, 1], features: 1, targets: [1] }), /query = 1: must be a token that does not vanish/],
    [() => headLogitsPair().at({ every: 2 }), /parameters = "every": must be known/],
  ])("parameters, case %#", (call, message) => {
    expect(call).toThrow(message);
  });

  it("one head has no variance", async () => {
    await expect(headLogitsPair().at({ steps: 1 }).sample({ N: 2, H: 1 }, { key: KEY, from: 0, count: 1 }, {})).rejects.toThrow(/H/);
  });

  it("theories say where they say nothing", () => {
    const of = (pair: Pair, parameters: Parameters, id: string): unknown => pair.at(parameters).theories.find((theory) => theory.id === id)!.applies({ N: 2, H: 2 });
    expect(of(attentionKernelsPair(), { L: 2 }, "exact")).toMatchObject({ applies: false, reason: saying(/one block/) });
    expect(of(attentionKernelsPair(), {}, "exact")).toMatchObject({ applies: false, remedy: saying(/"fixed"/) });
    expect(of(attentionKernelsPair(), { mlp: "erf" }, "corrected")).toMatchObject({ applies: false, reason: saying(/perceptron/) });
    expect(of(attentionKernelsPair(), { alphaA: 0.7 }, "corrected")).toMatchObject({ applies: false, reason: saying(/between/) });
    expect(of(headLogitsPair(), { alphaA: 0.7, steps: 2, drawnHeads: 64 }, "wide-heads")).toMatchObject({ applies: false, reason: saying(/between/) });
  });

  it("a divergent rate is an outcome with its step", async () => {
    const instance = headLogitsPair().at({ eta0: 400, steps: 24, drawnHeads: 64 });
    const { outcomes } = await instance.sample({ N: 2, H: 2 }, { key: KEY, from: 0, count: 2 }, {});
    for (const one of outcomes) expect(one).toMatchObject({ kind: "diverged", message: saying(/step/) });
    expect(instance.theories[1]!.applies({ N: 2, H: 2 })).toMatchObject({ applies: false, reason: saying(/diverges after/) });
  });
});

import { pairLaws, type Parameters, type Size } from "@mesoscope/contracts";
import { describe, expect, it } from "vitest";
import { effectiveRank, featureLearningPair, inputKernel, kernelAlignment, kernelDescent, kernelMovement, tangentKernel } from "../../../src/transformer/index.js";
import { answered, retrievalOfOne, toldByMean } from "../../../src/transformer/pairs/feature-learning/retrieval.js";

const KEY = [31, 32] as const;
const pair = featureLearningPair();
const few = { steps: 4, every: 2 };

const laws: readonly (readonly [string, Parameters, Size])[] = [
  ["block", few, { N: 2, H: 2 }],
  ["block, rich", { ...few, gamma0: 2, every: 4 }, { N: 3, H: 1 }],
  ["residual", { ...few, network: "residual", gamma0: 0.1 }, { N: 2, H: 2 }],
  ["residual, deeper", { ...few, network: "residual", blocks: 3, alphaL: 1, half: true }, { N: 4, H: 1 }],
];

describe.each(laws)("laws of a pair: feature-learning, %s", (_name, parameters, size) => {
  for (const law of pairLaws(pair, parameters, size)) it(law.name, () => law.check());
});

const predicted = async (parameters: Parameters, theory: string, observable: string): Promise<number> =>
  (await pair.at(parameters).theories.find(({ id }) => id === theory)!.predict({ N: 8, H: 2 }, {})).find((one) => one.observable === observable)!.value.at(-1)!;

const sampled = async (parameters: Parameters, size: Size, count: number): Promise<Readonly<Record<string, number>>> => {
  const { values, outcomes } = await pair.at(parameters).sample(size, { key: KEY, from: 0, count }, {});
  expect(outcomes.every(({ kind }) => kind === "completed")).toBe(true);
  return Object.fromEntries(Object.entries(values).map(([id, own]) => [id, own.reduce((sum, value) => sum + value, 0) / own.length]));
};

describe("measures of a kernel", () => {
  it("are 1, 1 and 0 for the targets' own kernel, 1/sqrt P and P for the identity", () => {
    const y = [1, -1, 1, 1];
    const own = y.flatMap((a) => y.map((b) => 3 * a * b));
    const identity = y.flatMap((_, i) => y.map((__, j) => Number(i === j)));
    expect([kernelAlignment(own, y), effectiveRank(own), kernelMovement(own, own)].map((value) => Number(value.toFixed(12)))).toEqual([1, 1, 0]);
    expect([kernelAlignment(identity, y), effectiveRank(identity)].map((value) => Number(value.toFixed(12)))).toEqual([0.5, 4]);
    expect(() => kernelAlignment([0], [1])).toThrow(/kernel.*must not vanish/);
  });
});

describe("the kernel regime", () => {
  it.each(["block", "residual"])("cannot know what the mean hides, %s: loss 1/4, the told answers right, the others 0", async (network) => {
    const long = { network, steps: 400, every: 400 };
    expect(await predicted(long, "lazy", "loss")).toBeCloseTo(0.25, 6);
    expect(await predicted(long, "lazy", "told")).toBeCloseTo(1, 4);
    expect(await predicted(long, "lazy", "hidden")).toBeCloseTo(0, 12);
  });

  it("is what the block with responses tends to, at order gamma0^2", async () => {
    const apart = await Promise.all([1 / 64, 1 / 32].map((gamma0) => predicted({ gamma0, steps: 16 }, "limit", "even")));
    expect(apart[1]! / apart[0]!).toBeCloseTo(4, 2);
  });

  it("is left by networks at order gamma0^2 in the part that is even in the read-out, gamma0 in the odd part, from their own kernel", async () => {
    for (const network of ["block", "residual"]) {
      const found = await sampled({ network, gamma0: 1 / 32, steps: 12, half: true }, { N: 4, H: 2 }, 4);
      expect(found["even-power"]).toBeCloseTo(2, 1);
      expect(found["odd-power"]).toBeCloseTo(1, 1);
      const alone = await sampled({ network, gamma0: 1 / 64, steps: 12 }, { N: 4, H: 2 }, 4);
      expect(found["even"]! / alone["even"]!).toBeCloseTo(4, 0);
    }
  });

  it("has the answers of wide networks; without the share of W_O in the kernel it has not", async () => {
    const parameters = { gamma0: 0.01, steps: 3, every: 3, eta0: 0.05 };
    const { told } = await sampled(parameters, { N: 32, H: 2 }, 12);
    const lazy = await predicted(parameters, "lazy", "told");
    expect(Math.abs(told! / lazy - 1)).toBeLessThan(0.08);
    const start = inputKernel({ ...retrievalOfOne.tokens, x: Float64Array.from(retrievalOfOne.tokens.x) });
    const { groups } = tangentKernel(start, { L: 1, alphaL: 1, beta0: 1, head: { alphaA: 1, N: "infinite" }, skip: false }, "mean-field", { tolerance: 1e-9, budget: 64, seed: 0 });
    const without = answered(kernelDescent(groups.w!.map((value, k) => value + groups.V![k]!), retrievalOfOne.targets, { eta0: 0.05, steps: 3 }).outputs, toldByMean, 24);
    expect(Math.abs(told! / without - 1)).toBeGreaterThan(0.3);
  });
});

describe("rich networks", () => {
  it("answer what the mean hides, with kernels that align", async () => {
    const rich = await sampled({ network: "residual", gamma0: 2, steps: 48, every: 48 }, { N: 8, H: 2 }, 6);
    const poor = await sampled({ network: "residual", gamma0: 0.05, steps: 48, every: 48 }, { N: 8, H: 2 }, 6);
    expect(rich["hidden"]!).toBeGreaterThan(0.5);
    expect(Math.abs(poor["hidden"]!)).toBeLessThan(0.2);
    expect(rich["alignment"]!).toBeGreaterThan(1.5 * poor["alignment"]!);
  });

  it("says in the advisor's words that nothing is solved for the residual network, and where the descent in the kernel diverges", () => {
    const [lazy, limit] = pair.at({ network: "residual", eta0: 2 }).theories;
    expect(limit!.applies({ N: 8, H: 2 })).toMatchObject({ applies: false, reason: expect.stringContaining("not solve it yet") as string });
    expect(lazy!.applies({ N: 8, H: 2 })).toMatchObject({ applies: false, reason: expect.stringContaining("above 2") as string });
  });

  it("ends a replica that diverges in its outcome", async () => {
    const { outcomes } = await pair.at({ gamma0: 20, eta0: 5, steps: 60, every: 60 }).sample({ N: 2, H: 1 }, { key: KEY, from: 0, count: 2 }, {});
    expect(outcomes.map(({ kind }) => kind)).toEqual(["diverged", "diverged"]);
  });

  it("refuses parameters that have no meaning", () => {
    expect(() => pair.at({ every: 100 })).toThrow(/every.*at most steps = 64/);
    expect(() => pair.at({ gamma0: 0 })).toThrow(/gamma0/);
  });
});

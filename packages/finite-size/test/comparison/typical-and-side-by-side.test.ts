import { describe, expect, it } from "vitest";
import type { Pair } from "@mesoscope/contracts";
import { compare, runSerially, type CompareOptions, type Comparison, type Design } from "../../src/index.js";
import { biasedGaussian } from "../synthetic-pair.js";

const design: Design = { axis: "n", sizes: [16, 32, 64, 128, 256, 512, 1024], replicas: 600, block: 100 };
const options: Omit<CompareOptions, "runCells"> = { seed: "typical", tolerance: { relative: 0.05 }, level: 0.05, confidence: 0.95, resamples: 399 };
const run = (pair: Pair, change: Partial<CompareOptions> = {}, d: Design = design): Promise<Comparison> => compare(pair, {}, d, { ...options, runCells: runSerially({ [pair.id]: pair }), ...change });

describe("N* of a single run", () => {
  // Bias 1 / n crosses 5 % at n = 20; the spread 0.8 / sqrt n does at n = 256.
  it("is where the spread too falls below the tolerance: fitted near 256, certified at the next size, bracketed by the last that fails", async () => {
    const { statements } = await run(biasedGaussian(1, 0.8));
    const { fitted, certified, typical } = statements[0]!.nStar!;
    expect(fitted.reached && [fitted.interval[0] < 20, fitted.interval[1]! > 20]).toEqual([true, true]);
    expect(certified).toMatchObject({ reached: true });
    expect(typical.fitted.reached && [typical.fitted.interval[0] < 256, typical.fitted.interval[1]! > 256, Math.abs(typical.fitted.value - 256) < 30]).toEqual([true, true, true]);
    expect(typical.certified).toEqual({ reached: true, value: 512, interval: [128, 512] });
    expect(statements[0]!.bySize.map(({ typical: one }) => one)).toEqual(["fails", "fails", "fails", "fails", "undecided", "holds", "holds"]);
  });

  it("is never below that of the mean, and reached also where no bias is seen", async () => {
    const { statements } = await run(biasedGaussian(0, 0.8));
    const { fitted, typical } = statements[0]!.nStar!;
    expect(fitted).toMatchObject({ reached: false, reason: expect.stringContaining("no deviation is seen") as string });
    expect(typical.fitted).toMatchObject({ reached: true });
  });

  it("is not reached where the spread does not fall", async () => {
    const pair = biasedGaussian(0.2, 0);
    const noisy: Pair = { ...pair, at: () => biasedGaussian(0.2, 0.3).at({}) };
    const flat: Pair = {
      ...noisy,
      at: (given) => {
        const instance = noisy.at(given);
        return { ...instance, sample: (size, replicas, context) => instance.sample({ n: 16 }, { ...replicas, key: [replicas.key[0], size["n"]!] }, context) };
      },
    };
    const { typical } = (await run(flat)).statements[0]!.nStar!;
    expect(typical.fitted).toMatchObject({ reached: false, reason: expect.stringContaining("is not seen to fall") as string });
    expect(typical.certified).toMatchObject({ reached: false });
  });

  it("says how coarse the sizes near N* are", async () => {
    const { coarseness } = (await run(biasedGaussian(1, 0.8))).statements[0]!.nStar!;
    expect(coarseness!.n).toBe(16);
    // SE / margin = 0.8 / sqrt(16 * 600) / 0.05.
    expect(coarseness!.value).toBeCloseTo(0.163, 1);
  });
});

describe("theories side by side", () => {
  /** Truth 1 + a / n + c / n^2; the correction knows a. */
  const corrected = (a: number, c: number, told: number): Pair => {
    const pair = biasedGaussian(0, 0.1);
    const instance = pair.at({});
    return {
      ...pair,
      at: () => ({
        ...instance,
        sample: async (size, replicas, context) => {
          const batch = await instance.sample(size, replicas, context);
          return { ...batch, values: { y: batch.values["y"]!.map((y) => y + a / size["n"]! + c / size["n"]! ** 2) } };
        },
        theories: [
          ...instance.theories,
          { ...instance.theories[0]!, id: "corrected", title: "the limit with its correction", predict: ({ n }) => Promise.resolve([{ observable: "y", value: [1 + told / n!], numericalError: [0], exponents: { bias: 2 } }]) },
        ],
      }),
    };
  };

  it("tells the factor by which the correction brings N* down: from 85.8 to 20.5, within 5 %", async () => {
    const small: Design = { ...design, sizes: [8, 16, 32, 64, 128, 256], replicas: 2000 };
    const [gain, ...others] = (await run(corrected(4, 25, 4), {}, small)).sideBySide;
    expect(others).toEqual([]);
    expect(gain).toMatchObject({ observable: "y", from: { id: "limit" }, to: { id: "corrected" } });
    // 4 / n + 25 / n^2 = 0.05 at 85.83; 25 / n^2 = 0.05 (1 + 4 / n) at 20.45.
    const truth = 85.826 / 20.45;
    expect(gain?.outcome === "factor" && [gain.interval[0] < truth, gain.interval[1]! > truth, gain.interval[1]! / gain.interval[0] < 1.05]).toEqual([true, true, true]);
  });

  it("gives a lower bound where the corrected theory shows no deviation at all", async () => {
    const [gain] = (await run(corrected(4, 0, 4))).sideBySide;
    expect(gain).toMatchObject({ outcome: "at-least", because: expect.stringMatching(/^N\* falls from 8\d.* to at most 16/) as string });
    expect(gain?.outcome === "at-least" && gain.value).toBeCloseTo(80 / 16, 0);
  });

  it("catches a correction of the wrong sign: no gain, N* goes up", async () => {
    const [gain] = (await run(corrected(4, 0, -4), { corrections: false })).sideBySide;
    // Its bias is 8 / n, which is not the predicted 1 / n^2.
    expect(gain).toMatchObject({ outcome: "not-told", because: expect.stringContaining("does not hold the predicted 2.00") as string });
  });
});

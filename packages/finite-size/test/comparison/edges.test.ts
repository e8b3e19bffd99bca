import { describe, expect, it } from "vitest";
import type { Pair, Prediction } from "@mesoscope/contracts";
import type { Stream } from "@mesoscope/numerics";
import { compare, compareSequentially, runSerially, type CompareOptions, type Comparison, type Design } from "../../src/index.js";
import { biasedGaussian, syntheticPair } from "../synthetic-pair.js";

const design: Design = { axis: "n", sizes: [16, 32, 64, 128, 256], replicas: 60, block: 20 };
const options: Omit<CompareOptions, "runCells"> = { seed: "p", tolerance: { relative: 0.05, spread: 0.1 }, level: 0.05, confidence: 0.95, resamples: 199 };
const run = (pair: Pair, change: Partial<CompareOptions> = {}, d: Partial<Design> = {}): Promise<Comparison> =>
  compare(pair, {}, { ...design, ...d }, { ...options, runCells: runSerially({ [pair.id]: pair }), ...change });
const drawn = (draw: (stream: Stream, n: number) => number, value: number, told: Partial<Prediction> = {}): Pair => syntheticPair({ draw, predict: () => ({ value: [value], numericalError: [0], ...told }) });

/** Paths of numbers that JSON cannot hold. */
function notJson(value: unknown, path = ""): readonly string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path} = ${value}`];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, member]) => notJson(member, `${path}.${name}`));
}

describe("every number of a comparison is one that JSON can hold", () => {
  it.each([
    ["a rare event: every other resample has none", drawn((stream) => (stream.uniform() < 1 / 60 ? 1 : 0), 1 / 60, { spread: [0.12] }), {}],
    ["errors whose squares are no doubles", drawn((stream, n) => (1e-157 * stream.normal()) / Math.sqrt(n), 0), { tolerance: { absolute: 0.01 } }],
    ["values that are almost no doubles", drawn((stream) => 1e-310 * (1 + 0.1 * stream.normal()), 0), { tolerance: { absolute: 0.01 } }],
    ["values far beyond their errors", drawn((stream, n) => 1e-110 + (1e-120 * stream.normal()) / Math.sqrt(n), 0), { tolerance: { absolute: 0.01 } }],
    ["a prediction far below what is seen", drawn((stream) => 1e150 * (1 + 0.1 * stream.normal()), 1e-200), {}],
  ])("%s", async (_, pair, change: Partial<CompareOptions>) => {
    expect(notJson(await run(pair, change))).toEqual([]);
  });
});

describe("very small numbers", () => {
  it("are compared like others: the unit of an observable decides nothing", async () => {
    const of = async (unit: number): Promise<unknown> => {
      const { statements } = await run(drawn((stream) => unit * (1 + 0.1 * stream.normal()), unit, { spread: [unit / 10] }));
      return statements.map(({ quantity, bySize }) => [quantity, ...bySize.map(({ outcome }) => outcome)]);
    };
    expect(await of(2 ** -700)).toEqual(await of(1));
  });
});

describe("what cannot be fitted is left out, and the comparison goes on", () => {
  it.each([0, -0.5, 10])("a predicted power of %d is none to extrapolate with", async (bias) => {
    const pair = biasedGaussian(1, 0.3, { exponents: { bias } });
    expect((await run(pair)).statements[0]!.extrapolation).not.toHaveProperty("richardson");
    expect((await run(pair, {}, { sizes: [16, 32, 64] })).statements[0]).not.toHaveProperty("extrapolation");
  });

  it("nor are spreads that fall exponentially", async () => {
    const found = await run(drawn((stream, n) => 1 + Math.exp(-n / 3) * stream.normal(), 1), {}, { sizes: [8, 16, 32, 64] });
    expect(found.statements[0]).toMatchObject({ outcome: "holds" });
    expect(found.statements[0]).not.toHaveProperty("extrapolation");
  });

  it.each([2, 4])("values that differ by rounding alone, %d of them, are one group", async (count) => {
    const { statements } = await run(drawn((stream) => 1 + Math.floor(count * stream.uniform()) * 2 ** -52, 2));
    expect(statements[0]).toMatchObject({ outcome: "fails", reason: "unexplained" });
    expect(statements[0]).not.toHaveProperty("groups");
  });
});

describe("N* says truly why it is not reached", () => {
  const gauss = (stream: Stream, n: number): number => 1 + 1 / n + (0.3 / Math.sqrt(n)) * stream.normal();
  it.each([
    ["of no size", syntheticPair({ draw: gauss, predict: () => ({ value: [1], numericalError: [0] }), applies: () => false }), {}, "the theory speaks about none of the sizes"],
    ["of two sizes", drawn(gauss, 1), { sizes: [16, 32] }, "an exponent needs three sizes, and only two have anything to compare"],
    ["of a share of zero", drawn(gauss, 0), {}, "no entry has a margin at every size: a share of zero is zero"],
    ["of equal replicas", drawn((_, n) => 1 + 1 / n, 1), {}, "an exponent needs replicas that differ at every size"],
    ["of a spread that falls exponentially", drawn((stream, n) => 1 + Math.exp(-n / 6) * stream.normal(), 1), { sizes: [16, 32, 64], replicas: 400 }, "how the spread falls is not told: the best exponent, 4.00, is the end of the range searched"],
  ])("%s", async (_, pair, d: Partial<Design>, reason) => {
    const nStar = (await run(pair, {}, d)).statements[0]!.nStar!;
    expect(nStar.typical.fitted).toEqual({ reached: false, reason });
  });

  it("a single run is as good as the mean where every replica is as predicted, margin or not", async () => {
    const { statements } = await run(drawn(() => 0, 0));
    expect(statements[0]!.nStar!.typical.certified).toMatchObject({ reached: true, value: 16 });
    expect(statements[0]!.because).toBe("Within tolerance from n = 16 to 256; at n = 256 the deviation is 0 [0, 0]");
  });
});

describe("designs that stop when decided", () => {
  it.each([
    ["diverged replicas", syntheticPair({ draw: (stream) => 1 + 0.01 * stream.normal(), predict: () => ({ value: [1], numericalError: [0] }), outcome: (stream) => (stream.uniform() < 0.3 ? { kind: "diverged", message: "blew up" } : { kind: "completed" }) }), /replicas\. More replicas would not help at n = 16: \d+ of 80 replicas diverged/],
    ["a share of zero", drawn((stream) => 1 + 0.01 * stream.normal(), 0), /replicas\. More replicas would not help at n = 16: the prediction is zero/],
  ])("do not blame a large spread for %s", async (_, pair, because) => {
    const found = await compareSequentially(pair, {}, { axis: "n", sizes: [16, 64], first: 40, looks: 2, block: 20 }, { ...options, tolerance: { relative: 0.05 }, runCells: runSerially({ [pair.id]: pair }) });
    expect(found).toMatchObject({ outcome: "budget-exhausted", because: expect.stringMatching(because) as string });
  });
});

import { describe, expect, it } from "vitest";
import { compare, runSerially, type Extrapolation } from "../../src/index.js";
import { biasedGaussian, syntheticPair } from "../synthetic-pair.js";

const design = { axis: "n", sizes: [8, 16, 32, 64, 128], replicas: 2000, block: 500 };
async function extrapolated(pair: ReturnType<typeof syntheticPair>, seed = "extrapolation 1"): Promise<Extrapolation | undefined> {
  const options = { seed, tolerance: { relative: 0.05 }, level: 0.05, confidence: 0.95, resamples: 199, runCells: runSerially({ [pair.id]: pair }) };
  return (await compare(pair, {}, design, options)).statements[0]!.extrapolation;
}

describe("the limit that finite systems point to", () => {
  it("is that of the theory where the theory is right, y = 1 + 2 / n: at most two of eight intervals of 95 % miss (chance of more: 0.6 %)", async () => {
    const found: Extrapolation[] = [];
    for (let s = 0; s < 8; s++) found.push((await extrapolated(biasedGaussian(2, 0.3), `extrapolation ${s}`))!);
    const missing = (misses: (one: Extrapolation) => boolean): number => found.filter(misses).length;
    expect(missing(({ fit }) => fit.kind !== "fitted")).toBe(0);
    expect(missing(({ against }) => against.outcome === "inconsistent")).toBeLessThanOrEqual(2);
    expect(missing(({ order }) => order!.outcome === "inconsistent")).toBeLessThanOrEqual(2);
    expect(missing(({ richardson }) => richardson!.interval[0] > 1 || richardson!.interval[1] < 1)).toBeLessThanOrEqual(2);
  });
  it("is another where the theory has a wrong limit, though it is approached at the right rate", async () => {
    const pair = syntheticPair({ draw: (stream, n) => 1.02 + 2 / n + (0.3 / Math.sqrt(n)) * stream.normal(), predict: () => ({ value: [1], numericalError: [0], exponents: { bias: 1 } }) });
    expect(await extrapolated(pair)).toMatchObject({ against: { outcome: "inconsistent", difference: expect.closeTo(0.02, 2) as number } });
  });
  it("tells a wrong order of the approach apart", async () => {
    const pair = syntheticPair({ draw: (stream, n) => 1 + 2 / Math.sqrt(n) + (0.1 / Math.sqrt(n)) * stream.normal(), predict: () => ({ value: [1], numericalError: [0], exponents: { bias: 1 } }) });
    expect(await extrapolated(pair)).toMatchObject({ order: { outcome: "inconsistent" } });
  });
  it("is not asked for where the prediction moves with the size", async () => {
    const pair = syntheticPair({ draw: (stream, n) => 1 + 2 / n + 0.1 * stream.normal(), predict: (n) => ({ value: [1 + 2 / n], numericalError: [0] }) });
    expect(await extrapolated(pair)).toBeUndefined();
  });
});

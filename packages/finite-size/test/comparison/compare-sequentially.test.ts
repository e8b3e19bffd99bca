import { describe, expect, it } from "vitest";
import type { Pair } from "@mesoscope/contracts";
import { DomainError, key } from "@mesoscope/numerics";
import { compareSequentially, meanEquivalence, planSequentially, runSerially, spentLevels, summarise, type RunCells, type SequentialDesign } from "../../src/index.js";
import { biasedGaussian } from "../synthetic-pair.js";

const design: SequentialDesign = { axis: "n", sizes: [16, 64], first: 40, looks: 5, block: 20 };
const options = { seed: "looks", tolerance: { relative: 0.05 }, level: 0.05, confidence: 0.95, resamples: 199 };
const run = (pair: Pair, change: Partial<SequentialDesign> = {}, runCells: RunCells = runSerially({ [pair.id]: pair })): ReturnType<typeof compareSequentially> =>
  compareSequentially(pair, {}, { ...design, ...change }, { ...options, runCells });

describe("designs that stop when decided", () => {
  it("stop at the first look where everything is clear, and judge at its level", async () => {
    const found = await run(biasedGaussian(0, 0.05));
    expect(found).toMatchObject({ outcome: "decided", comparison: { statements: [{ outcome: "holds" }] } });
    expect(found.looks).toHaveLength(1);
    expect(found.comparison.level).toBe(spentLevels(0.05, 5)[0]);
  });

  it("go on only where a test is open: the small system has the larger spread", async () => {
    const found = await run(biasedGaussian(0.1, 0.8));
    const last = found.looks.at(-1)!;
    expect(found.looks.length).toBeGreaterThan(1);
    expect(last.replicas[0]).toBeGreaterThan(last.replicas[1]!);
    expect(found.comparison.sizes.map(({ completed }) => completed)).toEqual(last.replicas);
  });

  it("say undecided when the looks are used up: a bias that is just the tolerance", async () => {
    const found = await run(biasedGaussian(0.05 * 64, 1), { sizes: [64], looks: 3 });
    expect(found).toMatchObject({ outcome: "budget-exhausted", because: expect.stringMatching(/^Undecided at n = 64 with 160 replicas/) as string });
  });

  it("run no cell twice, none outside the plan, and go forwards in their progress", async () => {
    const pair = biasedGaussian(0.05 * 64, 1);
    const asked: string[] = [];
    const here = runSerially({ [pair.id]: pair });
    const shares: number[] = [];
    await compareSequentially(pair, {}, design, {
      ...options,
      runCells: (cells, context) => {
        asked.push(...cells.map((cell) => JSON.stringify(cell)));
        return here(cells, context);
      },
      context: { progress: (done, of) => shares.push(done / of) },
    });
    const planned = planSequentially(pair, {}, design, "looks").map((cell) => JSON.stringify(cell));
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.filter((cell) => !planned.includes(cell))).toEqual([]);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it("ask a theory once for each size, however many looks there are", async () => {
    const pair = biasedGaussian(0.05 * 64, 1);
    const asked: string[] = [];
    const counting: Pair = {
      ...pair,
      at: (given) => {
        const instance = pair.at(given);
        const [theory] = instance.theories;
        return {
          ...instance,
          theories: [
            {
              ...theory!,
              predict: (size, context) => {
                asked.push(JSON.stringify(size));
                return theory!.predict(size, context);
              },
            },
          ],
        };
      },
    };
    const found = await run(counting, { looks: 3 });
    expect(found.looks.length).toBeGreaterThan(1);
    expect(asked).toEqual(['{"n":16}', '{"n":64}']);
    expect(found).toEqual({ ...(await run(pair, { looks: 3 })), ensembles: found.ensembles });
  });

  it("refuse a first look that is no whole number of cells", async () => {
    await expect(run(biasedGaussian(0, 1), { first: 30 })).rejects.toThrow(DomainError);
    await expect(run(biasedGaussian(0, 1), { looks: 0 })).rejects.toThrow(/looks/);
  });
});

describe("the level over all looks", () => {
  it("is spent to the end and no further, hardly any of it early", () => {
    const levels = spentLevels(0.05, 5);
    expect(levels.reduce((sum, level) => sum + level, 0)).toBeCloseTo(0.05, 8);
    expect(levels[0]!).toBeLessThan(1e-4);
    expect(levels.at(-1)!).toBeGreaterThan(0.04);
    expect(spentLevels(0.05, 1)).toEqual([expect.closeTo(0.05, 12)]);
  });

  it("keeps a wrong holds at the boundary below 5 % + 2 SE in 600 experiments of five looks; looking five times at 5 % does not", () => {
    const levels = spentLevels(0.05, 5);
    let spent = 0;
    let unspent = 0;
    for (let draw = 0; draw < 600; draw++) {
      const stream = key("boundary").fold(draw).stream();
      // Truth: a deviation of exactly the tolerance.
      const samples = Float64Array.from({ length: 320 }, () => 1.05 + 0.1 * stream.normal());
      const holdsAt = levels.map((_, j) => {
        const seen = samples.subarray(0, 20 * 2 ** j);
        return meanEquivalence(summarise(seen, 1, { resamples: 199, stream: key("boundary").fold(draw, j).stream() }), 0, 1, { tolerance: { relative: 0.05 }, level: 0.05 }).holdsAt;
      });
      if (holdsAt.some((at, j) => at < levels[j]!)) spent += 1;
      if (holdsAt.some((at) => at < 0.05)) unspent += 1;
    }
    const slack = 2 * Math.sqrt(0.05 * 0.95 * 600);
    expect(spent).toBeLessThanOrEqual(0.05 * 600 + slack);
    expect(unspent).toBeGreaterThan(0.05 * 600 + 2 * slack);
  });
});

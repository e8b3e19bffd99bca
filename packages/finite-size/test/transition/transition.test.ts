import { describe, expect, it } from "vitest";
import type { Batch, Pair, Transition } from "@mesoscope/contracts";
import { keyFromWords } from "@mesoscope/numerics";
import { measureTransition, planTransition, runSerially, type TransitionDesign, type TransitionFinding } from "../../src/index.js";

/** A field whose mean is n^{-a} f((x - 1) n^b) with f(s) = 1 / (1 + e^s): a rounded step with known exponents. */
function rounded(a: number, b: number): Pair {
  return {
    pairVersion: 1,
    id: "rounded",
    title: "A rounded step",
    parameters: { type: "object", properties: { x: { type: "number", symbol: "x", description: "control", unit: "1", default: 0 }, h: { type: "number", symbol: "h", description: "field", unit: "1", default: 1 } }, additionalProperties: false },
    axes: [{ name: "n", symbol: "n", meaning: "size", least: 1 }],
    equations: [],
    at: ({ x = 0, h = 1 }) => ({
      observables: [{ id: "y", symbol: "y", meaning: "order", unit: "1", kind: "scalar" }],
      sample: ({ n }, { key, from, count }) => {
        const mean = Number(h) + n! ** -a / (1 + Math.exp((Number(x) - 1) * n! ** b));
        const y = Float64Array.from({ length: count }, (_, r) => mean + 0.1 * n! ** -a * keyFromWords(key).fold(from + r).stream().normal());
        return Promise.resolve({ outcomes: Array.from({ length: count }, () => ({ kind: "completed" as const })), values: { y } });
      },
      theories: [{ id: "limit", title: "the limit", equations: [], applies: () => ({ applies: true, meters: [] }), predict: () => Promise.resolve([{ observable: "y", value: [0], numericalError: [0] }]) }],
    }),
  };
}

const transition: Transition = { parameter: "x", at: 1, where: { h: 0 }, observable: "y", exponents: { value: 0.25, width: 0.5 } };
const design: TransitionDesign = { axis: "n", sizes: [16, 64, 256], replicas: 400, block: 100, scaled: [-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3] };
const run = (pair: Pair, told: Transition = transition, change: Partial<TransitionDesign> = {}): Promise<TransitionFinding> =>
  measureTransition(pair, { x: 5, h: 1 }, told, { ...design, ...change }, { seed: "transition", confidence: 0.95, resamples: 199, runCells: runSerially({ [pair.id]: pair }) });

describe("a transition at finite size", () => {
  it("is scanned on the scale of its rounding, where its other parameters are as it needs them, and collapses with the planted exponents", async () => {
    const { sizes, collapses, completed, diverged } = await run(rounded(0.25, 0.5));
    expect(collapses.map(({ from }) => from)).toEqual([16]);
    const collapse = collapses[0]!.fit;
    expect(sizes.map(({ x }) => x[0])).toEqual([1 - 3 / 4, 1 - 3 / 8, 1 - 3 / 16].map((x) => expect.closeTo(x, 12) as number));
    expect([completed, diverged]).toEqual([27 * 400, 0]);
    // h = 0: the mean at the transition is n^{-1/4} / 2.
    expect(sizes[2]!.mean.value[4]! * 4).toBeCloseTo(0.5, 1);
    expect(collapse).toMatchObject({ kind: "fitted", predicted: { outcome: "consistent" } });
    if (collapse.kind !== "fitted") return;
    for (const [name, truth] of [["a", 0.25], ["b", 0.5], ["critical", 1]] as const) {
      const [low, high] = collapse.intervals[name]!;
      expect([low! <= truth, high! >= truth, high! - low! < 0.3], name).toEqual([true, true, true]);
    }
  });

  it("tells a theory with wrong exponents apart", async () => {
    const wrong = await run(rounded(0.25, 0.5), { ...transition, exponents: { value: 0.5, width: 0.5 } });
    for (const { fit } of wrong.collapses) expect(fit).toMatchObject({ kind: "fitted", predicted: { outcome: "inconsistent" } });
  });

  it("leaves out small sizes whose corrections to scaling are seen, and says from which size on the prediction serves", async () => {
    const pure = rounded(0.25, 0.5);
    // A correction of 0.5 / n to the mean: twelve standard errors at 16, less than two at 256.
    const corrected: Pair = {
      ...pure,
      at: (given) => {
        const instance = pure.at(given);
        return {
          ...instance,
          sample: async (size, replicas, context) => {
            const batch = await instance.sample(size, replicas, context);
            return { ...batch, values: { y: batch.values["y"]!.map((y) => y + 0.5 / size["n"]!) } };
          },
        };
      },
    };
    const { collapses } = await run(corrected, transition, { sizes: [16, 64, 256, 1024, 4096] });
    expect(collapses.length).toBeGreaterThan(1);
    expect(collapses.at(-1)!.from).toBeGreaterThan(16);
    expect(collapses.at(-1)!.fit).toMatchObject({ predicted: { outcome: "consistent" } });
  });

  it("plans the cells that it asks for", async () => {
    const pair = rounded(0.25, 0.5);
    const asked: string[] = [];
    const here = runSerially({ [pair.id]: pair });
    await measureTransition(pair, { x: 5 }, transition, design, {
      seed: 1,
      confidence: 0.95,
      resamples: 99,
      runCells: (cells, context) => {
        asked.push(...cells.map((cell) => JSON.stringify(cell)));
        return here(cells, context);
      },
    });
    expect(asked).toEqual(planTransition(pair, { x: 5 }, transition, design, 1).map((cell) => JSON.stringify(cell)));
  });

  it("refuses one size, two distances, and an observable that is none", async () => {
    const pair = rounded(0.25, 0.5);
    await expect(run(pair, transition, { sizes: [16] })).rejects.toThrow(/at least two sizes/);
    await expect(run(pair, transition, { scaled: [0, 1] })).rejects.toThrow(/three scaled distances/);
    await expect(run(pair, { ...transition, observable: "z" })).rejects.toThrow(/must be a scalar observable, one of y/);
  });
});

describe("a scan in which something is missing", () => {
  const changed = (change: (batch: Batch, n: number, x: number) => Batch): Pair => {
    const pair = rounded(0.25, 0.5);
    return { ...pair, at: (given) => ({ ...pair.at(given), sample: async (size, replicas, context) => change(await pair.at(given).sample(size, replicas, context), size["n"]!, Number(given["x"])) }) };
  };
  const gone = (batch: Batch): Batch => ({ ...batch, outcomes: batch.outcomes.map(() => ({ kind: "diverged", message: "gone" })) });

  it("goes on without points that diverged or have no spread, and counts them", async () => {
    const flat = await run(changed((batch, _, x) => (x < 0.4 ? { ...batch, values: { y: batch.values["y"]!.fill(1) } } : batch)));
    expect(flat).toMatchObject({ leftOut: 1, collapses: [{ fit: { kind: "fitted" } }] });
    expect(flat.sizes[0]!.x).toHaveLength(9);
    const lost = await run(changed((batch, n, x) => (n === 16 && x < 0.4 ? gone(batch) : batch)));
    expect(lost).toMatchObject({ leftOut: 1, diverged: 400, collapses: [{ fit: { kind: "fitted" } }] });
    expect(lost.sizes[0]!.x).toHaveLength(8);
  });

  it("says so where too little of a size is left", async () => {
    const { collapses } = await run(changed((batch, n) => (n === 64 ? gone(batch) : batch)));
    expect(collapses).toEqual([{ from: 16, fit: { kind: "no-overlap", reason: "fewer than 3 points at size 64 have replicas that differ" } }]);
  });

  it("is refused before anything runs if distances or sizes do not ascend", async () => {
    await expect(run(rounded(0.25, 0.5), transition, { scaled: [0, -1, 1] })).rejects.toThrow(/design\.scaled\[1\]/);
    await expect(run(rounded(0.25, 0.5), transition, { sizes: [64, 16] })).rejects.toThrow(/design\.sizes\[1\]/);
  });
});

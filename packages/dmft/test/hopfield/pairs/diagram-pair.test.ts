import { pairLaws, type Batch, type Pair, type Parameters, type Size } from "@mesoscope/contracts";
import { describe, expect, it } from "vitest";
import { oneBitContinuationPair, oneBitDiagramPair, REGIMES } from "../../../src/hopfield/index.js";

const KEY = [11, 12] as const;

const cases: readonly (readonly [string, Pair, Parameters, Size])[] = [
  ["one-bit-diagram, bare", oneBitDiagramPair(), { beta: 1.2, burnIn: 100 }, { T: 200 }],
  ["one-bit-diagram, all that can be observed", oneBitDiagramPair(), { beta: 1.28, burnIn: 10, exponents: 12, bins: 16, plane: 8, segment: 64 }, { T: 400 }],
  ["one-bit-diagram, one feature", oneBitDiagramPair(), { system: "neg1m", burnIn: 10, exponents: 2, bins: 8 }, { T: 200 }],
  ["one-bit-diagram, exponents of minus infinity", oneBitDiagramPair(), { beta: 0, burnIn: 10, bins: 8 }, { T: 200 }],
  ["one-bit-continuation", oneBitContinuationPair(), { from: 1.28, to: 1.25, betas: 4, burnIn: 10, bins: 8 }, { T: 200 }],
];

describe.each(cases)("laws of a pair: %s", (_name, pair, parameters, size) => {
  for (const law of pairLaws(pair, parameters, size)) {
    // At beta = 0 every start ends in the same silent state.
    it.skipIf(parameters["beta"] === 0 && law.name === "another key, other replicas")(law.name, async () => {
      await expect(law.check()).resolves.toBeUndefined();
    });
  }
});

describe("refusals", () => {
  it.each([
    [() => oneBitDiagramPair().at({ system: "paper4" }), /system = "paper4": must be one of paper3/],
    [() => oneBitDiagramPair().at({ beta: -1 }), /beta = -1: must be at least 0/],
    [() => oneBitDiagramPair().at({ exponents: 13 }), /exponents = 13: must be at most L C = 12/],
    [() => oneBitDiagramPair().at({ low: 0.5, high: 0.5 }), /low = 0.5: must be below high = 0.5/],
    [() => oneBitDiagramPair().at({ system: "hop1", exponents: 1, plane: 8 }), /plane = 8: must be 0 for a network with one feature/],
    [() => oneBitContinuationPair().at({ from: 1, to: 1 }), /to = 1: must differ/],
    [() => oneBitContinuationPair().at({ beta: 1 }), /parameters = "beta": must be known/],
  ])("parameters, case %#", (call, message) => {
    expect(call).toThrow(message);
  });

  it("a number of tokens that does not fall into blocks", async () => {
    await expect(oneBitDiagramPair().at({}).sample({ T: 210 }, { key: KEY, from: 0, count: 1 }, {})).rejects.toThrow(/T is 210/);
  });

  it("an aborted run says which replicas it has not sampled", async () => {
    const { outcomes } = await oneBitDiagramPair().at({}).sample({ T: 200 }, { key: KEY, from: 0, count: 2 }, { signal: { aborted: true } });
    expect(outcomes.every(({ kind }) => kind === "diverged")).toBe(true);
  });
});

const sample = (pair: Pair, parameters: Parameters, T: number, count = 1): Promise<Batch> => pair.at(parameters).sample({ T }, { key: KEY, from: 0, count }, {});

describe("exponents of periodic orbits", () => {
  const exponentOf = async (parameters: Parameters): Promise<number> => {
    const [theory] = oneBitDiagramPair().at(parameters).theories;
    expect(theory!.applies({ T: 200 }).applies).toBe(true);
    return (await theory!.predict({ T: 200 }, {}))[0]!.value[0]!;
  };

  it.each([[0.5, -0.32736, 4], [1, -0.082639, 4], [1.2, -0.013712, 4], [1.25, -0.002302591, 16], [1.27, -0.047800156, 28]])("at beta = %f are those of the reference", async (beta, expected, period) => {
    expect(await exponentOf({ beta })).toBeCloseTo(expected, Math.abs(expected) > 0.01 ? 5 : 8);
    const { values } = await sample(oneBitDiagramPair(), { beta, burnIn: 20_000 }, 20_000);
    expect(values["period"]![0]).toBe(period);
    expect(REGIMES[values["regime"]![0]!]).toBe("periodic");
  });

  it("are approached by averages over T tokens as 1/T, no faster and no slower", async () => {
    const parameters = { beta: 0.5, burnIn: 5000 };
    const limit = await exponentOf(parameters);
    const sizes = [1600, 6400, 25_600];
    const scaled = await Promise.all(sizes.map(async (T) => T * Math.abs((await sample(oneBitDiagramPair(), parameters, T)).values["largest"]![0]! - limit)));
    // The deviation is that of one turn of the perturbation, spread over T tokens.
    for (const one of scaled) {
      expect(one).toBeLessThan(0.5);
      expect(one).toBeGreaterThan(0.1);
    }
  });

  it("would catch the exponent per period in place of that per token", async () => {
    const parameters = { beta: 1.2, burnIn: 5000 };
    const limit = await exponentOf(parameters);
    const found = (await sample(oneBitDiagramPair(), parameters, 25_600)).values["largest"]![0]!;
    expect(Math.abs(found - 4 * limit)).toBeGreaterThan(100 * Math.abs(found - limit));
  });

  it("are not told where the attractor is a torus or chaotic", () => {
    for (const beta of [1.255, 1.28]) {
      const told = oneBitDiagramPair().at({ beta }).theories[0]!.applies({ T: 200 });
      expect(told).toMatchObject({ applies: false, reason: /does not return within 400 tokens/ });
    }
  });
});

describe("what was visited", () => {
  it("adds to one, in bins and in the plane, and the power to the variance", async () => {
    const { values } = await sample(oneBitDiagramPair(), { beta: 1.28, burnIn: 100, bins: 32, plane: 16, segment: 256 }, 4000);
    const sum = (id: string): number => values[id]!.reduce((a, b) => a + b, 0);
    expect(sum("occupation")).toBeCloseTo(1, 10);
    expect(sum("plane")).toBeCloseTo(1, 10);
    const marginal = Array.from({ length: 16 }, (_, x) => Array.from({ length: 16 }, (__, y) => values["plane"]![y * 16 + x]!).reduce((a, b) => a + b, 0));
    marginal.forEach((share, x) => {
      expect(share).toBeCloseTo(values["occupation"]![2 * x]! + values["occupation"]![2 * x + 1]!, 10);
    });
    expect(sum("power") / 256).toBeGreaterThan(0.01);
    expect(sum("power") / 256).toBeLessThan(0.2);
  });

  it("finds coexisting attractors from random windows: at beta = 1.27 periods 28 and 56", async () => {
    const { values } = await sample(oneBitDiagramPair(), { beta: 1.27, burnIn: 20_000 }, 400, 12);
    expect(values["period"]![0]).toBe(28);
    expect(new Set(values["period"]).size).toBeGreaterThan(1);
  });
});

describe("continuation", () => {
  const along = async (from: number, to: number): Promise<readonly number[]> => {
    const { values } = await sample(oneBitContinuationPair(), { from, to, betas: 9, burnIn: 4000 }, 400);
    return from < to ? [...values["period"]!] : [...values["period"]!].reverse();
  };

  it("follows the forced orbit of period 4 up to the Neimark-Sacker point and finds it again on the way down", async () => {
    const up = await along(1.2, 1.23);
    expect(up).toEqual(Array<number>(9).fill(4));
    expect(await along(1.23, 1.2)).toEqual(up);
  });

  it("keeps the mean squares of the forced orbit, which is no theory beyond the Neimark-Sacker point", async () => {
    const parameters = { from: 0.5, to: 1.2, betas: 8, burnIn: 4000 };
    const [theory] = oneBitContinuationPair().at(parameters).theories;
    const value = (await theory!.predict({ T: 200 }, {}))[0]!.value;
    const found = (await sample(oneBitContinuationPair(), parameters, 200)).values["mean-square"]!;
    value.forEach((predicted, i) => {
      expect(found[i]! / predicted).toBeCloseTo(1, 7);
    });
    expect(value[7]! / value[0]!).toBeGreaterThan(5);
    expect(oneBitContinuationPair().at({ ...parameters, to: 1.3 }).theories[0]!.applies({ T: 200 })).toMatchObject({ applies: false, reason: /does not attract/ });
  });

  it("begins each step where the one before ended: a journey is not a row of fresh starts", async () => {
    const { values } = await sample(oneBitContinuationPair(), { from: 1.2, to: 1.21, betas: 2, burnIn: 0 }, 200, 1);
    const fresh = await sample(oneBitContinuationPair(), { from: 1.21, to: 1.2, betas: 2, burnIn: 0 }, 200, 1);
    expect(values["mean-square"]![1]).not.toBe(fresh.values["mean-square"]![0]);
  });
});

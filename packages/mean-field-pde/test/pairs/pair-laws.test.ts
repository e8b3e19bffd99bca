import { pairLaws, type Pair, type Parameters, type Size } from "@mesoscope/contracts";
import { describe, expect, test } from "vitest";
import { circleEmergencePair, circleFieldPair, tokenGrowthPair } from "../../src/index.js";

const cases: readonly (readonly [string, Pair, Parameters, Size])[] = [
  ["circle-emergence, USA", circleEmergencePair(), { flow: "USA", beta: 0.5 }, { n: 24 }],
  ["circle-emergence, SA, many modes", circleEmergencePair(), { flow: "SA", beta: 5, r: 0.4, modes: 7, horizon: 4 }, { n: 64 }],
  ["circle-emergence, negative beta", circleEmergencePair(), { flow: "SA", beta: -3, horizon: 4 }, { n: 30 }],
  ["token-growth, circle", tokenGrowthPair(), { flow: "USA", beta: 2 }, { n: 40 }],
  ["token-growth, d = 3", tokenGrowthPair(), { flow: "SA", beta: 2, d: 3, times: 2, degrees: 3 }, { n: 12 }],
  ["circle-field, USA", circleFieldPair(), { flow: "USA", beta: 1, time: 0.3, rateError: 1e-4 }, { n: 20 }],
  ["circle-field, SA", circleFieldPair(), { flow: "SA", beta: 1, time: 0, rateError: 1e-4 }, { n: 3 }],
];

describe.each(cases)("laws of a pair: %s", (_name, pair, parameters, size) => {
  for (const law of pairLaws(pair, parameters, size)) {
    test(law.name, async () => {
      await expect(law.check()).resolves.toBeUndefined();
    });
  }
});

describe("refusals", () => {
  const key = [1, 2] as const;
  test.each([
    [() => circleEmergencePair().at({ flow: "soft" }), /flow = "soft": must be one of SA, USA/],
    [() => circleEmergencePair().at({ beta: 1e400 }), /beta = Infinity: must be a finite number/],
    [() => circleEmergencePair().at({ r: 2 }), /r = 2: must be at most 0.9/],
    [() => circleEmergencePair().at({ gamma: 2 }), /parameters = "gamma": must be known\. The parameters are flow, beta/],
    [() => tokenGrowthPair().at({ d: 2.5 }), /d = 2.5: must be an integer/],
    [() => circleFieldPair().at({ amplitude: 1.5 }), /amplitude = 1.5: must be at most 1/],
  ])("parameters, case %#", (call, message) => {
    expect(call).toThrow(message);
  });

  test("sizes that do not exist", async () => {
    for (const pair of [circleEmergencePair(), tokenGrowthPair(), circleFieldPair()]) {
      await expect(pair.at({}).sample({ n: -5 }, { key, from: 0, count: 1 }, {})).rejects.toThrow(/n is -5/);
    }
  });

  test("an aborted run returns early and says which replicas it has not sampled", async () => {
    const { outcomes } = await circleEmergencePair().at({}).sample({ n: 16 }, { key, from: 0, count: 2 }, { signal: { aborted: true } });
    expect(outcomes.every(({ kind }) => kind === "diverged")).toBe(true);
  });
});

describe("half the step", () => {
  /** The largest change that a step makes to any observable of the same replicas. */
  async function change(pair: Pair, parameters: Parameters, observable: string): Promise<number> {
    const sample = async (given: Parameters): Promise<Float64Array> => (await pair.at(given).sample({ n: 32 }, { key: [3, 4], from: 0, count: 4 }, {})).values[observable]!;
    const [coarse, fine] = [await sample(parameters), await sample(pair.halvedStep!(parameters))];
    return coarse.reduce((most, value, i) => Math.max(most, Math.abs(value - fine[i]!)), 0);
  }

  test.each([
    ["circle-field", circleFieldPair(), { flow: "USA", beta: 1, time: 2, rateError: 1e-4 }, "field"],
    ["token-growth", tokenGrowthPair(), { flow: "SA", beta: 2, d: 3, times: 2, degrees: 3, rateError: 1e-7 }, "power-2"],
    ["circle-emergence", circleEmergencePair(), { flow: "USA", beta: 0.5, rateError: 1e-4 }, "departure"],
  ] as const)("moves the replicas of %s hardly, and sixteen times less when halved again: a step of order 4", async (_name, pair, parameters, observable) => {
    const once = await change(pair, parameters, observable);
    const twice = await change(pair, pair.halvedStep!(parameters), observable);
    expect(once).toBeGreaterThan(0);
    expect(once).toBeLessThan(5e-3);
    // Steps are whole numbers, so the ratio is near 16 but not 16.
    expect(Math.log2(once / twice)).toBeGreaterThan(3);
    expect(Math.log2(once / twice)).toBeLessThan(5.5);
  });

  test("is taken from the default where none is given", () => {
    expect(circleFieldPair().halvedStep!({ flow: "SA" })).toEqual({ flow: "SA", rateError: 1e-7 / 16 });
  });
});

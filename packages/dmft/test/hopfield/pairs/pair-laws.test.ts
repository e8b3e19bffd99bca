import { pairLaws, type Pair, type Parameters, type Size } from "@mesoscope/contracts";
import { describe, expect, test } from "vitest";
import { oneBitCriticalPair, oneBitHorizonPair, oneBitPair } from "../../../src/hopfield/index.js";

const calm = { growthTokens: 2000, linearRuns: 100, burnIn: 2000, span: 256 };

const cases: readonly (readonly [string, Pair, Parameters, Size])[] = [
  ["one-bit, published", oneBitPair(), { tokens: 12 }, { N: 300 }],
  ["one-bit, weights that do not divide N", oneBitPair(), { system: "mix", tokens: 6, every: 2 }, { N: 43 }],
  ["one-bit, fewer bits than classes", oneBitPair(), { system: "cyc3", tokens: 4 }, { N: 3 }],
  ["one-bit, drawn class sizes", oneBitPair(), { system: "big5", tokens: 4, classSizes: "quenched" }, { N: 60 }],
  ["one-bit, enumerated", oneBitPair(), { system: "hop1", tokens: 8 }, { N: 20 }],
  ["one-bit, from the attractor", oneBitPair(), { system: "rot2s", start: "attractor", burnIn: 1000 }, { N: 100 }],
  ["one-bit, long after all bounds", oneBitPair(), { system: "rot2s", start: "window", window: [0.3, 0.6, 0.1, -0.2], tokens: 2000, every: 400 }, { N: 10 }],
  ["one-bit-horizon, published", oneBitHorizonPair(), { ...calm, tokens: 60 }, { N: 3000 }],
  ["one-bit-horizon, neg1m", oneBitHorizonPair(), { ...calm, system: "neg1m", tokens: 400 }, { N: 1000 }],
  ["one-bit-critical, pitchfork", oneBitCriticalPair(), { length: 4 }, { N: 100 }],
  ["one-bit-critical, flip, after it", oneBitCriticalPair(), { point: "flip", beta: 1.1, length: 4 }, { N: 100 }],
  ["one-bit-critical, rotation", oneBitCriticalPair(), { point: "rotation", length: 2 }, { N: 100 }],
  ["one-bit-critical, Neimark-Sacker, before it", oneBitCriticalPair(), { point: "neimark-sacker", beta: 1.24, length: 2, relaxations: 1 }, { N: 300 }],
];

describe.each(cases)("laws of a pair: %s", (_name, pair, parameters, size) => {
  for (const law of pairLaws(pair, parameters, size)) {
    test(law.name, async () => {
      await expect(law.check()).resolves.toBeUndefined();
    });
  }
});

describe("refusals", () => {
  test.each([
    [() => oneBitPair().at({ system: "paper4" }), /system = "paper4": must be one of paper3, hop1/],
    [() => oneBitPair().at({ temperature: 2 }), /parameters = "temperature": must be known\. The parameters are system, beta/],
    [() => oneBitPair().at({ beta: -1 }), /beta = -1: must be at least 0/],
    [() => oneBitPair().at({ contextLength: 0 }), /contextLength = 0: must be at least 1/],
    [() => oneBitPair().at({ every: 30 }), /every = 30: must be at most tokens = 24/],
    [() => oneBitPair().at({ start: "window" }), /window = undefined: must be given for start "window"/],
    [() => oneBitPair().at({ start: "window", window: [0.1, 0.2] }), /length of row 0 = 2: must be C = 3/],
    [() => oneBitPair().at({ start: "window", window: [0.1, 2, 0] }), /must be at most 1, each entry/],
    [() => oneBitPair().at({ system: "hop1", positionalWeight: 0.1 }), /positionalWeight = 0.1: must be 0 without positional bits/],
    [() => oneBitHorizonPair().at({ exitTolerance: 0 }), /exitTolerance = 0: must be greater than 0/],
    [() => oneBitCriticalPair().at({ point: "fold" }), /point = "fold": must be one of pitchfork, flip, rotation, neimark-sacker/],
  ])("parameters, case %#", (call, message) => {
    expect(call).toThrow(message);
  });

  test("bits that cannot be shared out at a critical point, and more than binomials carry", async () => {
    const one = { key: [1, 2] as const, from: 0, count: 1 };
    await expect(oneBitCriticalPair().at({ point: "neimark-sacker" }).sample({ N: 100 }, one, {})).rejects.toThrow("N = 100: must be a multiple of 3 at this point");
    await expect(oneBitPair().at({}).sample({ N: 3e12 }, one, {})).rejects.toThrow(/1e12|1000000000000/);
    await expect(oneBitPair().at({}).sample({ N: 0 }, one, {})).rejects.toThrow("N is 0");
  });

  test("fewer bits than classes: those that have bits are watched, and leave at once", async () => {
    const { values } = await oneBitHorizonPair().at({ ...calm, system: "mix" }).sample({ N: 3 }, { key: [1, 2], from: 0, count: 5 }, {});
    expect([...values["exit"]!]).toEqual([1, 1, 1, 1, 1]);
  });

  test("an aborted run says which replicas it has not sampled", async () => {
    const aborted = { signal: { aborted: true } };
    for (const pair of [oneBitPair(), oneBitHorizonPair(), oneBitCriticalPair()]) {
      const { outcomes } = await pair.at({}).sample({ N: 300 }, { key: [1, 2], from: 0, count: 2 }, aborted);
      expect(outcomes.every(({ kind }) => kind === "diverged")).toBe(true);
    }
  });
});

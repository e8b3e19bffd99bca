import { pairLaws, type Pair, type Parameters, type Size } from "@mesoscope/contracts";
import { describe, expect, test } from "vitest";
import { oneBitPair } from "../../../src/hopfield/index.js";

const cases: readonly (readonly [string, Pair, Parameters, Size])[] = [
  ["one-bit, published", oneBitPair(), { tokens: 12 }, { N: 300 }],
  ["one-bit, weights that do not divide N", oneBitPair(), { system: "mix", tokens: 6, every: 2 }, { N: 43 }],
  ["one-bit, quenched", oneBitPair(), { system: "big5", tokens: 4, classSizes: "quenched" }, { N: 60 }],
  ["one-bit, enumerated", oneBitPair(), { system: "hop1", tokens: 8 }, { N: 20 }],
  ["one-bit, from the attractor", oneBitPair(), { system: "rot2s", start: "attractor", burnIn: 1000 }, { N: 100 }],
];

describe.each(cases)("laws of a pair: %s", (_name, pair, parameters, size) => {
  for (const law of pairLaws(pair, parameters, size)) {
    test(law.name, async () => {
      await expect(law.check()).resolves.toBeUndefined();
    });
  }
});

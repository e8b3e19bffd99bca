import { checkSize, type Axis, type Observable, type Pair, type PairInstance, type Parameters } from "@mesoscope/contracts";
import { equations } from "../equations.js";
import { bitsAxis } from "../system-parameters.js";
import { subscript } from "../../../pairs/subscript.js";
import { exactTheory } from "./exact-theory.js";
import { correctedTheory, limitTheory } from "./map-theories.js";
import { sampleOneBit, overlapId } from "./sample.js";
import { oneBitParameters, oneBitSetting } from "./setting.js";
import type { OneBitSetting } from "./setting.js";

const axes: readonly Axis[] = [bitsAxis];

/**
 * The pair "one-bit": a head of 1-bit self-attention with N bits, against its mean-field map ("limit"), the map with its first correction and linear noise
 * ("corrected"), and the enumeration of its class counts where that can be afforded ("exact"). Observed: the overlaps m^o_a of the token part, token by token.
 *
 * The axis takes any N. Where the class weights do not divide it, classes get the nearest whole numbers of bits: the limit itself then shifts by
 * O(1/N), which the meter of "limit" shows and the other theories take into account.
 */
export function oneBitPair(): Pair {
  const id = "one-bit";
  return {
    pairVersion: 1,
    id,
    title: "1-bit self-attention against its mean-field map",
    parameters: oneBitParameters,
    axes,
    equations: equations("one-bit-overlap", "class-binomial", "class-sizes", "window-kernel", "one-bit-mean-field", "one-bit-linear-noise", "one-bit-shift", "one-bit-quenched", "one-bit-horizon"),
    at: (parameters: Parameters): PairInstance => {
      const setting = oneBitSetting(parameters);
      return {
        observables: observablesOf(setting),
        theories: [limitTheory(setting), correctedTheory(setting), exactTheory(setting)],
        sample: async (size, replicas, context) => {
          checkSize(axes, size, id);
          return Promise.resolve(sampleOneBit(setting, size["N"]!, replicas, context));
        },
      };
    },
  };
}

function observablesOf({ network: { features: { features: m } }, times }: OneBitSetting): readonly Observable[] {
  const grid = { symbol: "t", meaning: "tokens after the start", unit: "token", values: times, isTime: true };
  return Array.from({ length: m }, (_, a) => ({
    id: overlapId(a),
    symbol: `mᵒ${subscript(a + 1)}`,
    meaning: `overlap of the token with output feature ${a + 1}`,
    unit: "1",
    kind: "series",
    equation: "one-bit-overlap",
    grid,
  }));
}

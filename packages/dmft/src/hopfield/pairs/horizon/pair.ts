import { checkSize, type Axis, type Observable, type Pair, type PairInstance, type Parameters } from "@mesoscope/contracts";
import { equations } from "../equations.js";
import { bitsAxis } from "../system-parameters.js";
import { sampleExits } from "./sample.js";
import { horizonParameters, horizonSetting } from "./setting.js";
import { linearExitTheory, typicalHorizonTheory } from "./theories.js";

const axes: readonly Axis[] = [bitsAxis];

const exit: Observable = { id: "exit", symbol: "T_tol", meaning: "first token at which some class is farther than the tolerance from the limit", unit: "token", kind: "law", equation: "one-bit-exit" };

/**
 * The pair "one-bit-horizon": when N bits leave the chaotic trajectory of the limit that began in the same window. Each replica draws its start from the
 * attractor. Exit times grow as ln N / (2 lambda) ("limit": of a typical start); their law is a first passage of linear noise ("corrected").
 */
export function oneBitHorizonPair(): Pair {
  const id = "one-bit-horizon";
  return {
    pairVersion: 1,
    id,
    title: "How long N bits follow the mean-field map",
    parameters: horizonParameters,
    axes,
    equations: equations("class-binomial", "one-bit-mean-field", "one-bit-linear-noise", "one-bit-horizon", "one-bit-exit"),
    at: (parameters: Parameters): PairInstance => {
      const setting = horizonSetting(parameters);
      return {
        observables: [exit],
        theories: [typicalHorizonTheory(setting), linearExitTheory(setting)],
        sample: async (size, replicas, context) => {
          checkSize(axes, size, id);
          return Promise.resolve(sampleExits(setting, size["N"]!, replicas, context));
        },
      };
    },
  };
}

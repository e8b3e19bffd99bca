import { checkSize, type Axis, type Observable, type Pair, type PairInstance, type Parameters } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { equations } from "../equations.js";
import { halvedStepOf } from "../halved-step.js";
import { tokensAxis } from "../shared-parameters.js";
import { subscript } from "../subscript.js";
import { sampleEmergence } from "./sample.js";
import { emergenceParameters, emergenceSetting, type EmergenceSetting } from "./setting.js";
import { competingModesTheory, singleModeTheory } from "./theories.js";

const axes: readonly Axis[] = [{ ...tokensAxis, least: 2 }];

/**
 * The pair "circle-emergence": n independent uniform tokens on the circle against the laws of how they leave the uniform
 * state. Observed: when the dominant mode departs, when the first of any mode does, and which one it is.
 *
 * Time steps: Runge-Kutta of order 4 with dt such that growth rates err by `rateError` (2e-4 unless set). Departure times then err by
 * about 0.02 % on average, which some hundred thousand replicas could see.
 *
 * @param options.backend where the tokens are moved; the reference kernels if none is given
 */
export function circleEmergencePair(options: { readonly backend?: Backend } = {}): Pair {
  const id = "circle-emergence";
  return {
    pairVersion: 1,
    id,
    title: "Emergence of clusters on the circle",
    parameters: emergenceParameters,
    axes,
    equations: equations("growth-rate", "departure-time", "departure-law", "landau", "mode-competition", "first-departure", "mode-selection", "double-noise"),
    halvedStep: halvedStepOf(emergenceParameters.properties),
    at: (parameters: Parameters): PairInstance => {
      const setting = emergenceSetting(parameters);
      return {
        observables: observablesOf(setting),
        theories: [singleModeTheory(setting), competingModesTheory(setting)],
        sample: async (size, replicas, context) => {
          checkSize(axes, size, id);
          return sampleEmergence(setting, size["n"]!, replicas, context, options.backend);
        },
      };
    },
  };
}

function observablesOf({ modes, dominant }: EmergenceSetting): readonly Observable[] {
  const grid = { symbol: "k", meaning: "mode", unit: "1", values: modes };
  return [
    { id: "departure", symbol: `T${subscript(dominant)}`, meaning: `departure time of the dominant mode, k = ${dominant}`, unit: "depth", kind: "law", equation: "departure-time" },
    { id: "first-departure", symbol: "T*", meaning: "first departure of any mode", unit: "depth", kind: "law", equation: "first-departure" },
    { id: "winner", symbol: "k*", meaning: "mode that departs first (0: none before the horizon)", unit: "1", kind: "scalar", equation: "mode-competition" },
    { id: "wins", symbol: "P(k* = k)", meaning: "share of replicas in which mode k departs first", unit: "1", kind: "series", equation: "mode-selection", grid },
  ];
}

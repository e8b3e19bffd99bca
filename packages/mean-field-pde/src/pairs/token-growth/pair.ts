import { checkSize, type Axis, type Observable, type Pair, type PairInstance, type Parameters, type Theory } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { harmonicDimension } from "@mesoscope/sphere";
import { correctedStructureFactorGrowth, linearHorizon, structureFactorGrowth } from "../../laws/structure-factor.js";
import { selfAttentionMeter } from "../../laws/validity.js";
import { equations } from "../equations.js";
import { halvedStepOf } from "../halved-step.js";
import { tokensAxis } from "../shared-parameters.js";
import { subscript } from "../subscript.js";
import { growthId, sampleGrowth } from "./sample.js";
import { growthParameters, growthSetting, type GrowthSetting } from "./setting.js";

const axes: readonly Axis[] = [{ ...tokensAxis, least: 2 }];

/** Share of the power 1 that the fastest degree may have taken when linear growth is still meant. */
const LINEAR_SHARE = 0.05;

/**
 * The pair "token-growth": structure factors n S_k(t) of n independent uniform tokens in any dimension against their linear
 * growth e^{2 gamma_k t} ("limit") and the same slowed by C/n ("corrected"), on a grid of times.
 *
 * @param options.backend where the tokens are moved; the reference kernels if none is given
 */
export function tokenGrowthPair(options: { readonly backend?: Backend } = {}): Pair {
  const id = "token-growth";
  return {
    pairVersion: 1,
    id,
    title: "Growth of harmonics from uniform tokens",
    parameters: growthParameters,
    axes,
    equations: equations("growth-rate", "structure-factor", "self-attention-slowdown"),
    halvedStep: halvedStepOf(growthParameters.properties),
    at: (parameters: Parameters): PairInstance => {
      const setting = growthSetting(parameters);
      return {
        observables: observablesOf(setting),
        theories: [
          growthTheory(setting, "limit", "linear growth", (k, t) => structureFactorGrowth(k, setting.model, t)),
          growthTheory(setting, "corrected", "linear growth slowed by C/n", (k, t, n) => correctedStructureFactorGrowth(k, setting.model, t, n)),
        ],
        sample: async (size, replicas, context) => {
          checkSize(axes, size, id);
          return sampleGrowth(setting, size["n"]!, replicas, context, options.backend);
        },
      };
    },
  };
}

function observablesOf({ degrees, times }: GrowthSetting): readonly Observable[] {
  const grid = { symbol: "t", meaning: "depth", unit: "depth", values: times, isTime: true };
  return degrees.map((k) => ({ id: growthId(k), symbol: `n S${subscript(k)}`, meaning: `power in degree ${k}, 1 on average at the beginning`, unit: "1", kind: "series", equation: "structure-factor", grid }));
}

function growthTheory({ model, degrees, times }: GrowthSetting, id: string, title: string, growth: (k: number, t: number, n: number) => number): Theory {
  return {
    id,
    title,
    equations: id === "limit" ? ["growth-rate", "structure-factor"] : ["growth-rate", "structure-factor", "self-attention-slowdown"],
    applies: ({ n = 0 }) => ({ applies: true, meters: [selfAttentionMeter({ ...model, n })] }),
    predict: ({ n = 0 }) => {
      const horizon = Math.min(times.at(-1)!, linearHorizon(degrees, model, n, LINEAR_SHARE));
      return Promise.resolve(
        degrees.map((k) => {
          const value = times.map((t) => growth(k, t, n));
          // n S_k ~ chi2_D / D: the mean times sqrt(2 / D).
          const relativeSpread = Math.sqrt(2 / harmonicDimension(k, model.d));
          return {
            observable: growthId(k),
            value,
            numericalError: value.map(() => 0),
            spread: value.map((mean) => relativeSpread * mean),
            horizon,
            // The slowdown is the whole first correction at t -> 0 only, so no power is promised beyond that of the limit.
            ...(id === "limit" ? { exponents: { bias: 1 } } : {}),
          };
        }),
      );
    },
  };
}

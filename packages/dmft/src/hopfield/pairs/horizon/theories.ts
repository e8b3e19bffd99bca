import type { Applicability, Meter, Theory } from "@mesoscope/contracts";
import { key } from "@mesoscope/numerics";
import { linearExitLaw } from "../../finite-size/exit-law.js";
import type { ExitLaw } from "../../finite-size/exit-law.js";
import { noiseGrowth, noiseHorizon } from "../../finite-size/noise-horizon.js";
import type { NoiseGrowth } from "../../finite-size/noise-horizon.js";
import { once } from "../../../pairs/once.js";
import type { HorizonSetting } from "./setting.js";

/** Standard errors by which an exponent must be positive. */
const MARGIN = 5;
/** Tokens of each start from which the prefactor is measured: in 50 of them the second direction of the published chaos falls behind by e^-10. */
const LENGTH = 50;
/** Starts for the prefactor: a quarter of the tokens of the exponent goes into them. */
const startsFor = (tokens: number): number => Math.max(20, Math.ceil(tokens / (4 * LENGTH)));
/** Share of runs that may be given up before their mean is no mean. */
const GIVEN_UP = 0.01;

/** t*(tol) of a typical start, [eq:one-bit-horizon]: the slope in ln N is that of the mean exit, its offset leaves out when noise is lucky. */
export function typicalHorizonTheory(setting: HorizonSetting): Theory {
  const growth = once(() => noiseGrowth(setting.network, setting.starts().at(0), { tokens: setting.growthTokens, starts: startsFor(setting.growthTokens), length: LENGTH }));
  return {
    id: "limit",
    title: "time at which linear noise reaches the tolerance",
    equations: ["one-bit-horizon"],
    applies: ({ N = 1 }) => chaotic(growth(), noiseMeter(setting, N)),
    predict: ({ N = 1 }) => {
      const { tokens, standardError, spread } = noiseHorizon(growth(), N, setting.tolerance);
      return Promise.resolve([{ observable: "exit", value: [tokens], numericalError: [2 * standardError], spread: [spread] }]);
    },
  };
}

/** The first passage of linear noise, [eq:one-bit-exit], from runs that have nothing to do with N bits. */
export function linearExitTheory(setting: HorizonSetting): Theory {
  const laws = new Map<number, ExitLaw>();
  const law = (N: number): ExitLaw => {
    const known = laws.get(N) ?? linearExitLaw(setting.network, setting.starts(), key("linear exit"), { runs: setting.linearRuns, level: setting.tolerance * Math.sqrt(N), limit: setting.limit });
    laws.set(N, known);
    return known;
  };
  return {
    id: "corrected",
    title: "first passage of linear noise",
    equations: ["one-bit-exit", "one-bit-linear-noise"],
    applies: ({ N = 1 }) => {
      const { censored } = law(N);
      const meters = [noiseMeter(setting, N)];
      if (censored <= GIVEN_UP) return { applies: true, meters };
      return { applies: false, reason: `${(100 * censored).toPrecision(2)} % of the linear runs have not left after ${setting.limit} tokens`, remedy: "Raise `tokens`, or take a larger tolerance only where the limit is chaotic: noise around a stable orbit does not grow.", meters };
    },
    predict: ({ N = 1 }) => {
      const { mean, standardError, standardDeviation, table } = law(N);
      return Promise.resolve([{ observable: "exit", value: [mean], numericalError: [2 * standardError], spread: [standardDeviation], law: table }]);
    },
  };
}

function chaotic({ exponent: { value, standardError } }: NoiseGrowth, meter: Meter): Applicability {
  if (value > MARGIN * standardError) return { applies: true, meters: [meter] };
  return {
    applies: false,
    reason: `the exponent of the limit is ${value.toPrecision(3)} +- ${standardError.toPrecision(1)}: noise does not grow for ever`,
    remedy: "Take a beta at which the limit is chaotic.",
    meters: [meter],
  };
}

/** The noise of one token against the tolerance: near 1 a run leaves before anything has grown. */
function noiseMeter({ network: { features: { weights } }, tolerance }: HorizonSetting, N: number): Meter {
  const value = 1 / (tolerance * Math.sqrt(N * weights.reduce((a, b) => Math.min(a, b))));
  return { symbol: "1/(tol √(N w))", meaning: "noise of one token in the smallest class, against the tolerance", value, threshold: 0.3 };
}

/** @file Networks that are drawn with all their weights, against the chain of kernels that stands for them everywhere else. */
import type { Context, Pair, Parameters } from "@mesoscope/contracts";
import { equivalence, planSimulation, simulate, spreadEquivalence, type Cell, type Design, type Ensemble, type Equivalence } from "@mesoscope/finite-size";
import { key, meanAndVariance } from "@mesoscope/numerics";
import { shareProgress } from "../findings/progress.js";
import type { LogitPower } from "../multi-head/powers-of-n.js";
import { endedOf, type Ended } from "../multi-head/tally-of-ensembles.js";
import type { StudyRequest } from "../study.js";
import type { KernelStudyParameters } from "./settings.js";

const LEVEL = 0.05;
const RESAMPLES = 999;
/** Standard errors of the chain that are counted as its error: 95 % of them. */
const NORMAL_95 = 1.959963984540054;
/** Share of the standard deviation of an entry by which the means may differ. */
export const MEAN_SHARE = 0.2;
export const SPREAD_SHARE = 0.2;

/** Chains are cheap: so many for each network. */
const CHAIN = 10;

export interface NetworkCheck {
  readonly N: number;
  readonly H: number;
  readonly ended: Ended;
  /** Of H_11: deviation of the networks from the chain in units of the chain's standard deviation, and of their standard deviation as a share. */
  readonly mean: Equivalence;
  readonly spread: Equivalence;
}

/** Small enough that all weights are cheap, large enough that a mean is soon known. */
const SIZE = { N: 8, H: 4 } as const;

function halves({ alphaA }: LogitPower, { inputs, L, alphaL, networks, points }: KernelStudyParameters): readonly { readonly parameters: Parameters; readonly design: Design }[] {
  const designOf = (replicas: number): Design => ({ axis: "N", sizes: [SIZE.N], fixed: { H: SIZE.H }, replicas, block: 250 });
  const own = { inputs, alphaA, L, alphaL, points };
  return [{ parameters: { ...own, sampler: "networks" }, design: designOf(networks) }, { parameters: { ...own, sampler: "chain" }, design: designOf(CHAIN * networks) }];
}

export function planNetworks(pair: Pair, power: LogitPower, settings: KernelStudyParameters, seed: string): readonly Cell[] {
  return halves(power, settings).flatMap(({ parameters, design }) => planSimulation(pair, parameters, design, seed));
}

export async function runNetworks(pair: Pair, power: LogitPower, { parameters, seed, runCells }: StudyRequest, context: Context): Promise<NetworkCheck> {
  const contexts = shareProgress(context, [1, 1]);
  const ensembles: Ensemble[] = [];
  for (const [i, half] of halves(power, parameters as KernelStudyParameters).entries()) ensembles.push(...(await simulate(pair, half.parameters, half.design, { seed, runCells, context: contexts[i]! })));
  const [found, reference] = ensembles.map((ensemble) => ensemble.values("square")) as [Float64Array, Float64Array];
  const { mean, variance } = meanAndVariance(reference);
  const sd = Math.sqrt(variance);
  const stream = (name: string): ReturnType<ReturnType<typeof key>["stream"]> => key(seed).fold("attention-kernels", "networks", name, power.id).stream();
  return {
    ...SIZE,
    ended: endedOf(ensembles),
    mean: equivalence(found.map((value) => (value - mean) / sd), 0, { tolerance: { absolute: MEAN_SHARE }, level: LEVEL, predictedError: NORMAL_95 / Math.sqrt(reference.length), resamples: RESAMPLES, stream: stream("mean") }),
    spread: spreadEquivalence(found, sd, { tolerance: SPREAD_SHARE, level: LEVEL, resamples: RESAMPLES, stream: stream("spread") }),
  };
}

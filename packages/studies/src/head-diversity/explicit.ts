/** @file Networks trained with all their weights, against the closed map that stands for them everywhere else. */
import type { Context, Pair, Parameters } from "@mesoscope/contracts";
import { equivalence, planSimulation, simulate, type Cell, type Design, type Ensemble, type Equivalence } from "@mesoscope/finite-size";
import { key, meanAndVariance } from "@mesoscope/numerics";
import type { LogitPower } from "../multi-head/powers-of-n.js";
import { endedOf, type Ended } from "../multi-head/tally-of-ensembles.js";
import type { StudyRequest } from "../study.js";
import type { DiversityParameters } from "./settings.js";

const LEVEL = 0.05;
const RESAMPLES = 999;
const NORMAL_95 = 1.959963984540054;
/** Share by which the mean variances over heads may differ. */
export const SHARE = 0.2;

export interface ExplicitCheck {
  readonly N: number;
  /** Mean variance over heads after training, relative to that of the closed map. */
  readonly test: Equivalence;
  readonly ended: Ended;
}

function designOf({ widths, heads, explicit }: DiversityParameters): Design {
  return { axis: "N", sizes: [widths[1]!], fixed: { H: heads }, replicas: explicit, block: 64 };
}

export function planExplicit(pair: Pair, own: Parameters, settings: DiversityParameters, seed: string): readonly Cell[] {
  return planSimulation(pair, { ...own, weights: "explicit" }, designOf(settings), seed);
}

export async function runExplicit(pair: Pair, { id }: LogitPower, own: Parameters, reduced: readonly Ensemble[], { parameters, seed, runCells }: StudyRequest, context: Context): Promise<ExplicitCheck> {
  const settings = parameters as DiversityParameters;
  const [ensemble] = await simulate(pair, { ...own, weights: "explicit" }, designOf(settings), { seed, runCells, context });
  const reference = reduced[1]!.values("variance-end");
  const { mean, variance } = meanAndVariance(reference);
  const error = (NORMAL_95 * Math.sqrt(variance / reference.length)) / mean;
  const test = equivalence(ensemble!.values("variance-end").map((value) => value / mean - 1), 0, { tolerance: { absolute: SHARE }, level: LEVEL, predictedError: error, resamples: RESAMPLES, stream: key(seed).fold("head-diversity", "explicit", id).stream() });
  return { N: ensemble!.n, test, ended: endedOf([ensemble!]) };
}

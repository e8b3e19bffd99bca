/** @file What is estimated at one richness, and the powers of richness and width. */
import type { Pair, Prediction } from "@mesoscope/contracts";
import { equivalence, fitExponent, meanEstimate, summarise, type Ensemble, type Equivalence, type Estimate, type Summary } from "@mesoscope/finite-size";
import { expm1, key, log1p } from "@mesoscope/numerics";
import { CONFIDENCE, LEVEL, RESAMPLES, type LearningParameters } from "./settings.js";

export const OBSERVABLES = ["told", "hidden", "even", "odd", "alignment", "rank", "movement", "feature-alignment", "feature-rank", "feature-movement", "loss"] as const;
export type LearningObservable = (typeof OBSERVABLES)[number];

/** What a theory says of every observable that it speaks about. */
export type Predicted = Readonly<Partial<Record<LearningObservable, readonly number[]>>>;

export interface RichnessPoint {
  readonly gamma0: number;
  readonly completed: number;
  /** Undefined where too few networks came to the end. */
  readonly measured:
    | {
        readonly estimates: Readonly<Record<LearningObservable, Estimate>>;
            /** Deviation from the network's own kernel descent against 0, at a level for all of gamma0 together. */
        readonly own: Equivalence;
      }
    | undefined;
  readonly lazy: Predicted | undefined;
  readonly limit: Predicted | undefined;
}

/** A power with its interval. */
export interface Power {
  readonly value: number;
  readonly interval: readonly [number, number];
}

/** Networks, and widths, below which nothing is estimated. */
const FEWEST = 3;

export interface PointInput {
  readonly network: string;
  readonly gamma0: number;
  readonly pair: Pair;
  readonly ensemble: Ensemble;
  /** Tests that are made together. */
  readonly tests: number;
  readonly settings: LearningParameters;
  readonly seed: string;
}

export async function richnessPoint({ network, gamma0, pair, ensemble, tests, settings, seed }: PointInput): Promise<RichnessPoint> {
  const instance = pair.at({});
  const predicted = async (theory: string): Promise<Predicted | undefined> => {
    const found = instance.theories.find(({ id }) => id === theory)!;
    if (!found.applies(ensemble.size).applies) return undefined;
    const told: readonly Prediction[] = await found.predict(ensemble.size, {});
    return Object.fromEntries(told.map(({ observable, value }) => [observable, value]));
  };
  const [lazy, limit] = [await predicted("lazy"), await predicted("limit")];
  const { completed } = ensemble;
  if (completed < FEWEST) return { gamma0, completed, measured: undefined, lazy, limit };
  const resampling = (what: string): { readonly resamples: number; readonly stream: ReturnType<ReturnType<typeof key>["stream"]> } => ({ resamples: RESAMPLES, stream: key(seed).fold("feature-learning", network, what, String(gamma0)).stream() });
  const summary = (id: LearningObservable): Summary => summarise(ensemble.values(id), ensemble.values(id).length / completed, resampling(id));
  const summaries = Object.fromEntries(OBSERVABLES.map((id) => [id, summary(id)])) as Record<LearningObservable, Summary>;
  // Sidak: one wrong finding among all of gamma0 as rare as for one.
  const level = -expm1(log1p(-LEVEL) / tests);
  return {
    gamma0,
    completed,
    measured: {
      estimates: Object.fromEntries(OBSERVABLES.map((id) => [id, meanEstimate(summaries[id], CONFIDENCE)])) as Record<LearningObservable, Estimate>,
      own: equivalence(ensemble.values("even"), 0, { tolerance: { absolute: settings.tolerance }, level, ...resampling("own") }),
    },
    lazy,
    limit,
  };
}

/** p in a gamma0^p of a part, between half the richness and the whole, on the same weights. */
export function powerOfRichness(ensemble: Ensemble, part: "even" | "odd", seed: string): Power | undefined {
  if (ensemble.completed < FEWEST) return undefined;
  const { value, lower, upper } = meanEstimate(summarise(ensemble.values(`${part}-power`), 1, { resamples: RESAMPLES, stream: key(seed).fold("feature-learning", "power", part).stream() }), CONFIDENCE);
  return { value: value[0]!, interval: [lower[0]!, upper[0]!] };
}

/** p in a n^-p of the odd part, n = N H. */
export function powerOfWidth(ensembles: readonly Ensemble[], { heads }: LearningParameters, seed: string): { readonly power: Power | undefined; readonly points: readonly { readonly n: number; readonly value: number; readonly lower: number; readonly upper: number }[] } {
  const told = ensembles.filter(({ completed }) => completed >= FEWEST).map((ensemble) => ({ size: ensemble.n * heads, summary: summarise(ensemble.values("odd"), 1, { resamples: RESAMPLES, stream: key(seed).fold("feature-learning", "width", ensemble.n).stream() }) }));
  const points = told.map(({ size, summary }) => {
    const { value, lower, upper } = meanEstimate(summary, CONFIDENCE);
    return { n: size, value: value[0]!, lower: lower[0]!, upper: upper[0]! };
  });
  return { power: told.length < FEWEST ? undefined : powerOf(told), points };
}

function powerOf(told: readonly { readonly size: number; readonly summary: Summary }[]): Power {
  const curve = {
    values: told.map(({ summary }) => summary.mean[0]!),
    standardErrors: told.map(({ summary }) => summary.meanError[0]!),
    resampled: told.map(({ summary }) => summary.resampledMean),
  };
  const { fit, interval } = fitExponent(told.map(({ size }) => size), [curve], { confidence: CONFIDENCE, corrections: false, range: [0, 2] }).exponent;
  return { value: fit.exponent, interval };
}

/** @file The shape of a law in a few numbers: how far it is from a Gaussian, from its mirror image, and from one mode. */
import { observableLength, type Observable } from "@mesoscope/contracts";
import { requireInteger, type Key } from "@mesoscope/numerics";
import type { Ensemble } from "../ensemble/ensemble.js";
import { cumulants, type Cumulants, type StatisticEstimate } from "./cumulants.js";
import { symmetryOfShape } from "./symmetry.js";

/** Plain JSON. */
export interface Shape {
  readonly n: number;
  readonly observable: string;
  /** Which entry of a series. */
  readonly entry: number;
  readonly replicas: number;
  readonly skewness: StatisticEstimate;
  readonly excessKurtosis: StatisticEstimate;
  /** P(a skewness, an excess kurtosis this far out | a Gaussian law). */
  readonly gaussian: Cumulants["gaussian"];
  /** P(this far from its mirror image | a symmetric law). */
  readonly symmetric: number;
}

export interface ShapeOptions {
  readonly entry?: number;
  readonly resamples: number;
  readonly confidence: number;
  readonly key: Key;
  /** Only the first of so many replicas are looked at; default 2,000. */
  readonly most?: number;
}

/**
 * Skewness and excess kurtosis ([eq:k-statistics]) and symmetry ([eq:mirror-symmetry]) of the completed replicas at one entry of an observable.
 * Undefined for fewer than 8 replicas, or replicas that are all equal.
 * @throws DomainError for an entry that is none
 */
export function shapeOf(ensemble: Ensemble, observable: Observable, { entry = 0, resamples, confidence, key, most = 2000 }: ShapeOptions): Shape | undefined {
  const length = observableLength(observable);
  requireInteger("entry", entry, { min: 0, max: length - 1 });
  const values = ensemble.values(observable.id);
  const replicas = Math.min(most, values.length / length);
  if (replicas < 8) return undefined;
  const samples = inUnits(Float64Array.from({ length: replicas }, (_, r) => values[r * length + entry]!));
  if (samples.every((value) => value === samples[0])) return undefined;
  const own = key.fold("shape", observable.id, entry, ensemble.n);
  const { skewness, excessKurtosis, gaussian } = cumulants(samples, { resamples, confidence, stream: own.fold("cumulants").stream() });
  const { mirror } = symmetryOfShape(samples, { resamples, stream: own.fold("symmetry").stream() });
  return { n: ensemble.n, observable: observable.id, entry, replicas, skewness, excessKurtosis, gaussian, symmetric: mirror.goodness };
}

/** The samples in units of the largest where their fourth powers would leave the doubles: a shape has no unit. */
function inUnits(samples: Float64Array): Float64Array {
  const largest = samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return largest === 0 || (largest > 1e-50 && largest < 1e50) ? samples : samples.map((x) => x / largest);
}

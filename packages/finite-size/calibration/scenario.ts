/** @file What a scenario is: a truth, a design, and what the engine is asked. Plain data. */
import type { LawId } from "./laws.js";

interface Common {
  readonly id: string;
  readonly title: string;
  readonly law: LawId;
  readonly replicas: number;
  readonly resamples: number;
  /** Why it is measured and not required, where no interval can keep its promise: shown beside its figures. */
  readonly limit?: string;
}

/** One size, one scalar, theories that are off by given multiples of the tolerance: how outcomes depend on |bias| / eps. */
export interface CurveScenario extends Common {
  readonly kind: "curve";
  /** Tolerance of the mean in standard errors. */
  readonly sharpness: number;
  /** Tolerance of the spread, a share. */
  readonly spreadTolerance: number;
  readonly diverging?: { readonly share: number; readonly which: "any" | "largest" };
}

/** Five sizes, bias (1 / n^p)(1 + b / n), spread n^-1/2: exponents and N*. */
export interface ScalingScenario extends Common {
  readonly kind: "scaling";
  readonly sizes: readonly number[];
  readonly exponent: number;
  /** What the theory says. */
  readonly predictedExponent: number;
  /** b. */
  readonly correction: number;
  readonly fitsCorrection: boolean;
  /** The tolerance is the bias at this size. */
  readonly nStar: number;
  /** Tolerance in standard errors of the mean at N*. */
  readonly sharpness: number;
}

/** A series of entries that go together over three sizes, every entry off by given multiples of the tolerance. */
export interface SeriesScenario extends Common {
  readonly kind: "series";
  readonly sizes: readonly number[];
  readonly entries: number;
  /** Tolerance in standard errors. */
  readonly sharpness: number;
}

/** Several observables, means and spreads, judged as one family. */
export interface JointScenario extends Common {
  readonly kind: "joint";
  readonly sizes: readonly number[];
  readonly observables: number;
  readonly sharpness: number;
  readonly spreadTolerance: number;
}

export type Scenario = CurveScenario | ScalingScenario | SeriesScenario | JointScenario;

/** Deviations in units of the tolerance at which outcomes are counted. */
export const RATIOS: readonly number[] = [-2, -1.5, -1, -0.75, -0.5, -1 / 3, 0, 1 / 3, 0.5, 0.75, 1, 1.5, 2];

/** Everything is told at this confidence and level. */
export const CONFIDENCE = 0.95;
export const LEVEL = 0.05;

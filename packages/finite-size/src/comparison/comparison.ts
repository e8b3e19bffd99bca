/** @file What a comparison finds, as plain data: estimates, statements about each theory, and the tally of how replicas ended. */
import type { Applicability, Context, FailureReason, Observable, OutcomeTally, Parameters, Size } from "@mesoscope/contracts";
import type { Design } from "../design/design.js";
import type { RunCells } from "../design/cells.js";
import type { Equivalence, Tolerance } from "../statistics/equivalence.js";
import type { Estimate } from "../statistics/estimate.js";
import type { Extrapolation } from "./extrapolation.js";
import type { Groups } from "./groups.js";
import type { Growth } from "./growth.js";
import type { Exponent } from "../scaling/exponent.js";
import type { LawDistance } from "../laws/kolmogorov-smirnov.js";
import type { WassersteinFromLaw } from "../laws/wasserstein.js";
import type { Multiplicity } from "../statistics/multiplicity.js";
import type { NStar } from "../scaling/n-star.js";
import type { SimultaneousBand } from "../statistics/simultaneous-band.js";

/** What does not matter, quantity by quantity. A quantity without tolerance is estimated, not judged. */
export interface ObservableTolerance extends Tolerance {
  /** Of the standard deviation, as a share of the predicted one. */
  readonly spread?: number;
  /** Of the whole law, as a distance of distribution functions. */
  readonly law?: number;
}

/** How to compare. Tolerance, level and confidence are scientific choices and have no default. */
export interface JudgeOptions {
  readonly seed: number | string;
  readonly tolerance: ObservableTolerance;
  /** Other tolerances for some observables, by id. */
  readonly tolerances?: Readonly<Record<string, ObservableTolerance>>;
  /** Probability of a wrong "holds" where the deviation is just as large as the tolerance. */
  readonly level: number;
  /** Of the intervals that are shown. */
  readonly confidence: number;
  /** Bootstrap resamples; default 1999. */
  readonly resamples?: number;
  /** How joint statements over sizes, observables and entries are adjusted; default "holm". */
  readonly multiplicity?: Multiplicity;
  /** Corrections to scaling in the fits of exponents; default from five sizes on. */
  readonly corrections?: boolean;
  /** Ids of the observables to compare; default all. */
  readonly observables?: readonly string[];
  /** Largest share of diverged replicas with which a theory may still be said to hold; default 0.01. */
  readonly allowedDiverged?: number;
  /** Controls that were run for this comparison (`runControls`): shown, and evidence for the reason of a failure. */
  readonly controls?: readonly Control[];
  /** Asked, in order, why a theory fails, before the rules that this package has itself. */
  readonly reasons?: readonly ReasonRule[];
}

export interface CompareOptions extends JudgeOptions {
  readonly runCells: RunCells;
  readonly context?: Context;
}

/** A statement without its outcome: what a rule may look at to find the reason of a failure. */
export interface Evidence {
  readonly parameters: Parameters;
  /** How the axis that grows is written: "n". */
  readonly axis: string;
  readonly observable: Observable;
  readonly theory: string;
  readonly quantity: Quantity;
  readonly bySize: readonly SizeFinding[];
  readonly exponent?: Exponent;
  readonly predictedExponent?: number;
  /** Groups into which the replicas fall at the largest size, at the entry that is farthest from holding. */
  readonly groups?: Groups;
  /** Growth of the spread along a series in time, at the largest size. */
  readonly growth?: Growth;
  readonly controls: readonly Control[];
}

/** Names the reason of a failure with one clause of evidence, or leaves it to the next rule. */
export type ReasonRule = (evidence: Evidence) => { readonly reason: FailureReason; readonly because: string } | undefined;

export type Quantity = "mean" | "spread" | "law";
export type JudgedOutcome = "holds" | "fails" | "undecided";

/** One size as it was sampled. */
export interface SizeSummary {
  readonly size: Size;
  /** The size along the axis that grows. */
  readonly n: number;
  readonly completed: number;
  readonly diverged: number;
  readonly estimates: Readonly<Record<string, ObservableEstimate>>;
}

/** Mean and spread of one observable at one size, entry by entry. */
export interface ObservableEstimate {
  readonly mean: Estimate;
  /** Of a series: a band that holds all its means at once. */
  readonly band?: SimultaneousBand;
  readonly spread: Estimate;
  /** Replicas with at least one censored entry: their means are lower bounds. */
  readonly censored: number;
}

/** What was found of one quantity of one observable at one size. */
export interface SizeFinding {
  readonly size: Size;
  readonly n: number;
  readonly applicability: Applicability;
  /** "not-applicable" where the theory does not speak about this size. */
  readonly outcome: JudgedOutcome | "not-applicable";
  /** The same after adjustment over all sizes, observables and entries of the comparison. */
  readonly jointOutcome: JudgedOutcome | "not-applicable";
  /** Predicted means, (entries), with their numerical errors; the predicted spread or law where the theory has one. */
  readonly predicted: readonly number[];
  readonly numericalError: readonly number[];
  readonly predictedSpread?: readonly number[];
  /** The tests of the entries up to the theory's horizon; empty for a law. */
  readonly entries: readonly Equivalence[];
  readonly law?: LawDistance;
  /** Beside it, how far probability must be carried to make the two laws one, in the unit of the observable. */
  readonly wasserstein?: WassersteinFromLaw;
  /** Index into `entries` of the one farthest from holding. */
  readonly worst: number;
  /** Of a mean: whether a single run is as good, its spread within the tolerance too. */
  readonly typical?: JudgedOutcome | "not-applicable";
  /** Along a series in time: the time up to which every entry holds (absent if the first does not), and from which on one fails. */
  readonly holdsUntil?: number;
  readonly failsFrom?: number;
  /** What forbids "holds" although the numbers would allow it: censored or diverged replicas, or an entry that cannot be tested. */
  readonly caveat?: string;
}

/** What is said of one quantity of one observable by one theory, over all sizes. */
export interface Statement {
  readonly theory: { readonly id: string; readonly title: string };
  readonly observable: string;
  readonly quantity: Quantity;
  /** False where no tolerance was given: then the numbers stand, without an outcome that means anything. */
  readonly judged: boolean;
  readonly bySize: readonly SizeFinding[];
  /** Of the bias (mean) or the spread itself (spread), from three sizes on. */
  readonly exponent?: Exponent;
  readonly predictedExponent?: number;
  /** Fitted and certified N*, for a mean. */
  readonly nStar?: NStar;
  /** The certified N* of any quantity: the smallest tested size from which on all tested sizes hold; absent if the largest does not. */
  readonly certifiedFrom?: number;
  /** Groups into which the replicas fall at the largest size, at the entry that is farthest from holding, if they do. */
  readonly groups?: Groups;
  /** Of the mean of a scalar with one predicted limit: where the finite systems point to by themselves. */
  readonly extrapolation?: Extrapolation;
  readonly outcome: JudgedOutcome;
  readonly reason?: FailureReason;
  /** The numbers that speak for the reason, as a clause. */
  readonly evidence?: string;
  readonly because: string;
}

/** By how much a theory brings N* down that another had before it. */
export type TheoryGain = {
  readonly observable: string;
  readonly from: Statement["theory"];
  readonly to: Statement["theory"];
  readonly because: string;
} & (
  | { readonly outcome: "factor" | "at-least"; readonly value: number; readonly interval: readonly [number, number | null]; readonly confidence: number }
  | { readonly outcome: "not-told" }
);

/** A control: something that must not matter, and whether it does. */
export interface Control {
  readonly id: "other-seeds" | "halved-step";
  readonly title: string;
  /** The size at which it was tried. */
  readonly n: number;
  readonly replicas: number;
  readonly outcome: "passed" | "failed" | "undecided" | "not-available";
  /** The difference that came nearest to mattering, in units of what would matter, with its interval. */
  readonly value?: number;
  readonly interval?: readonly [number, number];
  readonly observable?: string;
  readonly because: string;
}

/** All statements at once, at the largest sizes. */
export interface JointStatement {
  readonly outcome: JudgedOutcome;
  readonly because: string;
  /** Tests in the family. */
  readonly tests: number;
}

export interface Comparison {
  readonly pair: string;
  readonly title: string;
  readonly parameters: Parameters;
  /** The parameters for readers: "β = 0.5, r = 0.2". */
  readonly parameterText: string;
  readonly design: Design;
  readonly axis: { readonly name: string; readonly symbol: string; readonly meaning: string };
  readonly seed: number | string;
  readonly level: number;
  readonly confidence: number;
  readonly resamples: number;
  readonly multiplicity: Multiplicity;
  readonly observables: readonly Observable[];
  readonly sizes: readonly SizeSummary[];
  /** Exponents of the spread over sizes, by observable, from three sizes on. */
  readonly spreadExponents: Readonly<Record<string, Exponent>>;
  readonly statements: readonly Statement[];
  readonly joint: JointStatement;
  /** Each further theory of an observable beside the first. */
  readonly sideBySide: readonly TheoryGain[];
  /** Controls that were run, in the order in which they were given. */
  readonly controls: readonly Control[];
  readonly tally: OutcomeTally;
}

/** @file N*: the size from which a theory may be used; of the mean, and of a single run. */
import { crossingInterval, crossingsOf, lastCrossing, LARGEST_SIZE } from "./crossing.js";
import type { PowerLawFit } from "./power-law.js";

/** Where the fitted deviation crosses the tolerance; an end of the interval is null where the resamples do not bound it. */
export type FittedNStar =
  | { readonly reached: true; readonly value: number; readonly interval: readonly [number, number | null]; readonly confidence: number; readonly extrapolated: boolean }
  | { readonly reached: false; readonly reason: string };

/**
 * The smallest tested size from which on every tested size is equivalent. The interval: N* lies above the largest size below that
 * fails (null where none does), and is at most the value.
 */
export type CertifiedNStar =
  | { readonly reached: true; readonly value: number; readonly interval: readonly [number | null, number] }
  | { readonly reached: false; readonly reason: string };

export interface NStarOf {
  readonly fitted: FittedNStar;
  readonly certified: CertifiedNStar;
}

/** N* of the mean, and the stricter one of a single run: the spread over replicas below the tolerance as well. */
export interface NStar extends NStarOf {
  readonly typical: NStarOf;
  /**
   * The largest standard error over its margin at the tested size nearest to the fitted N*: above 0.1 certification needs a size well
   * beyond N*, since only a bias of |1 - 1.64 times this| of the margin can be certified there.
   */
  readonly coarseness?: { readonly n: number; readonly value: number };
}

type Outcome = "holds" | "fails" | "undecided";

/**
 * The certified N*, [eq:n-star]. Sizes are tested from the largest downwards until one does not hold, a fixed sequence: so the level of
 * a single test is also that of the whole statement, whatever the number of sizes.
 */
export function certifiedNStar(sizes: readonly number[], outcomes: readonly Outcome[]): CertifiedNStar {
  let value: number | undefined;
  for (let k = sizes.length - 1; k >= 0 && outcomes[k] === "holds"; k--) value = sizes[k];
  if (value !== undefined) {
    const failing = sizes.findLast((n, k) => n < value && outcomes[k] === "fails");
    return { reached: true, value, interval: [failing ?? null, value] };
  }
  const last = outcomes.at(-1);
  return { reached: false, reason: last === undefined ? "no size was tested" : `at the largest size tested, ${sizes.at(-1)!}, the test ${last === "fails" ? "fails" : "is undecided"}` };
}

/** A fitted curve over the size with the fits of its resamples. */
export interface FittedCurve {
  readonly fit: PowerLawFit;
  readonly refits: readonly PowerLawFit[];
  /** For each resample, whether its own interval would hold the exponent it was made with; as in `ExponentFit`. */
  readonly held?: readonly boolean[];
  readonly exponentInterval: readonly [number, number];
  /** The exponent that the theory predicts of this curve, if it does. */
  readonly predictedExponent?: number | undefined;
  /** How a message names it: "the deviation", "the spread". */
  readonly name: string;
}

/** Why a curve has no crossing to speak of, or undefined. */
function refusal({ fit, exponentInterval: [low, high], predictedExponent, name }: FittedCurve): string | undefined {
  if (fit.atBound && fit.exponent > 0) return `how ${name} falls is not told: the best exponent, ${show(fit.exponent)}, is the end of the range searched`;
  if (fit.atBound || low <= 0) return `${name} is not seen to fall: exponent ${show(fit.exponent)} in [${show(low)}, ${show(high)}]`;
  if (predictedExponent !== undefined && (predictedExponent < low || predictedExponent > high)) {
    return `the exponent of ${name}, [${show(low)}, ${show(high)}], does not hold the predicted ${show(predictedExponent)}`;
  }
  return undefined;
}

/**
 * The fitted N*, [eq:n-star]: the largest n at which the worst of the curves, |(a / n^p)(1 + b / n)|, has the height of the margin.
 * Given the curve of the bias it is N* of the mean; with that of the spread beside it, N* of a single run. Curves that do not
 * fall, or not with the exponent that the theory predicts, have no N*.
 * @param curves with at least one; resample b of all of them is one draw of replicas
 * @throws DomainError for a margin that is not positive
 */
export function fittedNStar(sizes: readonly number[], curves: readonly FittedCurve[], options: { readonly margin: number; readonly confidence: number }): FittedNStar {
  const refused = curves.map(refusal).find((why) => why !== undefined);
  if (refused !== undefined) return { reached: false, reason: refused };
  const value = lastCrossing(curves.map(({ fit }) => fit), options.margin);
  if (value === undefined) return { reached: false, reason: `the fitted curve stays above the tolerance up to ${LARGEST_SIZE}` };
  const interval = crossingInterval(crossingsOf(tellingRefits(curves), options.margin), options.confidence);
  if (interval === undefined) return { reached: false, reason: "most resamples never cross the tolerance" };
  return { reached: true, value, interval, confidence: options.confidence, extrapolated: value < sizes[0]! || value > sizes.at(-1)! };
}

/**
 * N* is told only where every predicted exponent lies in its interval, so its law is that of the resamples in which it would have been told
 * as well: without this, intervals of an extrapolated N* cover 98.6 % instead of 95 %.
 */
function tellingRefits(curves: readonly FittedCurve[]): readonly (readonly PowerLawFit[])[] {
  const asked = curves.filter(({ predictedExponent }) => predictedExponent !== undefined);
  const tells = (b: number): boolean => asked.every(({ held }) => held?.[b] ?? true);
  return curves.map(({ refits }) => refits.filter((_, b) => tells(b)));
}

function show(x: number): string {
  return x.toFixed(2);
}

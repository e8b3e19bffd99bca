/** @file N*: the size from which a theory may be used. */
import { exp, log, requirePositive } from "@mesoscope/numerics";
import { powerLawAt, type PowerLawFit } from "./power-law.js";
import { quantileOfSorted } from "./studentised-law.js";

/** Where the fitted deviation crosses the tolerance; an end of the interval is null where the resamples do not bound it. */
export type FittedNStar =
  | { readonly reached: true; readonly value: number; readonly interval: readonly [number, number | null]; readonly confidence: number; readonly extrapolated: boolean }
  | { readonly reached: false; readonly reason: string };

/** The smallest tested size from which on every tested size is equivalent. */
export type CertifiedNStar = { readonly reached: true; readonly value: number } | { readonly reached: false; readonly reason: string };

export interface NStar {
  readonly fitted: FittedNStar;
  readonly certified: CertifiedNStar;
}

/** Sizes beyond this are not worth naming. */
const LARGEST_SIZE = 1e12;

/**
 * The certified N*, [eq:n-star]. Sizes are tested from the largest downwards until one does not hold, a fixed sequence: so the level of
 * a single test is also that of the whole statement, whatever the number of sizes.
 */
export function certifiedNStar(sizes: readonly number[], outcomes: readonly ("holds" | "fails" | "undecided")[]): CertifiedNStar {
  let value: number | undefined;
  for (let k = sizes.length - 1; k >= 0 && outcomes[k] === "holds"; k--) value = sizes[k];
  if (value !== undefined) return { reached: true, value };
  const last = outcomes.at(-1);
  return { reached: false, reason: last === undefined ? "no size was tested" : `at the largest size tested, ${sizes.at(-1)!}, the test ${last === "fails" ? "fails" : "is undecided"}` };
}

/**
 * The fitted N*, [eq:n-star]: the largest n at which |(a / n^p)(1 + b / n)| = margin, for the worst of the curves.
 * @param refits fits of the resamples, for the interval
 * @param predictedExponent if given and outside `exponentInterval`, N* is not reached: the curve falls, but not as the theory says
 */
export function fittedNStar(
  sizes: readonly number[],
  fit: PowerLawFit,
  refits: readonly PowerLawFit[],
  options: { readonly margin: number; readonly confidence: number; readonly exponentInterval: readonly [number, number]; readonly predictedExponent?: number | undefined; readonly resolved: boolean },
): FittedNStar {
  requirePositive("margin", options.margin);
  const [low, high] = options.exponentInterval;
  if (!options.resolved) return { reached: false, reason: "no deviation is seen at any size, so there is no curve to cross the tolerance" };
  if (fit.atBound || low <= 0) return { reached: false, reason: `the deviation is not seen to fall: exponent ${show(fit.exponent)} in [${show(low)}, ${show(high)}]` };
  const { predictedExponent } = options;
  if (predictedExponent !== undefined && (predictedExponent < low || predictedExponent > high)) {
    return { reached: false, reason: `the exponent [${show(low)}, ${show(high)}] does not hold the predicted ${show(predictedExponent)}` };
  }
  const value = crossing(fit, options.margin);
  if (value === undefined) return { reached: false, reason: `the fitted curve stays above the tolerance up to ${LARGEST_SIZE}` };
  const crossings = Float64Array.from(refits, (refit) => crossing(refit, options.margin) ?? Infinity).sort();
  const half = (1 - options.confidence) / 2;
  // An infinite neighbour makes the quantile between it and a finite one infinite, or not a number: both mean unbounded.
  const lower = quantileOfSorted(crossings, half);
  const upper = quantileOfSorted(crossings, 1 - half);
  if (!Number.isFinite(lower)) return { reached: false, reason: "most resamples never cross the tolerance" };
  return {
    reached: true,
    value,
    interval: [lower, Number.isFinite(upper) ? upper : null],
    confidence: options.confidence,
    extrapolated: value < sizes[0]! || value > sizes.at(-1)!,
  };
}

/** Largest n in [1, 1e12] at which the worst curve has the margin's height; 1 if it is below everywhere, undefined if above at the end. */
function crossing(fit: PowerLawFit, margin: number): number | undefined {
  const height = (logN: number): number => fit.amplitudes.reduce((worst, _, c) => Math.max(worst, Math.abs(powerLawAt(fit, c, exp(logN)))), 0);
  let above = log(LARGEST_SIZE);
  if (height(above) > margin) return undefined;
  // Downwards in steps of a factor 1.5: a correction may bend the curve, so the first crossing from above is the one meant.
  const step = log(1.5);
  let below = above;
  while (below > 0 && height(below) <= margin) {
    above = below;
    below = Math.max(0, below - step);
  }
  if (height(below) <= margin) return 1;
  for (let i = 0; i < 45; i++) {
    const middle = (above + below) / 2;
    if (height(middle) > margin) below = middle;
    else above = middle;
  }
  return exp((above + below) / 2);
}

function show(x: number): string {
  return x.toFixed(2);
}

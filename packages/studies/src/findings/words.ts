/** @file Numbers of the engine in words, for tables and narratives. */
import { formatNumber, formatWithInterval, sizeWithInterval, type Comparison, type NStarOf, type StatisticEstimate } from "@mesoscope/finite-size";

/** "19.4 [18.8, 20.1]", or why it is not reached. */
export function fittedInWords({ fitted }: NStarOf): string {
  if (!fitted.reached) return `not reached: ${fitted.reason}`;
  return `${sizeWithInterval(fitted.value, fitted.interval)}${fitted.extrapolated ? ", outside the sizes tested" : ""}`;
}

/** "32, above 16", or why it is not reached. */
export function certifiedInWords({ certified }: NStarOf): string {
  if (!certified.reached) return `not reached: ${certified.reason}`;
  const [low, value] = certified.interval;
  return low === null ? `at most ${value}` : `${value}, above ${low}`;
}

/** "[0.98, 1.03]" */
export function intervalInWords([low, high]: readonly [number, number | null]): string {
  return `[${formatNumber(low)}, ${high === null ? "…" : formatNumber(high)}]`;
}

/** "0.98 [0.95, 1.01]", or nothing where it is not defined. */
export function estimateInWords(estimate: StatisticEstimate): string | null {
  return estimate.defined ? formatWithInterval(estimate.value, estimate.interval) : null;
}

/** How an observable is written. */
export function symbolOf({ observables }: Comparison, id: string): string {
  return observables.find((observable) => observable.id === id)?.symbol ?? id;
}

/** How the meaning of an observable is written. */
export function meaningOf({ observables }: Comparison, id: string): string {
  return observables.find((observable) => observable.id === id)?.meaning ?? id;
}

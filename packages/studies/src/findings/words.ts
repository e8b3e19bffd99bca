/** @file Numbers of the engine in words, for tables and narratives. */
import { formatNumber, formatWithInterval, type Comparison, type NStarOf, type StatisticEstimate } from "@mesoscope/finite-size";

/** "19.4 [18.8, 20.1]", with an open end where the resamples do not bound it, or why it is not reached. */
export function fittedInWords({ fitted }: NStarOf): string {
  if (!fitted.reached) return `not reached: ${fitted.reason}`;
  const [low, high] = fitted.interval;
  return `${size(fitted.value)} [${size(low)}, ${high === null ? "…" : size(high)}]${fitted.extrapolated ? ", outside the sizes tested" : ""}`;
}

/** "32, above 16", or why it is not reached. */
export function certifiedInWords({ certified }: NStarOf): string {
  if (!certified.reached) return `not reached: ${certified.reason}`;
  const [low, value] = certified.interval;
  return low === null ? `at most ${size(value)}` : `${size(value)}, above ${size(low)}`;
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

function size(n: number): string {
  return n >= 1e6 ? formatNumber(n) : String(n >= 100 ? Math.round(n) : Number(n.toPrecision(3)));
}

export function asSentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1).replace(/\.?$/, ".")}`;
}

/** @file How the spread of replicas grows along a series in time: what tells amplification and its end, saturation. */
import { log } from "@mesoscope/numerics";
import type { Observable } from "@mesoscope/contracts";
import { quantileOfSorted } from "../statistics/studentised-law.js";
import type { Summary } from "../statistics/summary.js";

/** Growth of the spread over replicas with time, at the largest size. Plain JSON. */
export interface Growth {
  /** Slope of log sd over the times of growth, with its bootstrap interval, per unit of time. */
  readonly rate: number;
  readonly interval: readonly [number, number];
  /** First and last time of the growth, and by how many factors of e the spread grew between them. */
  readonly from: number;
  readonly until: number;
  readonly folds: number;
  /** Slope after the growth, if there are times after it: within its interval zero, or below a tenth of the rate, it has saturated. */
  readonly after?: { readonly rate: number; readonly interval: readonly [number, number] };
}

/** Growth below one factor of e^2 is none that fits could tell from drift. */
const LEAST_FOLDS = 2;
const FEWEST_TIMES = 4;
/** The growth ends where the spread first comes within e^-0.5 of the largest it ever has. */
const NEAR_THE_TOP = 0.5;

/**
 * Growth of the spread along the times of an observable, [eq:growth]; undefined where it is no series in time, or the spread grows by less than e^2.
 * A saturated series is cut where the spread comes near its largest value, so that the plateau does not flatten the slope.
 */
export function growthOf({ grid }: Observable, summary: Summary | undefined, confidence: number): Growth | undefined {
  if (grid?.isTime !== true || summary === undefined) return undefined;
  const times = grid.values;
  const first = summary.sd.findIndex((sd) => sd > 0);
  if (first < 0) return undefined;
  const largest = summary.sd.reduce((most, sd) => Math.max(most, sd), 0);
  const top = summary.sd.findIndex((sd) => sd > 0 && log(largest / sd) < NEAR_THE_TOP);
  // What lies before the spread was least is transient, not growth.
  const least = indices(first, top).reduce((at, i) => (summary.sd[i]! > 0 && summary.sd[i]! < summary.sd[at]! ? i : at), first);
  const rising = indices(least, top).filter((i) => summary.sd[i]! > 0);
  const folds = log(summary.sd[top]! / summary.sd[least]!);
  if (rising.length < FEWEST_TIMES || folds < LEAST_FOLDS) return undefined;
  const rest = indices(top, times.length - 1).filter((i) => summary.sd[i]! > 0);
  return {
    ...slopeOf(times, summary, rising, confidence),
    from: times[least]!,
    until: times[top]!,
    folds,
    ...(rest.length >= FEWEST_TIMES ? { after: slopeOf(times, summary, rest, confidence) } : {}),
  };
}

/** Whether what grew has come to an end within the series. */
export function hasSaturated({ rate, after }: Growth): boolean {
  return after !== undefined && (after.interval[0] <= 0 || after.rate < rate / 10);
}

function slopeOf(times: readonly number[], { sd, resampledSd, length }: Summary, at: readonly number[], confidence: number): { readonly rate: number; readonly interval: readonly [number, number] } {
  const centre = at.reduce((sum, i) => sum + times[i]!, 0) / at.length;
  const squares = at.reduce((sum, i) => sum + (times[i]! - centre) * (times[i]! - centre), 0);
  const slope = (spreadAt: (i: number) => number): number => at.reduce((sum, i) => sum + ((times[i]! - centre) / squares) * log(Math.max(spreadAt(i), Number.MIN_VALUE)), 0);
  const resampled = Float64Array.from({ length: resampledSd.length / length }, (_, b) => slope((i) => resampledSd[b * length + i]!)).sort();
  const half = (1 - confidence) / 2;
  return { rate: slope((i) => sd[i]!), interval: [quantileOfSorted(resampled, half), quantileOfSorted(resampled, 1 - half)] };
}

function indices(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

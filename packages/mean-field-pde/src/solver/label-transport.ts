import { outcome, type Outcome } from "@mesoscope/numerics";
import { type CircleDensity } from "@mesoscope/particle-flow";
import { integrateAdaptive } from "@mesoscope/time-integration";
import { trapezoidLabels } from "./circle-density.js";
import { velocityAtAngles, weightedMoments, type HarmonicVelocity } from "./harmonic-velocity.js";

/** One run at one resolution. */
export interface TransportRun {
  /** Z_k at each requested time reached: interleaved real and imaginary, k = 0..modes. */
  readonly moments: readonly Float64Array[];
  /** The time reached: the last of the times unless the outcome says otherwise. */
  readonly reached: number;
  readonly steps: number;
  readonly evaluations: number;
  /** How the time stepping ended. */
  readonly outcome: Outcome;
}

/** What one run needs: the velocity, the start, the times (increasing, >= 0) and the resolution. */
export interface Transport {
  readonly field: HarmonicVelocity;
  readonly density: CircleDensity;
  readonly times: readonly number[];
  readonly modes: number;
  readonly labels: number;
  /** Absolute error per step allowed in each label's angle, in radians. */
  readonly tolerance: number;
  readonly maxSteps: number;
}

/** Neighbouring labels farther apart than this leave a stretch of the circle without any: no accuracy worth the name is left. */
const WIDEST_GAP = 0.8;
/** The gaps are looked at this many times in a run, and at every wanted time. */
export const LOOKS = 24;

/**
 * Carries labels with fixed weights along the mean-field velocity, [eq:lagrangian]: theta_j' = v(theta_j), Z_k = sum_j w_j e^{i k theta_j}.
 *
 * The map from labels to angles is smooth and periodic, so the trapezoid rule over labels is spectrally accurate for as
 * long as the map is resolved, and the mass is conserved exactly: the weights never change. A run whose labels have
 * parted by more than 0.8 radians ends there with the outcome `event`: only more labels can go on.
 */
export function transportLabels({ field, density, times, modes, labels, tolerance, maxSteps }: Transport): TransportRun {
  const { angles, weights } = trapezoidLabels(density, labels);
  const cosSin = new Float64Array(2 * labels);
  const inner = new Float64Array(2 * (field.order + 1));
  const velocity = (_t: number, theta: Float64Array, out: Float64Array): void => {
    weightedMoments(theta, weights, field.order, cosSin, inner);
    velocityAtAngles(field, inner, cosSin, out);
  };
  const moments: Float64Array[] = [];
  let [state, t, steps, evaluations]: [Float64Array, number, number, number] = [angles, 0, 0, 0];
  const finish = (ending: Outcome): TransportRun => ({ moments, reached: t, steps, evaluations, outcome: ending });
  for (const { time, isWanted } of milestones(times)) {
    const left = maxSteps - steps;
    if (time > t && left < 1) return finish(outcome("budget-exhausted", `${maxSteps} steps were taken; t = ${t} is reached. Raise maxSteps.`));
    if (time > t) {
      const run = integrateAdaptive(velocity, state, { t0: t, t1: time, relative: 0, absolute: tolerance, maxSteps: left });
      [state, t, steps, evaluations] = [run.y, run.t, steps + run.steps + run.rejected, evaluations + run.evaluations];
      if (run.outcome.kind !== "converged") return finish(run.outcome);
    }
    if (isWanted) moments.push(weightedMoments(state, weights, modes, cosSin, new Float64Array(2 * (modes + 1))));
    const gap = widestGap(state);
    if (gap > WIDEST_GAP) return finish(outcome("event", `${labels} labels have parted by ${gap} radians at t = ${t}.`));
  }
  return finish(outcome("converged", `${steps} steps reached t = ${t}.`));
}

/** The wanted times, and between them the times at which the gaps are looked at. */
function milestones(times: readonly number[]): readonly { readonly time: number; readonly isWanted: boolean }[] {
  const end = times.at(-1) ?? 0;
  // The integrator is not asked for the sliver between a look and a wanted time that differ by rounding.
  const isApart = (look: number): boolean => times.every((time) => Math.abs(time - look) > end / (4 * LOOKS));
  const looks = Array.from({ length: LOOKS }, (_, i) => (end * (i + 1)) / LOOKS).filter(isApart).map((time) => ({ time, isWanted: false }));
  return [...looks, ...times.map((time) => ({ time, isWanted: true }))].sort((a, b) => a.time - b.time);
}

/** Largest distance of neighbouring labels; they keep their order, since the velocity is a function of the place. */
function widestGap(angles: Float64Array): number {
  let widest = angles[0]! + 2 * Math.PI - angles[angles.length - 1]!;
  for (let j = 1; j < angles.length; j++) widest = Math.max(widest, angles[j]! - angles[j - 1]!);
  return widest;
}

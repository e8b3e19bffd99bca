import { type Outcome } from "@mesoscope/numerics";
import { type CircleDensity } from "@mesoscope/particle-flow";
import { integrateAdaptive } from "@mesoscope/time-integration";
import { trapezoidLabels } from "./circle-density.js";
import { velocityAtAngles, weightedMoments, type HarmonicVelocity } from "./harmonic-velocity.js";

/** One run at one resolution. */
export interface TransportRun {
  /** Z_k at each requested time reached: interleaved real and imaginary, k = 0..modes. */
  readonly moments: readonly Float64Array[];
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

/**
 * Carries labels with fixed weights along the mean-field velocity, [eq:lagrangian]: theta_j' = v(theta_j), Z_k = sum_j w_j e^{i k theta_j}.
 *
 * The map from labels to angles is smooth and periodic, so the trapezoid rule over labels is spectrally accurate for as
 * long as the map is resolved, and the mass is conserved exactly: the weights never change.
 */
export function transportLabels({ field, density, times, modes, labels, tolerance, maxSteps }: Transport): TransportRun {
  const { angles, weights } = trapezoidLabels(density, labels);
  const cosSin = new Float64Array(2 * labels);
  const inner = new Float64Array(2 * (field.order + 1));
  const velocity = (_t: number, theta: Float64Array, out: Float64Array): void => {
    weightedMoments(theta, weights, field.order, cosSin, inner);
    velocityAtAngles(field, inner, cosSin, out);
  };
  const end = times.at(-1) ?? 0;
  const run = integrateAdaptive(velocity, angles, { t0: 0, t1: end, relative: 0, absolute: tolerance, times, maxSteps });
  const moments = run.observations.map(({ y }) => weightedMoments(y, weights, modes, cosSin, new Float64Array(2 * (modes + 1))));
  return { moments, steps: run.steps, evaluations: run.evaluations, outcome: run.outcome };
}

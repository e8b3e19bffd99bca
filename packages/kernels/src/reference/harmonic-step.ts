/** @file The truth of "harmonic-step". */
import type { HarmonicStepParameters } from "../parameters.js";
import { harmonicDrift } from "./harmonic-drift.js";
import { rungeKuttaStep } from "./runge-kutta.js";

/**
 * One Runge-Kutta step of theta' = harmonic-drift(theta). Angles are lifted: never wrapped.
 *
 * @param theta angles (R, n), radians, changed in place
 */
export function harmonicStep(theta: Float64Array, p: HarmonicStepParameters): void {
  rungeKuttaStep(
    (y, out) => {
      harmonicDrift(y, p, out);
    },
    theta,
    p,
  );
}

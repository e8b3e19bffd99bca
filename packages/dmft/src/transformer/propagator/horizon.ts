/** @file How long a network of given size is followed by the path of its limit. */
import { DomainError, log, outcome, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { Outcome } from "@mesoscope/numerics";

export interface HorizonQuestion {
  /** size times the variance of an output at t = 0, 1, ..., T. */
  readonly variances: ArrayLike<number>;
  /** The number that the variance falls with: H, or N H. */
  readonly size: number;
  /** Standard deviation at which a run no longer follows the limit. */
  readonly tolerance: number;
}

export interface TrainingHorizon {
  /** First time, between steps, at which the standard deviation reaches the tolerance; null if it does not. */
  readonly time: number | null;
  /** lambda: half the mean growth of the logarithm of the variance a step, from its smallest value to where it is largest; null without growth. Near a saddle t* moves by 1/(2 lambda) for each unit of log size. */
  readonly rate: number | null;
  readonly outcome: Outcome;
}

/**
 * Horizon of mean field in training: where the linear noise of [eq:head-noise] or [eq:wide-noise] reaches a tolerance [eq:saddle-horizon]. Near a saddle of the limit noise grows as $e^{2\lambda t}$/size,
 * so the horizon grows only as $\ln(\mathrm{size})/(2\lambda)$. After it a run goes its own way: the variance over seeds is of order one and the mean is not a typical run.
 *
 * @throws DomainError for variances that are negative or no numbers, and sizes and tolerances that are not positive
 */
export function trainingHorizon({ variances, size, tolerance }: HorizonQuestion): TrainingHorizon {
  requirePositive("size", size);
  requirePositive("tolerance", tolerance);
  requireInteger("variances.length", variances.length, { min: 2 });
  const threshold = tolerance * tolerance * size;
  let [least, most] = [-1, -1];
  let time: number | null = null;
  for (let t = 0; t < variances.length; t++) {
    const now = variances[t]!;
    if (!(Number.isFinite(now) && now >= 0)) throw new DomainError({ name: `variances[${t}]`, value: now, rule: "must be finite and at least 0", remedy: "Give the diagonal of a covariance." });
    if (now === 0) continue;
    if (least < 0 || now < variances[least]!) [least, most] = [t, t];
    if (now > variances[most]!) most = t;
    if (time !== null || now < threshold) continue;
    const before = t > 0 ? variances[t - 1]! : 0;
    time = t > 0 && before > 0 && before < threshold ? t - 1 + log(threshold / before) / log(now / before) : t;
  }
  const rate = most > least ? log(variances[most]! / variances[least]!) / (2 * (most - least)) : null;
  const how =
    time === null
      ? outcome("budget-exhausted", `The noise of size ${size} stays below ${tolerance} through all ${variances.length - 1} steps.`)
      : outcome("converged", `The noise of size ${size} reaches ${tolerance} at step ${time.toFixed(1)}.`);
  return { time, rate, outcome: how };
}

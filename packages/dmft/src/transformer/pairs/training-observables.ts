/** @file What is observed of a network in training, and how curves of outputs become predictions of it. */
import type { Observable, Prediction } from "@mesoscope/contracts";
import { subscript } from "../../pairs/subscript.js";
import type { TrainingSetting } from "./training-setting.js";

/** Id of the output on input mu, counted from 0: "output-1" is the first. */
export function outputId(mu: number): string {
  return `output-${mu + 1}`;
}

/** Outputs f_mu(t) - f_mu(0) and the loss, step by step. */
export function trainingObservables({ task, times }: TrainingSetting): readonly Observable[] {
  const grid = timeGrid(times);
  return [
    ...Array.from({ length: task.tokens.inputs }, (_, mu): Observable => ({ id: outputId(mu), symbol: `f${subscript(mu + 1)}`, meaning: `output on input ${mu + 1}, its start subtracted`, unit: "1", kind: "series", equation: "transformer-training", grid })),
    { id: "loss", symbol: "ℒ", meaning: "loss, half the mean squared error", unit: "1", kind: "series", equation: "transformer-training", grid },
  ];
}

export function timeGrid(times: readonly number[]): NonNullable<Observable["grid"]> {
  return { symbol: "t", meaning: "steps of gradient descent", unit: "step", values: times, isTime: true };
}

/** Curves of outputs, index t P + mu for t = 0, ..., T, with their numerical errors. */
export interface OutputCurves {
  readonly f: ArrayLike<number>;
  readonly error: ArrayLike<number>;
  /** Cov f over networks (n, n), n = (T + 1) P, where it is known. */
  readonly covariance?: ArrayLike<number>;
  /** Whether the mean loss knows the variance of the outputs, or is that of the mean outputs. */
  readonly isLossOfSpread?: boolean;
}

/**
 * Predictions of outputs and loss from curves of the mean outputs. The loss of the mean outputs is L; its mean over networks is L + sum_mu Var f_mu / 2P, its spread to first order that of
 * sum_mu (f_mu - y_mu) f_mu / P.
 */
export function curvePredictions({ task: { targets, tokens: { inputs: P } }, times }: TrainingSetting, { f, error, covariance, isLossOfSpread = false }: OutputCurves, exponents: NonNullable<Prediction["exponents"]> = {}): readonly Prediction[] {
  const n = f.length;
  const cov = (t: number, mu: number, nu: number): number => covariance![(t * P + mu) * n + t * P + nu]!;
  const inputs = Array.from({ length: P }, (_, mu) => mu);
  const missing = (t: number, mu: number): number => targets[mu]! - f[t * P + mu]!;
  const outputs = inputs.map((mu): Prediction => ({
    observable: outputId(mu),
    value: times.map((t) => f[t * P + mu]!),
    numericalError: times.map((t) => error[t * P + mu]!),
    ...(covariance === undefined ? {} : { spread: times.map((t) => Math.sqrt(Math.max(0, cov(t, mu, mu)))) }),
    exponents,
  }));
  const loss: Prediction = {
    observable: "loss",
    value: times.map((t) => inputs.reduce((sum, mu) => sum + (missing(t, mu) * missing(t, mu) + (isLossOfSpread ? cov(t, mu, mu) : 0)) / (2 * P), 0)),
    numericalError: times.map((t) => inputs.reduce((sum, mu) => sum + ((Math.abs(missing(t, mu)) + error[t * P + mu]! / 2) * error[t * P + mu]!) / P, 0)),
    ...(covariance === undefined ? {} : { spread: times.map((t) => Math.sqrt(Math.max(0, inputs.reduce((sum, mu) => sum + inputs.reduce((part, nu) => part + (missing(t, mu) * missing(t, nu) * cov(t, mu, nu)) / (P * P), 0), 0)))) }),
    exponents,
  };
  return [...outputs, loss];
}

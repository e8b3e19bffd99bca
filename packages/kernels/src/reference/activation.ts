/** @file The truth of "activation" and of its derivative. */
import { erf, erfc, exp, tanh } from "@mesoscope/numerics";
import type { ActivationName } from "../array-parameters.js";

/** 1 / sqrt 2. */
const HALF_ROOT = Math.SQRT1_2;
/** 1 / sqrt(2 pi), the density of the normal law at 0. */
const PEAK = 0.3989422804014327;
/** Beyond this the normal tail is 0, and an infinity in its place would make 0 times infinity. */
const FAR = 1e4;

/**
 * The activations: relu max(x, 0), NaN for NaN; erf(x / sqrt 2) = 2 Phi(x) - 1; gelu x Phi(x) = x erfc(-x / sqrt 2) / 2, good relative to itself in
 * the left tail; tanh.
 */
export const activations: Readonly<Record<ActivationName, (x: number) => number>> = Object.freeze({
  relu: (x: number) => (x > 0 ? x : x <= 0 ? 0 : x),
  erf: (x: number) => erf(x * HALF_ROOT),
  gelu: (x: number) => Math.max(x, -FAR) * (0.5 * erfc(-x * HALF_ROOT)),
  tanh,
});

/** Their derivatives: relu' = 0 at 0; erf' = 2 phi(x); gelu' = Phi(x) + x phi(x), phi the normal density; tanh' = 1 - tanh^2. */
export const activationSlopes: Readonly<Record<ActivationName, (x: number) => number>> = Object.freeze({
  relu: (x: number) => (x > 0 ? 1 : x <= 0 ? 0 : x),
  erf: (x: number) => 2 * density(x),
  gelu: (x: number) => 0.5 * erfc(-x * HALF_ROOT) + Math.min(Math.max(x, -FAR), FAR) * density(x),
  tanh: (x: number) => {
    const y = tanh(x);
    return (1 - y) * (1 + y);
  },
});

/** e^(-x^2 / 2) / sqrt(2 pi). */
function density(x: number): number {
  return PEAK * exp(-0.5 * (x * x));
}

/** y_i = phi(x_i). */
export function activation(x: Float64Array, name: ActivationName, out: Float64Array): void {
  const f = activations[name];
  for (let i = 0; i < x.length; i += 1) out[i] = f(x[i]!);
}

/** dx_i = g_i phi'(x_i). */
export function activationBackward(x: Float64Array, g: Float64Array, name: ActivationName, out: Float64Array): void {
  const slope = activationSlopes[name];
  for (let i = 0; i < x.length; i += 1) out[i] = g[i]! * slope(x[i]!);
}

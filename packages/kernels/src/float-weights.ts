/** @file What weights of attention a float can hold: a rule for every backend that computes in single precision. */
import { log } from "@mesoscope/numerics";
import { KernelError } from "./kernel-error.js";
import type { AttentionParameters, KernelName, KernelParameters } from "./parameters.js";

/** Below the logarithm of the largest float, 88.72. */
const LARGEST_EXPONENT = 88;

/**
 * Refuses unnormalised attention and interaction sums whose n weights exp(beta (<x, y> - shift)) of points on the sphere may add up to more than a float
 * holds. Softmax divides by its largest weight and takes any beta.
 * @throws KernelError (`unsupported`)
 */
export function requireFloatWeights(kernel: KernelName, parameters: KernelParameters[KernelName], largest: number = LARGEST_EXPONENT): void {
  const { beta, shift = 0, flow, n, m = n } = parameters as Partial<AttentionParameters> & { readonly n: number; readonly m?: number };
  if (beta === undefined || flow === "SA") return;
  if (Math.max(beta * (1 - shift), beta * (-1 - shift)) + log(m) <= largest) return;
  throw new KernelError({
    code: "unsupported",
    what: `kernel "${kernel}" with beta = ${beta} in f32`,
    rule: `the sum of ${m} weights exp(beta (<x, y> - shift)) overflows a float for shift = ${shift}`,
    remedy: "Measure time in units of e^{-|beta|}: give shift = sign(beta); or compute in f64.",
  });
}

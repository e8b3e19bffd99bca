/** @file Multinomial variates: counts of n draws over classes. */
import { DomainError, requireInteger } from "../errors.js";
import { drawBinomial } from "./binomial.js";
import type { UniformSource } from "./uniform.js";

/**
 * How often each of m classes occurs among n independent draws with probabilities weights[i] / sum of weights:
 * P(k) = n! prod_i p_i^{k_i} / k_i!. One binomial variate a class, conditional on the classes before it: constant
 * expected time in n. With equal weights and n = m these are the weights of a bootstrap resample.
 *
 * @param n draws, an integer from 0 to 2^53 - 1
 * @param weights (m) finite, >= 0, with a positive finite sum; they need not add to 1
 * @param out (m) receives the counts; a new array unless given
 * @returns out: integers >= 0 that add to n; 0 where the weight is 0
 * @throws DomainError otherwise
 */
export function drawMultinomial(
  stream: UniformSource,
  n: number,
  weights: ArrayLike<number>,
  out: Float64Array = new Float64Array(weights.length),
): Float64Array {
  requireInteger("n", n, { min: 0 });
  const m = weights.length;
  if (out.length !== m) {
    const rule = `must have length weights.length = ${m}`;
    throw new DomainError({ name: "out", value: out, rule, remedy: "Leave it out, or give one entry a class." });
  }
  const tails = tailSums(weights);
  let left = n;
  for (let i = 0; i < m; i += 1) {
    // The last class of positive weight has weight / tail = 1 exactly, and so takes all that is left.
    const count = left === 0 || weights[i] === 0 ? 0 : drawBinomial(stream, left, weights[i]! / tails[i]!);
    out[i] = count;
    left -= count;
  }
  return out;
}

/** (m) weights[i] + ... + weights[m - 1], summed from the end: never below its own first term. */
function tailSums(weights: ArrayLike<number>): Float64Array {
  const tails = new Float64Array(weights.length);
  let sum = 0;
  for (let i = weights.length - 1; i >= 0; i -= 1) {
    const weight = weights[i]!;
    if (!(Number.isFinite(weight) && weight >= 0)) {
      const rule = "must be finite and at least 0";
      throw new DomainError({ name: `weights[${i}]`, value: weight, rule, remedy: "Give probabilities, or anything in proportion to them." });
    }
    sum += weight;
    tails[i] = sum;
  }
  if (!(sum > 0 && Number.isFinite(sum))) {
    const rule = "must be positive and finite";
    throw new DomainError({ name: "sum of weights", value: sum, rule, remedy: "Give at least one positive weight; scale them down if they overflow." });
  }
  return tails;
}

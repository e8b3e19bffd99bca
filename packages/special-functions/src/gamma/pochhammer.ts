/** @file The rising factorial, without the cancellation of two large log Gammas. */
import { log, requireInRange, requireInteger } from "@mesoscope/numerics";
import { addPair } from "../double-double.js";
import { leastStirlingArgument, logGammaPair } from "./log-gamma.js";

const FEW = 32;
const upper = new Float64Array(2);
const lower = new Float64Array(2);

/**
 * log (b)_k = log(b (b + 1) ... (b + k - 1)) for b > 0, k >= 0.
 *
 * Short products are multiplied out; long ones are the difference of two Stirling series, each in two parts.
 * @returns error at most a few ulp, absolute or relative, whichever is larger
 * @throws DomainError unless 0 < b <= 1e150 and k is an integer >= 0
 * @see NIST DLMF 5.2.5
 */
export function logPochhammer(b: number, k: number): number {
  requireInRange("b", b, { min: Number.MIN_VALUE, max: 1e150 }, "Give a number greater than 0, at most 1e150.");
  requireInteger("k", k, { min: 0 }, "Give the number of factors, an integer of at least 0.");
  let product = 1;
  let sum = 0;
  let j = 0;
  for (; j < k && (b + j < leastStirlingArgument || k - j <= FEW); j++) {
    product *= b + j;
    if (product > 1e140) {
      sum += log(product);
      product = 1;
    }
  }
  sum += log(product);
  if (j === k) return sum;
  logGammaPair(b + k, upper);
  logGammaPair(b + j, lower);
  addPair(-lower[0]!, -lower[1]!, upper);
  return sum + upper[0]! + upper[1]!;
}

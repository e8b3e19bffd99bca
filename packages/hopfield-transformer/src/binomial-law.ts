/** @file The whole law of a binomial, for enumeration. */
import { exp } from "@mesoscope/numerics";

/**
 * P(K = k), k = 0..n, for p = (1 + tanh x) / 2. By ratios P(k + 1) / P(k) = (n - k) / (k + 1) e^{2x} away from the mode, so that each entry has a relative error
 * of about n units in the last place, also far in the tails; entries below 1e-308 are 0.
 */
export function binomialLaw(n: number, x: number): Float64Array {
  // Counting the rarer sign keeps e^{-2|x|} from overflowing; the law is then read backwards.
  const odds = exp(-2 * Math.abs(x));
  const law = new Float64Array(n + 1);
  const mode = Math.min(n, Math.floor(((n + 1) * odds) / (1 + odds)));
  law[mode] = 1;
  for (let k = mode; k < n; k += 1) law[k + 1] = ((law[k]! * (n - k)) / (k + 1)) * odds;
  if (odds > 0) for (let k = mode; k > 0; k -= 1) law[k - 1] = (law[k]! * k) / (n - k + 1) / odds;
  let sum = 0;
  // From both ends inwards: small terms first.
  for (let k = 0; k < mode; k += 1) sum += law[k]!;
  let above = 0;
  for (let k = n; k > mode; k -= 1) above += law[k]!;
  sum += above + 1;
  for (let k = 0; k <= n; k += 1) law[k]! /= sum;
  return x > 0 ? law.reverse() : law;
}

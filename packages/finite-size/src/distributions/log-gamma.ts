/** @file Logarithm of the gamma function, as far as the distributions of statistics need it (docs/decisions/0010). */
import { log } from "@mesoscope/numerics";

const HALF_LOG_TWO_PI = 0.91893853320467274178;
/** From here on eight terms of Stirling's series are below 1e-17. */
const STIRLING_FROM = 10;

/** log Gamma(x) for x > 0, to about 1e-14: Stirling's series above 10, the recurrence Gamma(x + 1) = x Gamma(x) below. */
export function logGamma(x: number): number {
  let product = 1;
  let shifted = x;
  while (shifted < STIRLING_FROM) {
    product *= shifted;
    shifted += 1;
  }
  const y = 1 / (shifted * shifted);
  const series =
    (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - (691 / 360360 - (1 / 156 - (3617 / 122400) * y) * y) * y) * y) * y) * y) * y) / shifted;
  return (shifted - 0.5) * log(shifted) - shifted + HALF_LOG_TWO_PI + series - log(product);
}

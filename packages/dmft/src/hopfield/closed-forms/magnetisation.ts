import { bracketedRoot, requireInRange, tanh } from "@mesoscope/numerics";

/** Taylor coefficients of 1 - tanh(x)/x in powers of x^2, from x^2 on. */
const SERIES = [1 / 3, -2 / 15, 17 / 315, -62 / 2835, 1382 / 155925, -21844 / 6081075, 929569 / 638512875, -6404582 / 10854718875];

/** 1 - tanh(x)/x without the cancellation near zero, where it is x^2/3. */
function deficit(x: number): number {
  if (x >= 0.1) return 1 - tanh(x) / x;
  const z = x * x;
  let sum = 0;
  for (let k = SERIES.length - 1; k >= 0; k--) sum = sum * z + SERIES[k]!;
  return sum * z;
}

/**
 * The magnetisation m* >= 0 that solves m = tanh(beta m): zero up to beta = 1, positive above [eq:one-bit-retrieval].
 *
 * Every one-bit network whose values repeat its outputs keeps a single pattern with this overlap, whatever its context length and
 * its attention. Relative error below 1e-13, also just above beta = 1, where m* is about sqrt(3 (beta - 1)).
 *
 * @param beta >= 0, finite
 * @throws DomainError if beta is negative or not finite
 */
export function retrievalMagnetisation(beta: number): number {
  requireInRange("beta", beta, { min: 0, max: Number.MAX_VALUE });
  if (beta <= 1) return 0;
  // With x = beta m: 1 - tanh(x)/x = 1 - 1/beta, between sqrt(3 (1 - 1/beta)), as the left side is below x^2/3, and beta.
  const target = (beta - 1) / beta;
  const low = Math.min(Math.sqrt(3 * target), beta);
  const excess = (x: number): number => deficit(x) - target;
  if (excess(beta) <= 0) return 1;
  if (excess(low) >= 0) return low / beta;
  return bracketedRoot(excess, low, beta, { tolerance: 1e-16 * low }).root / beta;
}

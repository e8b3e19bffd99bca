import { bracketedRoot, exp, expm1, log, log1p, requireInRange, requireInteger } from "@mesoscope/numerics";
import { digamma, logGamma, trigamma } from "@mesoscope/special-functions";

/**
 * X ~ chi2_D / D, a mean of D squared standard normals: the limit of n times the power that n independent uniform tokens
 * have in one degree, D being the number of harmonics of that degree. On the circle D = 2 and X ~ Exp(1).
 */
export interface ChiSquaredMean {
  readonly degreesOfFreedom: number;
  /** P(X >= x). */
  survival(x: number): number;
  /** P(X < x), accurate also where it is tiny. */
  cdf(x: number): number;
  /** x f(x), the density in ln x. */
  logDensity(x: number): number;
  /** The x with P(X >= x) = p. */
  upperQuantile(p: number): number;
  /** E ln X = psi(D/2) - ln(D/2). */
  readonly meanLog: number;
  /** Var ln X = psi'(D/2). */
  readonly varianceLog: number;
}

/**
 * The law of chi2_D / D.
 * @throws DomainError unless 1 <= D <= 1e9 is an integer
 */
export function chiSquaredMean(degreesOfFreedom: number): ChiSquaredMean {
  requireInteger("degreesOfFreedom", degreesOfFreedom, { min: 1, max: 1e9 });
  const half = degreesOfFreedom / 2;
  const moments = { degreesOfFreedom, meanLog: digamma(half) - log(half), varianceLog: trigamma(half) };
  if (degreesOfFreedom === 2) {
    return Object.freeze({
      ...moments,
      survival: (x: number) => (x <= 0 ? 1 : exp(-x)),
      cdf: (x: number) => (x <= 0 ? 0 : -expm1(-x)),
      logDensity: (x: number) => (x <= 0 || x === Infinity ? 0 : x * exp(-x)),
      upperQuantile: (p: number) => -log(requireInRange("p", p, { min: 0, max: 1 })),
    });
  }
  const law = {
    ...moments,
    survival: (x: number) => (x <= 0 ? 1 : incompleteGamma(half, half * x).upper),
    cdf: (x: number) => (x <= 0 ? 0 : incompleteGamma(half, half * x).lower),
    logDensity: (x: number) => (x <= 0 || x === Infinity ? 0 : half * exp(logPoissonTerm(half, half * x))),
  };
  return Object.freeze({ ...law, upperQuantile: (p: number) => upperQuantile(law.survival, law.cdf, requireInRange("p", p, { min: 0, max: 1 })) });
}

/** Root in ln x, of whichever tail is the smaller one. */
function upperQuantile(survival: (x: number) => number, cdf: (x: number) => number, p: number): number {
  if (p === 0) return Infinity;
  if (p === 1) return 0;
  const miss = p < 0.5 ? (u: number) => survival(exp(u)) / p - 1 : (u: number) => 1 - cdf(exp(u)) / (1 - p);
  let low = -1;
  let high = 1;
  while (miss(low) < 0) low *= 2;
  while (miss(high) > 0) high *= 2;
  return exp(bracketedRoot(miss, low, high, { tolerance: 1e-14, maxIterations: 300 }).root);
}

/**
 * Regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P: the power series below the mean, Legendre's continued
 * fraction above it; each takes of the order of sqrt(a) terms at worst.
 */
function incompleteGamma(a: number, x: number): { readonly lower: number; readonly upper: number } {
  if (x === Infinity) return { lower: 1, upper: 0 };
  const front = exp(logPoissonTerm(a, x));
  if (x < a + 1) {
    const lower = Math.min(1, front * gammaSeries(a, x));
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, front * a * gammaFraction(a, x));
  return { lower: 1 - upper, upper };
}

/** sum_m x^m / ((a + 1) ... (a + m)): P(a, x) without its front factor x^a e^{-x} / Gamma(a + 1). */
function gammaSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let m = 1; term > 1e-17 * sum; m++) {
    term *= x / (a + m);
    sum += term;
  }
  return sum;
}

/** Legendre's continued fraction of Gamma(a, x) / (x^a e^{-x}), by the modified Lentz method. */
function gammaFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let value = d;
  for (let i = 1; i < 1e6; i++) {
    const numerator = -i * (i - a);
    b += 2;
    d = numerator * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + numerator / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const factor = d * c;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return value;
}

/**
 * ln of x^a e^{-x} / Gamma(a + 1). For large a the three terms are each of size a ln a and cancel, so there the distance
 * of x from a is taken first: -a (lambda - 1 - ln lambda) - ln(2 pi a)/2 - Stirling's correction, lambda = x/a.
 */
function logPoissonTerm(a: number, x: number): number {
  if (a < 15) return a * log(x) - x - logGamma(a + 1);
  const excess = (x - a) / a;
  const distance = Math.abs(excess) < 0.1 ? excessMinusLog(excess) : excess - log(x / a);
  const inverse = 1 / a;
  const square = inverse * inverse;
  const stirling = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))));
  return -a * distance - 0.5 * log(2 * Math.PI * a) - stirling;
}

/** u - ln(1 + u) for small u: the logarithm's own leading term is what would cancel, so its series starts at u^2/2. */
function excessMinusLog(u: number): number {
  if (Math.abs(u) > 0.05) return u - log1p(u);
  let power = u * u;
  let sum = power / 2;
  for (let m = 3; Math.abs(power) > 1e-18 * sum * m && m < 60; m++) {
    power *= -u;
    sum += power / m;
  }
  return sum;
}

/**
 * @file Distribution functions that judge the samples. They use the engine's own `Math` and share nothing with the
 * sources: incomplete gamma by series and continued fraction, the others as cases of it.
 */

/** log Gamma(x), x > 0: Stirling's series after a shift to x >= 20. */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 20; z += 1) shift += Math.log(z);
  const w = 1 / (z * z);
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - (1 / 360 - w / 1260) * w) / z - shift;
}

/** Regularised lower incomplete gamma function P(a, x). */
export function gammaLower(a: number, x: number): number {
  if (x <= 0) return 0;
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
}

/** Regularised upper incomplete gamma function Q(a, x). */
export function gammaUpper(a: number, x: number): number {
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; term > sum * 1e-15; k += 1) {
    term *= x / (a + k);
    sum += term;
  }
  return sum * prefactor(a, x);
}

/** Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 1000; i += 1) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return h * prefactor(a, x);
}

/** x^a e^-x / Gamma(a), remembering the last log Gamma since samples come with one shape. */
function prefactor(a: number, x: number): number {
  if (a !== lastShape) {
    lastShape = a;
    lastLogGamma = logGamma(a);
  }
  return Math.exp(a * Math.log(x) - x - lastLogGamma);
}

let lastShape = Number.NaN;
let lastLogGamma = Number.NaN;

/** Phi(z). */
export function normalDistribution(z: number): number {
  const tail = 0.5 * gammaUpper(0.5, 0.5 * z * z);
  return z < 0 ? tail : 1 - tail;
}

/** P(|Z| > |z|). */
export function normalTwoSided(z: number): number {
  return gammaUpper(0.5, 0.5 * z * z);
}

/** @file A smooth curve through scattered points: what resamples of a collapse are laid on. */
import { leastSquares } from "@mesoscope/numerics";

const HIGHEST_DEGREE = 7;
const POINTS_PER_TERM = 4;

/**
 * Values at the abscissae of the weighted polynomial of degree 7 (less for few points) through all points. A curve that kept the noise of the points
 * would carry features that fit together only where they were found, and resamples laid on it would know the exponents too well.
 * @param x, y, error (points), errors positive
 */
export function smoothed(x: Float64Array, y: Float64Array, error: Float64Array): Float64Array {
  const degree = Math.min(HIGHEST_DEGREE, Math.max(1, Math.floor(x.length / POINTS_PER_TERM) - 1));
  const low = x.reduce((a, b) => Math.min(a, b), Infinity);
  const high = x.reduce((a, b) => Math.max(a, b), -Infinity);
  const unit = error.reduce((a, b) => Math.min(a, b), Infinity);
  const half = (high - low) / 2;
  const count = degree + 1;
  const basis = new Float64Array(x.length * count);
  // Chebyshev polynomials: well conditioned for any spread of points.
  for (let k = 0; k < x.length; k++) {
    const u = half > 0 ? (x[k]! - low) / half - 1 : 0;
    for (let d = 0; d < count; d++) basis[k * count + d] = d === 0 ? 1 : d === 1 ? u : 2 * u * basis[k * count + d - 1]! - basis[k * count + d - 2]!;
  }
  const weighted = basis.map((value, at) => (value * unit) / error[Math.floor(at / count)]!);
  const { x: solution } = leastSquares(weighted, y.map((value, k) => (value * unit) / error[k]!), x.length, count, { tolerance: 1e-10 });
  return y.map((_, k) => solution.reduce((sum, c, d) => sum + c * basis[k * count + d]!, 0));
}

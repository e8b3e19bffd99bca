import { DomainError, cos, requireFinite, sin } from "@mesoscope/numerics";
import { type CircleDensity } from "@mesoscope/particle-flow";

/** rho(theta), for theta in radians. */
export function densityAt({ cos: cosines = [], sin: sines = [] }: CircleDensity, theta: number): number {
  let value = 1;
  for (let k = 1; k <= cosines.length; k++) value += cosines[k - 1]! * cos(k * theta);
  for (let k = 1; k <= sines.length; k++) value += sines[k - 1]! * sin(k * theta);
  return value / (2 * Math.PI);
}

/** Largest degree with a coefficient. */
export function densityOrder({ cos: cosines = [], sin: sines = [] }: CircleDensity): number {
  return Math.max(cosines.length, sines.length);
}

/**
 * Labels theta_j = 2 pi j / n and trapezoid weights w_j = rho(theta_j) 2 pi / n, whose sum is 1 up to rounding as long as n exceeds the order.
 * @throws DomainError if the density is negative at a label or a coefficient is not finite
 */
export function trapezoidLabels(density: CircleDensity, n: number): { readonly angles: Float64Array; readonly weights: Float64Array } {
  for (const value of density.cos ?? []) requireFinite("density.cos", value);
  for (const value of density.sin ?? []) requireFinite("density.sin", value);
  const angles = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const theta = (2 * Math.PI * j) / n;
    const value = densityAt(density, theta);
    if (value < 0) {
      throw new DomainError({ name: "density", value, rule: `must not be negative; it is at theta = ${theta}`, remedy: "Make the coefficients smaller." });
    }
    angles[j] = theta;
    weights[j] = (value * 2 * Math.PI) / n;
  }
  return { angles, weights };
}

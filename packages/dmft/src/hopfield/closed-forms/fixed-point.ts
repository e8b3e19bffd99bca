/** @file Fixed points: what attention, context length and keys cannot change. */
import type { AttentionNetwork, FeatureClasses } from "@mesoscope/hopfield-transformer";
import { DomainError, eigenvalues, leastSquares, outcome, requireFinite, requireInRange, requirePositive, tanh } from "@mesoscope/numerics";
import type { Eigenvalues, Outcome } from "@mesoscope/numerics";
import { sechSquared } from "../map/sech-squared.js";
import { windowMultipliers } from "./window-multipliers.js";
import type { Multiplier } from "./window-multipliers.js";

export interface FixedPoint {
  /** u (C): every token of the window is this one. */
  readonly u: Float64Array;
  /** m^o (M), without the factor 1 - eps. */
  readonly overlaps: Float64Array;
  /** Eigenvalues K of the one-token map (C): see {@link windowMultipliers} for those of any window. */
  readonly single: Eigenvalues;
  /** Multipliers for the context length of the network (L C), by descending modulus. */
  readonly multipliers: readonly Multiplier[];
  readonly residual: number;
  readonly outcome: Outcome;
}

/**
 * The fixed point near a start: u_c = tanh(beta sum_a xi^o_a(c) m^v_a), by Newton's method. A window of equal tokens gives A = m^v whatever the context length, the queries and the
 * keys; the tangent map does not see them either [eq:one-bit-fixed-point].
 *
 * @param start u (C), near the fixed point
 * @throws DomainError if positions have a weight (a forced system has none), or the start has not C entries
 */
export function attentionBlindFixedPoint(network: AttentionNetwork, start: ArrayLike<number>, options: { readonly tolerance: number }): FixedPoint {
  const { features, contextLength, beta } = network;
  requireUnforced(network);
  const tolerance = requirePositive("tolerance", options.tolerance);
  const n = features.classes;
  if (start.length !== n) throw new DomainError({ name: "start.length", value: start.length, rule: `must be C = ${n}`, remedy: "Give one magnetisation for each class." });
  const coupling = valueCoupling(features);
  let u = Float64Array.from(start);
  let last = Infinity;
  let ending: Outcome | undefined;
  let jacobian = new Float64Array(n * n);
  for (let i = 0; ending === undefined; i++) {
    const { image, slope } = oneTokenMap(coupling, beta, u);
    jacobian = slope;
    const residual = image.reduce((worst, value, c) => Math.max(worst, Math.abs(value - u[c]!)), 0);
    if (residual <= tolerance) ending = outcome("converged", `u returns within ${residual.toPrecision(2)} after ${i} steps.`);
    else if (i >= 100) ending = outcome("budget-exhausted", `u still moves by ${residual.toPrecision(3)} after ${i} steps.`);
    // Newton near the point; where it would not help, the map itself, which follows a stable point home.
    const step = residual < last || i === 0 ? newtonStep(slope, image, u) : image.map((value, c) => value - u[c]!);
    last = residual;
    if (ending === undefined) u = u.map((value, c) => requireFinite("u", Math.min(1, Math.max(-1, value + step[c]!))));
  }
  const single = eigenvalues(jacobian, n);
  return { u, overlaps: outputOf(features, u), single, multipliers: windowMultipliers(single, contextLength), residual: last, outcome: ending };
}

/** Eigenvalues kappa of C^vo_ab = sum_c w_c xi^v_a(c) xi^o_b(c) (M): those of the map at u = 0 are beta kappa [eq:one-bit-critical-beta]. */
export function valueEigenvalues({ features: m, classes, weights, xi }: FeatureClasses): Eigenvalues {
  const a = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      for (let c = 0; c < classes; c++) a[i * m + j]! += weights[c]! * xi.v[i * classes + c]! * xi.o[j * classes + c]!;
    }
  }
  return eigenvalues(a, m);
}

function requireUnforced({ positionalWeight }: AttentionNetwork): void {
  requireInRange("positionalWeight", positionalWeight, { min: 0, max: 0 }, "Positions force the window from outside: look for an orbit of period 2^P instead.");
}

/** sum_a xi^o_a(row) w_c xi^v_a(c): (C, C). */
function valueCoupling({ features: m, classes, weights, xi }: FeatureClasses): Float64Array {
  const out = new Float64Array(classes * classes);
  for (let row = 0; row < classes; row++) {
    for (let c = 0; c < classes; c++) {
      for (let a = 0; a < m; a++) out[row * classes + c]! += xi.o[a * classes + row]! * weights[c]! * xi.v[a * classes + c]!;
    }
  }
  return out;
}

function oneTokenMap(coupling: Float64Array, beta: number, u: Float64Array): { image: Float64Array; slope: Float64Array<ArrayBuffer> } {
  const n = u.length;
  const image = new Float64Array(n);
  const slope = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    let h = 0;
    for (let c = 0; c < n; c++) h += coupling[row * n + c]! * u[c]!;
    image[row] = tanh(beta * h);
    const steepness = beta * sechSquared(beta * h);
    for (let c = 0; c < n; c++) slope[row * n + c] = steepness * coupling[row * n + c]!;
  }
  return { image, slope };
}

function newtonStep(slope: Float64Array, image: Float64Array, u: Float64Array): Float64Array {
  const n = u.length;
  const matrix = slope.map((entry, i) => (i % (n + 1) === 0 ? 1 - entry : -entry));
  return leastSquares(matrix, image.map((value, c) => value - u[c]!), n, n, { tolerance: 1e-15 }).x;
}

function outputOf({ features: m, classes, weights, xi }: FeatureClasses, u: Float64Array): Float64Array {
  const out = new Float64Array(m);
  for (let a = 0; a < m; a++) for (let c = 0; c < classes; c++) out[a]! += weights[c]! * xi.o[a * classes + c]! * u[c]!;
  return out;
}

/** @file Stationary fluctuations around a stable periodic orbit: where linear noise and shift settle. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { DomainError, isConverged, leastSquares, outcome } from "@mesoscope/numerics";
import type { Outcome } from "@mesoscope/numerics";
import type { PeriodicOrbit } from "../orbits/periodic-orbit.js";
import { returnMap } from "../orbits/return-map.js";
import { linearNoise } from "./linear-noise.js";

/** Fluctuations over one period, after all transients and before any escape. */
export interface OrbitFluctuations {
  /** Rows as in the orbit: row i belongs to token t + 1 + i. */
  readonly period: number;
  /** N Cov m^o (q, M, M). */
  readonly covariance: Float64Array;
  /** N (E m^o - m^o_mf) (q, M). */
  readonly shift: Float64Array;
  /** N Cov of the whole window at the token t (L C, L C), newest first. */
  readonly window: Float64Array;
  /** Estimated relative error of the covariance: what it misses itself by after one period. */
  readonly relativeError: number;
  readonly outcome: Outcome;
}

/** Doublings: (1 - 1e-15)^(2^60) is nothing. */
const DOUBLINGS = 60;

/**
 * The fixed point of [eq:one-bit-linear-noise] and [eq:one-bit-shift] over one period: S = M S M^T + Q, mu = M mu + b, M the monodromy. The first by doubling
 * (S <- S + M S M^T, M <- M^2), so that nearness to a bifurcation costs nothing; the second by elimination.
 *
 * @param orbit a stable one of this network, from `periodicOrbit`
 * @throws DomainError if the orbit is not stable or did not converge
 */
export function orbitFluctuations(network: AttentionNetwork, orbit: PeriodicOrbit): OrbitFluctuations {
  requireStable(orbit);
  const { window, period } = orbit;
  const size = window.u.length;
  const m = network.features.features;
  const { monodromy } = returnMap(network, window.t, period, size)(window.u);
  const noise = linearNoise(network, window, { shift: false });
  for (let i = 0; i < period; i++) noise.step();
  const stationary = summed(noise.ordered().covariance, monodromy, size);
  const bent = linearNoise(network, window);
  const settled = bent.ordered().shift;
  bent.place(stationary, settled);
  for (let i = 0; i < period; i++) bent.step();
  const matrix = monodromy.map((entry, i) => (i % (size + 1) === 0 ? 1 - entry : -entry));
  const { x } = leastSquares(matrix, bent.ordered().shift, size, size, { tolerance: 1e-15 });
  const run = linearNoise(network, window);
  run.place(stationary, x);
  const covariance = new Float64Array(period * m * m);
  const shift = new Float64Array(period * m);
  for (let i = 0; i < period; i++) {
    run.step();
    run.overlapCovariance(covariance, i * m * m);
    run.overlapShift(shift, i * m);
  }
  const returned = run.ordered().covariance;
  const scale = stationary.reduce((most, value) => Math.max(most, Math.abs(value)), Number.MIN_VALUE);
  const missed = returned.reduce((most, value, i) => Math.max(most, Math.abs(value - stationary[i]!)), 0);
  const relativeError = missed / scale + size * Number.EPSILON;
  return { period, covariance, shift, window: stationary, relativeError, outcome: outcome("converged", `The covariance returns within ${relativeError.toPrecision(2)} of itself.`) };
}

/** sum_k M^k Q M^kT. */
function summed(q: Float64Array, monodromy: Float64Array, n: number): Float64Array {
  let sum = q;
  let power = monodromy;
  for (let i = 0; i < DOUBLINGS; i++) {
    const more = product(product(power, sum, n), transposed(power, n), n);
    const before = sum;
    sum = before.map((value, at) => value + more[at]!);
    if (sum.every((value, at) => value === before[at])) break;
    power = product(power, power, n);
  }
  return sum.map((value, at) => (value + sum[(at % n) * n + Math.floor(at / n)]!) / 2);
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const left = a[i * n + k]!;
      for (let j = 0; j < n; j++) out[i * n + j]! += left * b[k * n + j]!;
    }
  }
  return out;
}

function transposed(a: Float64Array, n: number): Float64Array {
  return a.map((_, at) => a[(at % n) * n + Math.floor(at / n)]!);
}

function requireStable({ stable, outcome: ending }: PeriodicOrbit): void {
  if (stable && isConverged(ending)) return;
  throw new DomainError({
    name: "orbit",
    value: isConverged(ending) ? "unstable" : ending.kind,
    rule: "must be converged and stable",
    remedy: "Around an unstable orbit fluctuations grow for ever: follow them in time, overlapFluctuations.",
  });
}

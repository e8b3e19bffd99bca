/**
 * @file The von Mises-Fisher law on S^{d-1}: density exp(kappa <mean, x>)/c_0(kappa) against the uniform probability
 * measure, c_0 the Funk-Hecke coefficient of degree 0.
 */
import { drawGamma, log, requireInRange, type Stream, type UniformSource } from "@mesoscope/numerics";
import { besselIRatio } from "@mesoscope/special-functions";
import { logFunkHecke } from "./funk-hecke.js";
import { requireDimension } from "./harmonics.js";
import { requireShape } from "./rows.js";

/**
 * Length of the mean, I_{d/2}(kappa)/I_{d/2-1}(kappa): 0 at kappa = 0, to 1 as it grows. Relative error below 1e-14.
 * @param d     dimension, d >= 2
 * @param kappa concentration, 0 <= kappa <= 1e12
 * @throws DomainError outside the domain
 */
export function vonMisesFisherMeanLength(d: number, kappa: number): number {
  requireLaw(d, kappa);
  return besselIRatio(d / 2 - 1, kappa);
}

/**
 * Logarithm of the density against the uniform probability measure at cosine t = <mean, x>: kappa t - log c_0(kappa).
 * @param d     dimension, d >= 2
 * @param kappa concentration, 0 <= kappa <= 1e12
 * @param t     cosine, -1 <= t <= 1
 * @throws DomainError outside the domain
 */
export function vonMisesFisherLogDensity(d: number, kappa: number, t: number): number {
  requireLaw(d, kappa);
  requireInRange("t", t, { min: -1, max: 1 }, "Give a cosine from -1 to 1.");
  return kappa * t - logFunkHecke(0, d, kappa);
}

/**
 * n independent points of the law: the cosine by rejection from a transformed beta variate, the rest uniform.
 *
 * The acceptance rate stays above 0.6 for every d and kappa. 1 - t is sampled rather than t, so that high concentrations
 * keep their digits.
 * @param stream source of variates
 * @param mean   unit vector, (d)
 * @param kappa  concentration, 0 <= kappa <= 1e12
 * @param out    (n, d) row-major, made when absent
 * @returns out
 * @throws DomainError outside the domain
 * @see Wood (1994), Commun. Statist. Simul. 23, 157-164
 */
export function sampleVonMisesFisher(
  stream: UniformSource & Pick<Stream, "normal">,
  mean: Float64Array,
  kappa: number,
  n: number,
  out: Float64Array = new Float64Array(n * mean.length),
): Float64Array {
  const d = mean.length;
  requireLaw(d, kappa);
  requireShape("out", out, n, d);
  for (let start = 0; start < n * d; start += d) {
    const drop = sampleDrop(stream, d, kappa);
    const row = out.subarray(start, start + d);
    const length = tangentNormal(stream, mean, row);
    const across = Math.sqrt(drop * (2 - drop)) / length;
    for (let a = 0; a < d; a++) row[a] = (1 - drop) * mean[a]! + across * row[a]!;
  }
  return out;
}

/** 1 - t for the cosine t of the law. */
function sampleDrop(stream: UniformSource, d: number, kappa: number): number {
  const m = d - 1;
  const b = m / (2 * kappa + Math.sqrt(4 * kappa * kappa + m * m));
  const centre = (1 - b) / (1 + b);
  const centreDrop = (2 * b) / (1 + b); // 1 - centre, and below 1 - centre^2, without cancellation for small b
  const offset = centreDrop * (1 + centre);
  for (;;) {
    const first = drawGamma(stream, m / 2);
    const z = first / (first + drawGamma(stream, m / 2));
    const drop = (2 * b * z) / (1 - (1 - b) * z);
    // kappa (t - centre) + m log((1 - centre t)/(1 - centre^2)), t = 1 - drop
    const score = kappa * (centreDrop - drop) + m * log((centreDrop + centre * drop) / offset);
    if (score >= log(stream.uniformOpen())) return drop;
  }
}

/** Leaves a normal vector of the tangent space at `mean` in `row`; returns its length. */
function tangentNormal(stream: Pick<Stream, "normal">, mean: Float64Array, row: Float64Array): number {
  for (;;) {
    let inner = 0;
    for (let a = 0; a < row.length; a++) {
      row[a] = stream.normal();
      inner += row[a]! * mean[a]!;
    }
    let square = 0;
    for (let a = 0; a < row.length; a++) {
      row[a]! -= inner * mean[a]!;
      square += row[a]! * row[a]!;
    }
    // Where the vector was all but normal to the tangent space, rounding decides its direction: draw again.
    if (square > 1e-20) return Math.sqrt(square);
  }
}

function requireLaw(d: number, kappa: number): void {
  requireDimension(d, 2);
  requireInRange("kappa", kappa, { min: 0, max: 1e12 }, "Give 0 to 1e12; for the opposite pole turn the mean.");
}

/** @file Where replicas start: from keyed streams, one key a replica, so that a replica does not depend on the batch it is drawn in. */
import type { Key, Stream } from "@mesoscope/numerics";
import { sampleUniformSphere } from "@mesoscope/sphere";
import { DomainError, requireFinite, requireInteger, sinCos } from "@mesoscope/numerics";

const TURN = 2 * Math.PI;

/** Which replicas: `count` of them, from number `from` on; replica r draws from the stream of key.fold(r). */
export interface Replicas {
  readonly key: Key;
  readonly from: number;
  readonly count: number;
}

/**
 * States of a block of replicas (count, length): replica r is what `draw` writes from the stream of key.fold(r).
 *
 * @param length numbers of one replica
 */
export function drawReplicas({ key, from, count }: Replicas, length: number, draw: (stream: Stream, out: Float64Array) => void): Float64Array {
  requireInteger("from", from, { min: 0 });
  requireInteger("count", count, { min: 1 });
  requireInteger("length", length, { min: 1 });
  const states = new Float64Array(count * length);
  for (let index = 0; index < count; index += 1) draw(key.fold(from + index).stream(), states.subarray(index * length, (index + 1) * length));
  return states;
}

/** Fills `out` with independent uniform angles in [-pi, pi); one uniform number each. */
export function uniformAngles(stream: Stream, out: Float64Array): void {
  stream.fillUniform(out);
  for (let i = 0; i < out.length; i += 1) out[i] = TURN * (out[i]! - 0.5);
}

/** Fills `out` (n, d) with independent uniform points of S^{d-1}. */
export function uniformTokens(stream: Stream, d: number, out: Float64Array): void {
  sampleUniformSphere(stream, out.length / d, d, out);
}

/** A density on the circle, (1 + sum_k a_k cos k theta + b_k sin k theta) / 2 pi with k = 1, 2, ... at index k - 1. */
export interface CircleDensity {
  readonly cos?: readonly number[];
  readonly sin?: readonly number[];
}

/** Points at which a density is checked for its sign, for each harmonic. */
const CHECKS_PER_HARMONIC = 16;

/**
 * A sampler of independent angles in [-pi, pi) with that density, by inversion of the distribution function: one uniform number each, in the same order, so that
 * two densities that are close give angles that are close.
 *
 * @returns a function that fills an array from a stream
 * @throws DomainError for a density that is negative somewhere or has a coefficient that is not finite
 */
export function densityAngles({ cos = [], sin = [] }: CircleDensity): (stream: Stream, out: Float64Array) => void {
  const harmonics = Math.max(cos.length, sin.length);
  const a = Array.from({ length: harmonics }, (_, k) => requireFinite(`cos[${k}]`, cos[k] ?? 0));
  const b = Array.from({ length: harmonics }, (_, k) => requireFinite(`sin[${k}]`, sin[k] ?? 0));
  const pair = new Float64Array(2);
  const densityAndDistribution = (theta: number): readonly [number, number] => {
    let density = 1;
    let distribution = theta + Math.PI;
    for (let k = 1; k <= harmonics; k += 1) {
      sinCos(k * theta, pair);
      density += a[k - 1]! * pair[1]! + b[k - 1]! * pair[0]!;
      distribution += (a[k - 1]! * pair[0]! - b[k - 1]! * (pair[1]! - (k % 2 === 0 ? 1 : -1))) / k;
    }
    return [density, distribution / TURN];
  };
  const checks = CHECKS_PER_HARMONIC * (harmonics + 1);
  for (let i = 0; i < checks; i += 1) {
    const theta = TURN * (i / checks - 0.5);
    const [density] = densityAndDistribution(theta);
    if (density < 0) throw new DomainError({ name: "density", value: density, rule: `must not be negative, and is at theta = ${theta}`, remedy: "Take smaller coefficients: sum |a_k| + |b_k| <= 1 is enough." });
  }
  return (stream, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = invert(densityAndDistribution, stream.uniform());
  };
}

/** Root of distribution(theta) = u in [-pi, pi]: Newton steps kept inside a shrinking bracket. */
function invert(densityAndDistribution: (theta: number) => readonly [number, number], u: number): number {
  let low = -Math.PI;
  let high = Math.PI;
  let theta = TURN * (u - 0.5);
  for (let iteration = 0; iteration < 100; iteration += 1) {
    const [density, distribution] = densityAndDistribution(theta);
    const excess = distribution - u;
    if (excess > 0) high = theta;
    else low = theta;
    const newton = theta - (TURN * excess) / density;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - theta) <= 2 * Number.EPSILON * Math.PI) return next;
    theta = next;
  }
  return theta;
}

/** @file Random configurations for property tests: fast-check chooses a seed and sizes, keyed streams do the rest. */
import { key } from "@mesoscope/numerics";
import { sampleUniformSphere } from "@mesoscope/sphere";
import fc from "fast-check";
import type { AttentionFlow } from "../src/index.js";
import { drawReplicas, uniformAngles } from "../src/index.js";

/** Runs of each property, and the seed of all. */
export const runs = { seed: 20260101, numRuns: 60 } as const;

export interface TokenConfiguration {
  readonly flow: AttentionFlow;
  readonly n: number;
  readonly x: Float64Array;
  readonly seed: number;
}

/** Tokens uniform on a sphere, with a flow of beta from -3 to 6. */
export const tokenConfigurations: fc.Arbitrary<TokenConfiguration> = fc
  .record({ kind: fc.constantFrom("SA" as const, "USA" as const), beta: fc.double({ min: -3, max: 6, noNaN: true }), n: fc.integer({ min: 1, max: 7 }), d: fc.integer({ min: 1, max: 5 }), seed: fc.nat(1e6) })
  .map(({ kind, beta, n, d, seed }) => ({ flow: { flow: kind, beta, d }, n, seed, x: sampleUniformSphere(key(seed).stream(), n, d) }));

/** n uniform angles. */
export function someAngles(n: number, seed: number): Float64Array {
  return drawReplicas({ key: key(seed), from: 0, count: 1 }, n, uniformAngles);
}

/** A random orthogonal matrix (d, d), rotation or reflection, by Gram-Schmidt on normal vectors. */
export function orthogonal(d: number, seed: number): Float64Array {
  const q = key(seed).fold("orthogonal").stream().fillNormal(new Float64Array(d * d));
  for (let i = 0; i < d; i += 1) {
    for (let j = 0; j < i; j += 1) {
      let along = 0;
      for (let k = 0; k < d; k += 1) along += q[i * d + k]! * q[j * d + k]!;
      for (let k = 0; k < d; k += 1) q[i * d + k]! -= along * q[j * d + k]!;
    }
    let square = 0;
    for (let k = 0; k < d; k += 1) square += q[i * d + k]! ** 2;
    for (let k = 0; k < d; k += 1) q[i * d + k]! /= Math.sqrt(square);
  }
  return q;
}

/** Rows of x times the transposed matrix. */
export function rotated(x: Float64Array, q: Float64Array, d: number): Float64Array {
  return x.map((_, at) => {
    const [i, k] = [Math.floor(at / d), at % d];
    let sum = 0;
    for (let l = 0; l < d; l += 1) sum += q[k * d + l]! * x[i * d + l]!;
    return sum;
  });
}

/** Largest |a - b|. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; i += 1) worst = Math.max(worst, Number.isFinite(a[i]! - b[i]!) ? Math.abs(a[i]! - b[i]!) : Infinity);
  return worst;
}

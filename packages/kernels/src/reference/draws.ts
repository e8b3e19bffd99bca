/** @file The truth of "normals" and "binomials": the streams of @mesoscope/numerics, one a replica. */
import { drawBinomial, keyFromWords, type Key, type Stream } from "@mesoscope/numerics";
import type { BinomialsParameters, NormalsParameters } from "../array-parameters.js";

/** Numbers that carry a key: its two words in halves of 16 bits, which floats hold. */
const HALVES = 4;
const HALF = 65536;

/** The keys of the replicas as the input (R, 4) of "normals" and "binomials": high and low half of each word. */
export function keyHalves(keys: readonly Key[]): Float64Array {
  return Float64Array.from(keys.flatMap(({ words }) => words.flatMap((word) => [Math.floor(word / HALF), word % HALF])));
}

/** The stream of replica r. */
function streamOf(keys: Float64Array, replica: number): Stream {
  const word = (at: number): number => (keys[at]! * HALF + keys[at + 1]!) >>> 0;
  return keyFromWords([word(HALVES * replica), word(HALVES * replica + 2)]).stream();
}

/**
 * Standard normals.
 *
 * @param keys (R, 4), see {@link keyHalves}
 * @param out  (R, n): draws first ... first + n - 1 of each stream
 */
export function normals(keys: Float64Array, { batch, n, first = 0 }: NormalsParameters, out: Float64Array): void {
  for (let replica = 0; replica < batch; replica += 1) {
    const stream = streamOf(keys, replica);
    // A normal takes two words.
    stream.seek(2 * first);
    stream.fillNormal(out.subarray(replica * n, (replica + 1) * n));
  }
}

/**
 * Binomial counts, drawn in the order of the probabilities; a probability outside [0, 1] gives NaN.
 *
 * @param keys (R, 4), see {@link keyHalves}
 * @param p    probabilities (R, n)
 * @param out  counts (R, n); may not be an input
 */
export function binomials(keys: Float64Array, p: Float64Array, { batch, n, trials }: BinomialsParameters, out: Float64Array): void {
  for (let replica = 0; replica < batch; replica += 1) {
    const stream = streamOf(keys, replica);
    for (let i = replica * n; i < (replica + 1) * n; i += 1) {
      const probability = p[i]!;
      out[i] = probability >= 0 && probability <= 1 ? drawBinomial(stream, trials, probability) : Number.NaN;
    }
  }
}

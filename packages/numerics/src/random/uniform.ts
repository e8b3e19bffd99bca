/**
 * @file Uniform doubles from 32-bit words, and the narrow interface through which every distribution draws.
 */

/** What a distribution needs of a stream: words, and the two uniforms. */
export interface UniformSource {
  /** Next word, an integer in [0, 2^32). */
  bits(): number;
  /** Uniform on {0, 1, ..., 2^53 - 1} / 2^53, hence in [0, 1). Two words. */
  uniform(): number;
  /** Uniform on {1/2, 3/2, ..., 2^52 - 1/2} / 2^52, hence in (0, 1), symmetric about 1/2. Two words. */
  uniformOpen(): number;
}

const TWO_TO_26 = 0x4000000;
const TWO_TO_MINUS_52 = 2 ** -52;
const TWO_TO_MINUS_53 = 2 ** -53;

/** [0, 1) from two words: the upper 27 bits of the first, the upper 26 of the second; each step is exact. */
export function halfOpenUnit(first: number, second: number): number {
  return ((first >>> 5) * TWO_TO_26 + (second >>> 6)) * TWO_TO_MINUS_53;
}

/**
 * (0, 1) from two words: midpoints of 2^52 equal cells. One bit less than {@link halfOpenUnit} buys that u and 1 - u are both
 * exact, so that an inverse distribution function is as good in one tail as in the other.
 */
export function openUnit(first: number, second: number): number {
  return ((first >>> 6) * TWO_TO_26 + (second >>> 6) + 0.5) * TWO_TO_MINUS_52;
}

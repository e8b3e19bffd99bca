/** @file Sums of powers of unit complex numbers, the first pass of every harmonic kernel. */

/** Particles summed before the total is touched: keeps the rounding of a sum of n terms near that of a sum of n / 256. */
const BLOCK = 256;

/** Accumulators for {@link momentSums}; index m - 1 holds power m. */
export interface MomentScratch {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly blockRe: Float64Array;
  readonly blockIm: Float64Array;
}

/** Scratch for powers up to `even`, an even number. */
export function momentScratch(even: number): MomentScratch {
  return { re: new Float64Array(even), im: new Float64Array(even), blockRe: new Float64Array(even), blockIm: new Float64Array(even) };
}

/**
 * re[m-1] + i im[m-1] = sum_j (c_j + i s_j)^m for m = 1..even.
 *
 * Two particles at a time, each with a chain of odd and a chain of even powers, so that four independent products are
 * under way: a single chain waits for its own latency and takes twice as long. Powers by repeated products with z^2 err
 * by at most about m ulp (the recurrence through 2 cos theta would err by m^2 ulp near theta = 0). The order of the
 * summation depends on the number of particles only.
 *
 * @param pairs number of pairs; an odd particle is paired with the number 0, which adds nothing
 */
export function momentSums(c: Float64Array, s: Float64Array, pairs: number, even: number, { re, im, blockRe, blockIm }: MomentScratch): void {
  re.fill(0);
  im.fill(0);
  for (let begin = 0; begin < 2 * pairs; begin += BLOCK) {
    const end = Math.min(begin + BLOCK, 2 * pairs);
    blockRe.fill(0);
    blockIm.fill(0);
    for (let i = begin; i < end; i += 2) addPair(c[i]!, s[i]!, c[i + 1]!, s[i + 1]!, even, blockRe, blockIm);
    for (let m = 0; m < even; m += 1) {
      re[m]! += blockRe[m]!;
      im[m]! += blockIm[m]!;
    }
  }
}

/** Adds the powers of z = c0 + i s0 and w = c1 + i s1. In the names: p + iq odd powers, r + it even powers. */
function addPair(c0: number, s0: number, c1: number, s1: number, even: number, re: Float64Array, im: Float64Array): void {
  const d0 = c0 * c0 - s0 * s0;
  const e0 = 2 * c0 * s0;
  const d1 = c1 * c1 - s1 * s1;
  const e1 = 2 * c1 * s1;
  let p0 = c0;
  let q0 = s0;
  let p1 = c1;
  let q1 = s1;
  let r0 = d0;
  let t0 = e0;
  let r1 = d1;
  let t1 = e1;
  for (let m = 0; m < even; m += 2) {
    re[m]! += p0 + p1;
    im[m]! += q0 + q1;
    re[m + 1]! += r0 + r1;
    im[m + 1]! += t0 + t1;
    let x = p0 * d0 - q0 * e0;
    q0 = p0 * e0 + q0 * d0;
    p0 = x;
    x = p1 * d1 - q1 * e1;
    q1 = p1 * e1 + q1 * d1;
    p1 = x;
    x = r0 * d0 - t0 * e0;
    t0 = r0 * e0 + t0 * d0;
    r0 = x;
    x = r1 * d1 - t1 * e1;
    t1 = r1 * e1 + t1 * d1;
    r1 = x;
  }
}

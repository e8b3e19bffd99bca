/** @file Trigonometric series at many points, the second pass of the harmonic drift. */

/** Coefficients W_m = re + i im of powers m = 1..K at index m - 1, padded with zeros to an even number. */
export interface Series {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A series of `even` terms, all zero. */
export function series(even: number): Series {
  return { re: new Float64Array(even), im: new Float64Array(even) };
}

/**
 * out[i] = Im sum_m W_m zeta_i^m with zeta_i = c_i - i s_i: nested multiplication by zeta^2, separately for odd and even powers and for two
 * points at a time, for four independent chains. Backward stable: each coefficient is perturbed by about m ulp.
 */
export function imaginaryParts(c: Float64Array, s: Float64Array, pairs: number, { re, im }: Series, out: Float64Array): void {
  const last = re.length - 2;
  for (let i = 0; i < 2 * pairs; i += 2) {
    const c0 = c[i]!;
    const s0 = -s[i]!;
    const c1 = c[i + 1]!;
    const s1 = -s[i + 1]!;
    const d0 = c0 * c0 - s0 * s0;
    const e0 = 2 * c0 * s0;
    const d1 = c1 * c1 - s1 * s1;
    const e1 = 2 * c1 * s1;
    let p0 = 0;
    let q0 = 0;
    let p1 = 0;
    let q1 = 0;
    let r0 = 0;
    let t0 = 0;
    let r1 = 0;
    let t1 = 0;
    for (let m = last; m >= 0; m -= 2) {
      const odd = re[m]!;
      const oddIm = im[m]!;
      let x = p0 * d0 - q0 * e0 + odd;
      q0 = p0 * e0 + q0 * d0 + oddIm;
      p0 = x;
      x = p1 * d1 - q1 * e1 + odd;
      q1 = p1 * e1 + q1 * d1 + oddIm;
      p1 = x;
      const even = re[m + 1]!;
      const evenIm = im[m + 1]!;
      x = r0 * d0 - t0 * e0 + even;
      t0 = r0 * e0 + t0 * d0 + evenIm;
      r0 = x;
      x = r1 * d1 - t1 * e1 + even;
      t1 = r1 * e1 + t1 * d1 + evenIm;
      r1 = x;
    }
    out[i] = p0 * s0 + q0 * c0 + (r0 * e0 + t0 * d0);
    out[i + 1] = p1 * s1 + q1 * c1 + (r1 * e1 + t1 * d1);
  }
}

/** out[i] = Re sum_m W_m zeta_i^m with zeta_i = c_i - i s_i: the imaginary part for the coefficients i W_m. */
export function realParts(c: Float64Array, s: Float64Array, pairs: number, { re, im }: Series, turned: Series, out: Float64Array): void {
  for (let m = 0; m < re.length; m += 1) {
    turned.re[m] = -im[m]!;
    turned.im[m] = re[m]!;
  }
  imaginaryParts(c, s, pairs, turned, out);
}

/** Powers of unit complex numbers: their sums over particles, and series in them at every particle. Two particles in a vector, two vectors at a time. */

/** Particles summed before the total is touched: keeps the rounding of a sum of n terms near that of a sum of n / 256. */
// @ts-ignore: decorator
@inline
export const BLOCK: i32 = 256;

/** Bytes of the lane-wise accumulators of momentSums. */
// @ts-ignore: decorator
@inline
export function momentScratch(even: i32): i32 {
  return 32 * even;
}

/**
 * sums[2m - 2], sums[2m - 1] = real and imaginary part of sum_j (c_j + i s_j)^m, m = 1..even, over particles from `begin` to before `end`,
 * multiples of four. Odd and even powers are two chains of products with z^2: power m errs by about m ulp.
 */
export function momentSums(c: usize, s: usize, begin: i32, end: i32, even: i32, sums: usize, block: usize): void {
  memory.fill(sums, 0, <usize>even << 4);
  for (; begin < end; begin += BLOCK) {
    const until = min(begin + BLOCK, end);
    memory.fill(block, 0, <usize>even << 5);
    for (let i = begin; i < until; i += 4) {
      const at = <usize>i << 3;
      addPowers(v128.load(c + at), v128.load(s + at), v128.load(c + at, 16), v128.load(s + at, 16), even, block);
    }
    for (let m = 0; m < even; m++) {
      const from = block + (<usize>m << 5);
      const re = v128.load(from);
      const im = v128.load(from, 16);
      const to = sums + (<usize>m << 4);
      v128.store(to, f64x2.add(v128.load(to), f64x2.add(v128.shuffle<f64>(re, im, 0, 2), v128.shuffle<f64>(re, im, 1, 3))));
    }
  }
}

/** In the names: p + iq odd powers, r + it even powers, of the points (c0, s0) and (c1, s1), two each. */
// @ts-ignore: decorator
@inline
function addPowers(c0: v128, s0: v128, c1: v128, s1: v128, even: i32, block: usize): void {
  const d0 = f64x2.sub(f64x2.mul(c0, c0), f64x2.mul(s0, s0));
  const e0 = f64x2.mul(f64x2.add(c0, c0), s0);
  const d1 = f64x2.sub(f64x2.mul(c1, c1), f64x2.mul(s1, s1));
  const e1 = f64x2.mul(f64x2.add(c1, c1), s1);
  let p0 = c0, q0 = s0, p1 = c1, q1 = s1, r0 = d0, t0 = e0, r1 = d1, t1 = e1;
  const end = block + (<usize>even << 5);
  for (let to = block; to < end; to += 64) {
    v128.store(to, f64x2.add(v128.load(to), f64x2.add(p0, p1)));
    v128.store(to, f64x2.add(v128.load(to, 16), f64x2.add(q0, q1)), 16);
    v128.store(to, f64x2.add(v128.load(to, 32), f64x2.add(r0, r1)), 32);
    v128.store(to, f64x2.add(v128.load(to, 48), f64x2.add(t0, t1)), 48);
    let x = f64x2.sub(f64x2.mul(p0, d0), f64x2.mul(q0, e0));
    q0 = f64x2.add(f64x2.mul(p0, e0), f64x2.mul(q0, d0));
    p0 = x;
    x = f64x2.sub(f64x2.mul(p1, d1), f64x2.mul(q1, e1));
    q1 = f64x2.add(f64x2.mul(p1, e1), f64x2.mul(q1, d1));
    p1 = x;
    x = f64x2.sub(f64x2.mul(r0, d0), f64x2.mul(t0, e0));
    t0 = f64x2.add(f64x2.mul(r0, e0), f64x2.mul(t0, d0));
    r0 = x;
    x = f64x2.sub(f64x2.mul(r1, d1), f64x2.mul(t1, e1));
    t1 = f64x2.add(f64x2.mul(r1, e1), f64x2.mul(t1, d1));
    r1 = x;
  }
}

/**
 * out_i = Im sum_m W_m zeta_i^m, zeta_i = c_i - i s_i, for `begin` <= i < `end`, with W interleaved (re, im), m = 1..even: nested multiplication by
 * zeta^2, separately for odd and even powers. Backward stable: each coefficient is perturbed by about m ulp.
 */
export function imaginaryParts(c: usize, s: usize, begin: i32, end: i32, even: i32, series: usize, out: usize): void {
  for (let i = begin; i < end; i += 4) {
    const at = <usize>i << 3;
    const c0 = v128.load(c + at);
    const s0 = f64x2.neg(v128.load(s + at));
    const c1 = v128.load(c + at, 16);
    const s1 = f64x2.neg(v128.load(s + at, 16));
    const d0 = f64x2.sub(f64x2.mul(c0, c0), f64x2.mul(s0, s0));
    const e0 = f64x2.mul(f64x2.add(c0, c0), s0);
    const d1 = f64x2.sub(f64x2.mul(c1, c1), f64x2.mul(s1, s1));
    const e1 = f64x2.mul(f64x2.add(c1, c1), s1);
    let p0 = f64x2.splat(0), q0 = p0, p1 = p0, q1 = p0, r0 = p0, t0 = p0, r1 = p0, t1 = p0;
    for (let from = series + (<usize>(even - 2) << 4); from >= series; from -= 32) {
      const oddRe = v128.load64_splat(from);
      const oddIm = v128.load64_splat(from, 8);
      let x = f64x2.add(f64x2.sub(f64x2.mul(p0, d0), f64x2.mul(q0, e0)), oddRe);
      q0 = f64x2.add(f64x2.add(f64x2.mul(p0, e0), f64x2.mul(q0, d0)), oddIm);
      p0 = x;
      x = f64x2.add(f64x2.sub(f64x2.mul(p1, d1), f64x2.mul(q1, e1)), oddRe);
      q1 = f64x2.add(f64x2.add(f64x2.mul(p1, e1), f64x2.mul(q1, d1)), oddIm);
      p1 = x;
      const evenRe = v128.load64_splat(from, 16);
      const evenIm = v128.load64_splat(from, 24);
      x = f64x2.add(f64x2.sub(f64x2.mul(r0, d0), f64x2.mul(t0, e0)), evenRe);
      t0 = f64x2.add(f64x2.add(f64x2.mul(r0, e0), f64x2.mul(t0, d0)), evenIm);
      r0 = x;
      x = f64x2.add(f64x2.sub(f64x2.mul(r1, d1), f64x2.mul(t1, e1)), evenRe);
      t1 = f64x2.add(f64x2.add(f64x2.mul(r1, e1), f64x2.mul(t1, d1)), evenIm);
      r1 = x;
    }
    v128.store(out + at, f64x2.add(f64x2.add(f64x2.mul(p0, s0), f64x2.mul(q0, c0)), f64x2.add(f64x2.mul(r0, e0), f64x2.mul(t0, d0))));
    v128.store(out + at, f64x2.add(f64x2.add(f64x2.mul(p1, s1), f64x2.mul(q1, c1)), f64x2.add(f64x2.mul(r1, e1), f64x2.mul(t1, d1))), 16);
  }
}

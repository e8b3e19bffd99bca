/**
 * Spherical harmonics at points of S^2, as Y_{k,+-m} = s_{k,m} q_{k,m}(z) Re, Im (x + iy)^m with monic polynomials q in z: their sums over points, and
 * series in them at points. Two points in a vector. Tables run order by order, degrees ascending.
 */

/** Points are padded to a multiple of this, with weight 0. */
// @ts-ignore: decorator
@inline
export const POINTS: i32 = 8;

/** Points summed before the total is touched. */
// @ts-ignore: decorator
@inline
const BLOCK: i32 = 256;

// @ts-ignore: decorator
@inline
export function paddedPoints(n: i32): i32 {
  return (n + POINTS - 1) & ~(POINTS - 1);
}

/** Places of a table of degree K, and one more, which the recurrence reads past the end. */
// @ts-ignore: decorator
@inline
export function places(degree: i32): i32 {
  return ((degree + 1) * (degree + 2)) / 2 + 1;
}

/** x, y, z and weight of the points, each an array of its own. */
export function splitPoints<T>(points: usize, n: i32, out: usize): void {
  const bytes = <usize>paddedPoints(n) << 3;
  memory.fill(out, 0, 4 * bytes);
  for (let i = 0; i < n; i++) {
    const to = out + (<usize>i << 3);
    store<f64>(to, <f64>load<T>(points));
    store<f64>(to + bytes, <f64>load<T>(points, sizeof<T>()));
    store<f64>(to + 2 * bytes, <f64>load<T>(points, 2 * sizeof<T>()));
    store<f64>(to + 3 * bytes, 1);
    points += 3 * sizeof<T>();
  }
}

/** Bytes of scratch of harmonicSums: a vector of real and one of imaginary sums a place. */
export function sumScratch(degree: i32): i32 {
  return 32 * places(degree);
}

/** sums[2t], sums[2t + 1] = sum over n points of q(z) Re, Im (x + iy)^m; the points as splitPoints gives them. */
export function harmonicSums(points: usize, n: i32, degree: i32, fall: usize, sums: usize, block: usize): void {
  const count = places(degree) - 1;
  const all = paddedPoints(n);
  const bytes = <usize>all << 3;
  memory.fill(sums, 0, <usize>count << 4);
  for (let begin = 0; begin < all; begin += BLOCK) {
    const end = min(begin + BLOCK, all);
    memory.fill(block, 0, <usize>count << 5);
    for (let i = begin; i < end; i += POINTS) addPoints(points + (<usize>i << 3), bytes, degree, fall, block);
    for (let t = 0; t < count; t++) {
      const from = block + (<usize>t << 5);
      const re = v128.load(from);
      const im = v128.load(from, 16);
      const to = sums + (<usize>t << 4);
      v128.store(to, f64x2.add(v128.load(to), f64x2.add(v128.shuffle<f64>(re, im, 0, 2), v128.shuffle<f64>(re, im, 1, 3))));
    }
  }
}

/** Re of the next power of x + iy. */
// @ts-ignore: decorator
@inline
function turnedRe(re: v128, im: v128, x: v128, y: v128): v128 {
  return f64x2.sub(f64x2.mul(re, x), f64x2.mul(im, y));
}

// @ts-ignore: decorator
@inline
function turnedIm(re: v128, im: v128, x: v128, y: v128): v128 {
  return f64x2.add(f64x2.mul(re, y), f64x2.mul(im, x));
}

/** Adds eight points. */
function addPoints(at: usize, bytes: usize, degree: i32, fall: usize, block: usize): void {
  const z0 = v128.load(at + 2 * bytes), z1 = v128.load(at + 2 * bytes, 16), z2 = v128.load(at + 2 * bytes, 32), z3 = v128.load(at + 2 * bytes, 48);
  let r0 = v128.load(at + 3 * bytes), r1 = v128.load(at + 3 * bytes, 16), r2 = v128.load(at + 3 * bytes, 32), r3 = v128.load(at + 3 * bytes, 48);
  let i0 = f64x2.splat(0), i1 = i0, i2 = i0, i3 = i0;
  let to = block;
  let g = fall + 8;
  for (let m = 0; m <= degree; m++) {
    let p0 = f64x2.splat(1), p1 = p0, p2 = p0, p3 = p0;
    let b0 = f64x2.splat(0), b1 = b0, b2 = b0, b3 = b0;
    for (let k = m; k <= degree; k++) {
      const re = f64x2.add(f64x2.add(f64x2.mul(p0, r0), f64x2.mul(p1, r1)), f64x2.add(f64x2.mul(p2, r2), f64x2.mul(p3, r3)));
      v128.store(to, f64x2.add(v128.load(to), re));
      const im = f64x2.add(f64x2.add(f64x2.mul(p0, i0), f64x2.mul(p1, i1)), f64x2.add(f64x2.mul(p2, i2), f64x2.mul(p3, i3)));
      v128.store(to, f64x2.add(v128.load(to, 16), im), 16);
      const f = v128.load64_splat(g);
      let next = f64x2.sub(f64x2.mul(z0, p0), f64x2.mul(f, b0));
      b0 = p0;
      p0 = next;
      next = f64x2.sub(f64x2.mul(z1, p1), f64x2.mul(f, b1));
      b1 = p1;
      p1 = next;
      next = f64x2.sub(f64x2.mul(z2, p2), f64x2.mul(f, b2));
      b2 = p2;
      p2 = next;
      next = f64x2.sub(f64x2.mul(z3, p3), f64x2.mul(f, b3));
      b3 = p3;
      p3 = next;
      to += 32;
      g += 8;
    }
    let x = v128.load(at), y = v128.load(at + bytes);
    let re = turnedRe(r0, i0, x, y);
    i0 = turnedIm(r0, i0, x, y);
    r0 = re;
    x = v128.load(at, 16), y = v128.load(at + bytes, 16);
    re = turnedRe(r1, i1, x, y);
    i1 = turnedIm(r1, i1, x, y);
    r1 = re;
    x = v128.load(at, 32), y = v128.load(at + bytes, 32);
    re = turnedRe(r2, i2, x, y);
    i2 = turnedIm(r2, i2, x, y);
    r2 = re;
    x = v128.load(at, 48), y = v128.load(at + bytes, 48);
    re = turnedRe(r3, i3, x, y);
    i3 = turnedIm(r3, i3, x, y);
    r3 = re;
  }
}

/**
 * Velocities of four points at `at`, x, y, z each an array `bytes` long, into `out` in the same form. `series` holds six numbers a place: value and
 * slope in z of the numerator, and the denominator, real and imaginary each. Q = i64 where there is a denominator, i32 where there is none.
 */
export function velocities<Q>(at: usize, bytes: usize, degree: i32, fall: usize, series: usize, out: usize): void {
  const quotient = sizeof<Q>() == 8;
  const z0 = v128.load(at + 2 * bytes), z1 = v128.load(at + 2 * bytes, 16);
  const x0 = v128.load(at), x1 = v128.load(at, 16);
  const y0 = v128.load(at + bytes), y1 = v128.load(at + bytes, 16);
  const zero = f64x2.splat(0);
  let re0 = f64x2.splat(1), re1 = re0, im0 = zero, im1 = zero;
  let lastRe0 = zero, lastRe1 = zero, lastIm0 = zero, lastIm1 = zero;
  let vx0 = zero, vx1 = zero, vy0 = zero, vy1 = zero, vz0 = zero, vz1 = zero, w0 = zero, w1 = zero;
  let g = fall + 8;
  for (let m = 0; m <= degree; m++) {
    let p0 = f64x2.splat(1), p1 = p0, b0 = zero, b1 = zero;
    let a0 = zero, a1 = zero, c0 = zero, c1 = zero, d0 = zero, d1 = zero, e0 = zero, e1 = zero, u0 = zero, u1 = zero, v0 = zero, v1 = zero;
    for (let k = m; k <= degree; k++) {
      let s = v128.load64_splat(series);
      a0 = f64x2.add(a0, f64x2.mul(s, p0));
      a1 = f64x2.add(a1, f64x2.mul(s, p1));
      s = v128.load64_splat(series, 8);
      c0 = f64x2.add(c0, f64x2.mul(s, p0));
      c1 = f64x2.add(c1, f64x2.mul(s, p1));
      s = v128.load64_splat(series, 16);
      d0 = f64x2.add(d0, f64x2.mul(s, p0));
      d1 = f64x2.add(d1, f64x2.mul(s, p1));
      s = v128.load64_splat(series, 24);
      e0 = f64x2.add(e0, f64x2.mul(s, p0));
      e1 = f64x2.add(e1, f64x2.mul(s, p1));
      if (quotient) {
        s = v128.load64_splat(series, 32);
        u0 = f64x2.add(u0, f64x2.mul(s, p0));
        u1 = f64x2.add(u1, f64x2.mul(s, p1));
        s = v128.load64_splat(series, 40);
        v0 = f64x2.add(v0, f64x2.mul(s, p0));
        v1 = f64x2.add(v1, f64x2.mul(s, p1));
      }
      const f = v128.load64_splat(g);
      let next = f64x2.sub(f64x2.mul(z0, p0), f64x2.mul(f, b0));
      b0 = p0;
      p0 = next;
      next = f64x2.sub(f64x2.mul(z1, p1), f64x2.mul(f, b1));
      b1 = p1;
      p1 = next;
      series += 48;
      g += 8;
    }
    const order = f64x2.splat(<f64>m);
    vx0 = f64x2.add(vx0, f64x2.mul(order, f64x2.add(f64x2.mul(a0, lastRe0), f64x2.mul(c0, lastIm0))));
    vx1 = f64x2.add(vx1, f64x2.mul(order, f64x2.add(f64x2.mul(a1, lastRe1), f64x2.mul(c1, lastIm1))));
    vy0 = f64x2.add(vy0, f64x2.mul(order, f64x2.sub(f64x2.mul(c0, lastRe0), f64x2.mul(a0, lastIm0))));
    vy1 = f64x2.add(vy1, f64x2.mul(order, f64x2.sub(f64x2.mul(c1, lastRe1), f64x2.mul(a1, lastIm1))));
    vz0 = f64x2.add(vz0, f64x2.add(f64x2.mul(d0, lastRe0), f64x2.mul(e0, lastIm0)));
    vz1 = f64x2.add(vz1, f64x2.add(f64x2.mul(d1, lastRe1), f64x2.mul(e1, lastIm1)));
    if (quotient) {
      w0 = f64x2.add(w0, f64x2.add(f64x2.mul(u0, re0), f64x2.mul(v0, im0)));
      w1 = f64x2.add(w1, f64x2.add(f64x2.mul(u1, re1), f64x2.mul(v1, im1)));
    }
    lastRe0 = re0;
    lastRe1 = re1;
    lastIm0 = im0;
    lastIm1 = im1;
    re0 = turnedRe(lastRe0, lastIm0, x0, y0);
    re1 = turnedRe(lastRe1, lastIm1, x1, y1);
    im0 = turnedIm(lastRe0, lastIm0, x0, y0);
    im1 = turnedIm(lastRe1, lastIm1, x1, y1);
  }
  store3<Q>(x0, y0, z0, vx0, vy0, vz0, w0, bytes, out);
  store3<Q>(x1, y1, z1, vx1, vy1, vz1, w1, bytes, out + 16);
}

/** The part along the sphere, over the denominator. */
// @ts-ignore: decorator
@inline
function store3<Q>(x: v128, y: v128, z: v128, vx: v128, vy: v128, vz: v128, below: v128, bytes: usize, out: usize): void {
  const along = f64x2.add(f64x2.add(f64x2.mul(x, vx), f64x2.mul(y, vy)), f64x2.mul(z, vz));
  const a = f64x2.sub(vx, f64x2.mul(along, x));
  const b = f64x2.sub(vy, f64x2.mul(along, y));
  const c = f64x2.sub(vz, f64x2.mul(along, z));
  v128.store(out, sizeof<Q>() == 8 ? f64x2.div(a, below) : a);
  v128.store(out + bytes, sizeof<Q>() == 8 ? f64x2.div(b, below) : b);
  v128.store(out + 2 * bytes, sizeof<Q>() == 8 ? f64x2.div(c, below) : c);
}

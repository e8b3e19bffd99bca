/** @file A Gaussian matrix that is drawn only where it is asked: exact in law, and never n x n numbers. */
import type { Stream } from "@mesoscope/numerics";

/** W with N(0, 1) entries, known through its products. Asked the same again it answers the same. */
export interface LazyMatrix {
  /** W v. */
  readonly times: (v: Float64Array) => Float64Array;
  /** W^T c. */
  readonly transposedTimes: (c: Float64Array) => Float64Array;
  /** One matrix (n, n) row-major with all the answers given so far, the rest drawn. For tests: n^2 numbers. */
  readonly completed: () => Float64Array;
}

/** A part smaller than this share of a vector is rounding. */
const NOTHING = 1e-11;

/** Orthonormal vectors of one side, and what the matrix makes of each. */
interface Side {
  readonly basis: Float64Array[];
  readonly images: Float64Array[];
}

/**
 * What is left of an iid Gaussian matrix given W a_k and W^T c_j for orthonormal a_k and c_j is P_c W P_a with the projectors off them, and as Gaussian as before. So W v is known along the a_k,
 * known from W^T c_j along the c_j, and a fresh Gaussian vector off them, times the length of v off the a_k [eq:conditioned-matrix]. Cost n times the number of vectors asked about.
 */
export function lazyMatrix(n: number, stream: Stream): LazyMatrix {
  const right: Side = { basis: [], images: [] };
  const left: Side = { basis: [], images: [] };

  const fresh = (): Float64Array => {
    const out = new Float64Array(n);
    stream.fillNormal(out);
    return out;
  };

  /** The image of a vector of one side, whose other side knows what it knows. */
  const imageOf = (v: Float64Array, own: Side, other: Side): Float64Array => {
    const out = new Float64Array(n);
    const rest = v.slice();
    const whole = Math.sqrt(inner(v, v));
    const shares = new Float64Array(own.basis.length);
    // Twice, since once leaves rounding along the basis.
    for (let pass = 0; pass < 2; pass++) {
      own.basis.forEach((a, k) => {
        const share = inner(a, rest);
        add(rest, -share, a);
        shares[k]! += share;
      });
    }
    own.images.forEach((image, k) => { add(out, shares[k]!, image); });
    const length = Math.sqrt(inner(rest, rest));
    if (!(length > NOTHING * whole) || own.basis.length >= n) return out;
    const a = rest.map((value) => value / length);
    const image = fresh();
    for (const c of other.basis) add(image, -inner(c, image), c);
    other.basis.forEach((c, j) => { add(image, inner(other.images[j]!, a), c); });
    own.basis.push(a);
    own.images.push(image);
    add(out, length, image);
    return out;
  };

  return {
    times: (v) => imageOf(v, right, left),
    transposedTimes: (c) => imageOf(c, left, right),
    completed: () => {
      const rows = Array.from({ length: n }, () => fresh());
      // Off the right basis first, then its images; then the same by columns, where the images of the left basis already hold what they share.
      for (const row of rows) for (const a of right.basis) add(row, -inner(a, row), a);
      right.basis.forEach((a, k) => { rows.forEach((row, i) => { add(row, right.images[k]![i]!, a); }); });
      left.basis.forEach((c, j) => {
        const now = new Float64Array(n);
        rows.forEach((row, i) => { add(now, c[i]!, row); });
        rows.forEach((row, i) => { for (let k = 0; k < n; k++) row[k]! += c[i]! * (left.images[j]![k]! - now[k]!); });
      });
      return Float64Array.from(rows.flatMap((row) => [...row]));
    },
  };
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function add(to: Float64Array, scale: number, a: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += scale * a[i]!;
}

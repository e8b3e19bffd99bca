/** @file A Gaussian matrix that is drawn only where it is asked: exact in law, and never n x n numbers. */
import type { GaussianVectors } from "./gaussian-vectors.js";
import { addCombination, inner, innerProducts } from "./spans.js";

/** W with N(0, 1) entries, known through its products. Asked the same again it answers the same. */
export interface LazyMatrix {
  /** W v. */
  readonly times: (v: Float64Array) => Float64Array;
  /** W^T c. */
  readonly transposedTimes: (c: Float64Array) => Float64Array;
  /** Numbers that are not 0 in vectors of either side by now: the first ones. */
  readonly inUse: { readonly left: () => number; readonly right: () => number };
  /** One matrix row-major with all the answers given so far, the rest drawn. For tests, of `plainVectors`: as many numbers as the matrix has. */
  readonly completed: () => Float64Array;
}

/** A part smaller than this share of a vector is rounding. */
const NOTHING = 1e-11;

/** Vectors that scratch has room for before it grows. */
const ROOM = 64;

/** Orthonormal vectors of one side, and what the matrix makes of each. */
interface Side {
  readonly vectors: GaussianVectors;
  readonly basis: Float64Array[];
  readonly images: Float64Array[];
  /** Scratch. */
  readonly rest: Float64Array;
}

/**
 * What is left of an iid Gaussian matrix given W a_k and W^T c_j for orthonormal a_k and c_j is P_c W P_a with the projectors off them, and as Gaussian as before. So W v is known along the a_k,
 * known from W^T c_j along the c_j, and a fresh Gaussian vector off them, times the length of v off the a_k [eq:conditioned-matrix]. Cost: the numbers of a vector times the vectors asked about.
 *
 * @param leftVectors where fresh vectors on the side of W v come from
 * @param rightVectors and on the side of W^T c
 */
export function lazyMatrix(leftVectors: GaussianVectors, rightVectors: GaussianVectors): LazyMatrix {
  const right: Side = { vectors: rightVectors, basis: [], images: [], rest: new Float64Array(rightVectors.size) };
  const left: Side = { vectors: leftVectors, basis: [], images: [], rest: new Float64Array(leftVectors.size) };
  let [shares, parts, known] = [0, 1, 2].map(() => new Float64Array(ROOM)) as [Float64Array, Float64Array, Float64Array];
  const makeRoom = (count: number): void => {
    if (count > shares.length) [shares, parts, known] = [0, 1, 2].map(() => new Float64Array(2 * count)) as [Float64Array, Float64Array, Float64Array];
  };

  /** The image of a vector of one side, whose other side knows what it knows. */
  const imageOf = (v: Float64Array, own: Side, other: Side): Float64Array => {
    const count = own.basis.length;
    makeRoom(Math.max(count, other.basis.length));
    const { rest } = own;
    const n = own.vectors.inUse();
    const out = new Float64Array(other.vectors.size);
    rest.set(v);
    const whole = Math.sqrt(inner(v, v, n));
    shares.fill(0);
    // Twice, since once leaves rounding along the basis.
    for (let pass = 0; pass < 2; pass++) {
      innerProducts(own.basis, rest, parts, n);
      for (let k = 0; k < count; k++) {
        shares[k]! += parts[k]!;
        parts[k] = -parts[k]!;
      }
      addCombination(rest, parts, own.basis, n);
    }
    addCombination(out, shares, own.images, other.vectors.inUse());
    const length = Math.sqrt(inner(rest, rest, n));
    if (!(length > NOTHING * whole) || count >= own.vectors.dimension) return out;
    const a = rest.map((value) => value / length);
    const image = other.vectors.draw();
    const now = other.vectors.inUse();
    innerProducts(other.images, a, known, n);
    innerProducts(other.basis, image, parts, now);
    for (let j = 0; j < other.basis.length; j++) known[j]! -= parts[j]!;
    addCombination(image, known, other.basis, now);
    own.basis.push(a);
    own.images.push(image);
    add(out, length, image);
    return out;
  };

  return {
    times: (v) => imageOf(v, right, left),
    transposedTimes: (c) => imageOf(c, left, right),
    inUse: { left: leftVectors.inUse, right: rightVectors.inUse },
    completed: () => {
      const rows = Array.from({ length: leftVectors.size }, () => rightVectors.draw());
      // Off the right basis first, then its images; then the same by columns, where the images of the left basis already hold what they share.
      for (const row of rows) for (const a of right.basis) add(row, -inner(a, row, row.length), a);
      right.basis.forEach((a, k) => { rows.forEach((row, i) => { add(row, right.images[k]![i]!, a); }); });
      left.basis.forEach((c, j) => {
        const now = new Float64Array(rightVectors.size);
        rows.forEach((row, i) => { add(now, c[i]!, row); });
        rows.forEach((row, i) => { for (let k = 0; k < row.length; k++) row[k]! += c[i]! * (left.images[j]![k]! - now[k]!); });
      });
      return Float64Array.from(rows.flatMap((row) => [...row]));
    },
  };
}

function add(to: Float64Array, scale: number, a: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += scale * a[i]!;
}

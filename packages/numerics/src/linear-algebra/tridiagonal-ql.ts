/** @file Eigenvalues of a symmetric tridiagonal matrix by the QL iteration with implicit shifts. */

/** Sweeps allowed for one eigenvalue; about two are needed, and no matrix is known to need twenty. */
const MOST_SWEEPS = 60;
const EPS = Number.EPSILON;

/**
 * Overwrites `diagonal` by the eigenvalues, in no particular order, of the tridiagonal matrix with that diagonal and
 * `offDiagonal` (n - 1 entries used, n given; overwritten). Rows of `vectors`, if given, are rotated along: started from
 * the rows of an orthogonal matrix V with V A V^T = T they end as eigenvectors of A, row i for diagonal[i].
 *
 * Error of an eigenvalue: some ulp of the largest. Entries must be within 1e-140 ... 1e140 of each other's scale.
 * @returns false if an eigenvalue did not settle
 * @see Dubrulle, Martin, Wilkinson (1968), Numer. Math. 12, 377 (imtql2)
 */
export function tridiagonalQl(diagonal: Float64Array, offDiagonal: Float64Array, vectors?: Float64Array): boolean {
  const n = diagonal.length;
  const negligible = EPS * EPS * norm(diagonal, offDiagonal);
  for (let first = 0; first < n; first++) {
    for (let sweeps = 0; ; sweeps++) {
      const last = endOfBlock(diagonal, offDiagonal, first, negligible);
      if (last === first) break;
      if (sweeps === MOST_SWEEPS) return false;
      sweep(diagonal, offDiagonal, first, last, vectors);
    }
  }
  return true;
}

function norm(diagonal: Float64Array, offDiagonal: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < diagonal.length; i++) largest = Math.max(largest, Math.abs(diagonal[i]!), Math.abs(offDiagonal[i]!));
  return largest;
}

/** Last index of the block that begins at `first`: the next off-diagonal entry is negligible. */
function endOfBlock(diagonal: Float64Array, offDiagonal: Float64Array, first: number, negligible: number): number {
  let m = first;
  for (; m < diagonal.length - 1; m++) {
    const size = Math.abs(offDiagonal[m]!);
    if (size <= negligible || size <= EPS * (Math.abs(diagonal[m]!) + Math.abs(diagonal[m + 1]!)) / 2) break;
  }
  return m;
}

/** One QL step with Wilkinson's shift on the block first ... last, as rotations that chase the bulge upwards. */
function sweep(d: Float64Array, e: Float64Array, first: number, last: number, vectors: Float64Array | undefined): void {
  const slope = (d[first + 1]! - d[first]!) / (2 * e[first]!);
  const root = Math.sqrt(slope * slope + 1);
  let g = d[last]! - d[first]! + e[first]! / (slope + (slope < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let p = 0;
  for (let i = last - 1; i >= first; i--) {
    const f = sine * e[i]!;
    const b = cosine * e[i]!;
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      // The block splits here by itself.
      d[i + 1]! -= p;
      e[last] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    const shifted = d[i + 1]! - p;
    const across = (d[i]! - shifted) * sine + 2 * cosine * b;
    p = sine * across;
    d[i + 1] = shifted + p;
    g = cosine * across - b;
    if (vectors !== undefined) rotateRows(vectors, d.length, i, sine, cosine);
  }
  d[first]! -= p;
  e[first] = g;
  e[last] = 0;
}

function rotateRows(vectors: Float64Array, n: number, i: number, sine: number, cosine: number): void {
  for (let k = i * n; k < (i + 1) * n; k++) {
    const upper = vectors[k]!;
    const lower = vectors[k + n]!;
    vectors[k + n] = sine * upper + cosine * lower;
    vectors[k] = cosine * upper - sine * lower;
  }
}

/** @file Francis' implicit double-shift QR iteration on an upper Hessenberg matrix, eigenvalues only. */

export interface ComplexNumber {
  readonly real: number;
  readonly imaginary: number;
}

/** Sweeps allowed for one eigenvalue; every tenth takes an exceptional shift, against cycles. */
const MOST_SWEEPS = 60;
const EPS = Number.EPSILON;

/**
 * Eigenvalues of h (n, n), which is destroyed; those found before a failure, fewer than n, if some block does not settle.
 * @see Martin, Peters, Wilkinson (1970), Numer. Math. 14, 219 (hqr)
 */
export function francisEigenvalues(h: Float64Array, n: number): ComplexNumber[] {
  const found: ComplexNumber[] = [];
  const size = h.reduce((sum, entry) => sum + Math.abs(entry), 0);
  let shifted = 0; // taken off the diagonal by exceptional shifts
  let sweeps = 0;
  for (let last = n - 1; last >= 0; ) {
    const first = startOfBlock(h, n, last, size);
    if (first >= last - 1) {
      if (first === last) found.push({ real: h[last * n + last]! + shifted, imaginary: 0 });
      else found.push(...eigenvaluesOfTwo(h, n, last, shifted));
      last = first - 1;
      sweeps = 0;
      continue;
    }
    if (sweeps === MOST_SWEEPS) return found;
    sweeps += 1;
    if (sweeps % 10 === 0) shifted += shiftDiagonal(h, n, last);
    sweep(h, n, first, last, sweeps % 10 === 0 ? exceptionalShifts(h, n, last) : shiftsOfLastBlock(h, n, last));
  }
  return found;
}

/** Two shifts, real or conjugate, as the eigenvalues of [[y, *], [*, x]] with off-diagonal product w. */
interface Shifts {
  readonly x: number;
  readonly y: number;
  readonly w: number;
}

function shiftsOfLastBlock(h: Float64Array, n: number, last: number): Shifts {
  return {
    x: h[last * n + last]!,
    y: h[(last - 1) * n + last - 1]!,
    w: h[last * n + last - 1]! * h[(last - 1) * n + last]!,
  };
}

/** Wilkinson's, of the size of the last two subdiagonal entries and unrelated to the diagonal. */
function exceptionalShifts(h: Float64Array, n: number, last: number): Shifts {
  const scale = Math.abs(h[last * n + last - 1]!) + Math.abs(h[(last - 1) * n + last - 2]!);
  return { x: 0.75 * scale, y: 0.75 * scale, w: -0.4375 * scale * scale };
}

/** First index of the unreduced block that ends at `last`; the entry before it is set to 0. */
function startOfBlock(h: Float64Array, n: number, last: number, size: number): number {
  let k = last;
  for (; k > 0; k--) {
    const around = Math.abs(h[(k - 1) * n + k - 1]!) + Math.abs(h[k * n + k]!);
    if (Math.abs(h[k * n + k - 1]!) <= EPS * (around === 0 ? size : around)) break;
  }
  if (k > 0) h[k * n + k - 1] = 0;
  return k;
}

/** Of the 2 x 2 block that ends at `last`, without cancellation in the larger real one. */
function eigenvaluesOfTwo(h: Float64Array, n: number, last: number, shifted: number): [ComplexNumber, ComplexNumber] {
  const x = h[last * n + last]!;
  const w = h[last * n + last - 1]! * h[(last - 1) * n + last]!;
  const p = (h[(last - 1) * n + last - 1]! - x) / 2;
  const q = p * p + w;
  const root = Math.sqrt(Math.abs(q));
  if (q < 0) {
    const real = x + p + shifted;
    return [{ real, imaginary: -root }, { real, imaginary: root }];
  }
  const z = p < 0 ? p - root : p + root;
  const second = z === 0 ? x : x - w / z;
  return [{ real: x + z + shifted, imaginary: 0 }, { real: second + shifted, imaginary: 0 }];
}

/** The exceptional shift: the last diagonal entry, taken off the diagonal for good. */
function shiftDiagonal(h: Float64Array, n: number, last: number): number {
  const shift = h[last * n + last]!;
  for (let i = 0; i <= last; i++) h[i * n + i]! -= shift;
  return shift;
}

/** One double step on the block first ... last, as reflections of three rows. */
function sweep(h: Float64Array, n: number, first: number, last: number, shifts: Shifts): void {
  const start = startOfSweep(h, n, first, last, shifts);
  let { p, q, r } = start;
  for (let k = start.row; k < last; k++) {
    const three = k < last - 1;
    if (k > start.row) {
      p = h[k * n + k - 1]!;
      q = h[(k + 1) * n + k - 1]!;
      r = three ? h[(k + 2) * n + k - 1]! : 0;
    }
    const scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
    if (scale === 0) continue;
    p /= scale;
    q /= scale;
    r /= scale;
    const norm = Math.sqrt(p * p + q * q + r * r);
    const s = p < 0 ? -norm : norm;
    if (k > start.row) h[k * n + k - 1] = -s * scale;
    else if (start.row > first) h[k * n + k - 1]! *= -1;
    for (let i = k + 1; i <= Math.min(k + 2, last) && k > start.row; i++) h[i * n + k - 1] = 0;
    reflectThree(h, n, first, last, k, three, p + s, q, r, s);
  }
}

/** The reflection of rows and columns k, k + 1, k + 2 by v = (p, q, r), with v v^T / (s p) of norm two. */
function reflectThree(
  h: Float64Array, n: number, first: number, last: number, k: number, three: boolean,
  p: number, q: number, r: number, s: number,
): void {
  const [x, y, z] = [p / s, q / s, r / s];
  const [second, third] = [q / p, r / p];
  for (let j = k; j <= last; j++) {
    let t = h[k * n + j]! + second * h[(k + 1) * n + j]!;
    if (three) {
      t += third * h[(k + 2) * n + j]!;
      h[(k + 2) * n + j]! -= t * z;
    }
    h[(k + 1) * n + j]! -= t * y;
    h[k * n + j]! -= t * x;
  }
  for (let i = first; i <= Math.min(last, k + 3); i++) {
    let t = x * h[i * n + k]! + y * h[i * n + k + 1]!;
    if (three) {
      t += z * h[i * n + k + 2]!;
      h[i * n + k + 2]! -= t * third;
    }
    h[i * n + k + 1]! -= t * second;
    h[i * n + k]! -= t;
  }
}

/** Where two consecutive small subdiagonal entries let the sweep begin, and the first column of the shifted square there. */
function startOfSweep(h: Float64Array, n: number, first: number, last: number, { x, y, w }: Shifts): { row: number; p: number; q: number; r: number } {
  for (let m = last - 2; ; m--) {
    const z = h[m * n + m]!;
    const below = h[(m + 1) * n + m]!;
    // (h^2 - (x + y) h + x y - w) e_m / below
    let p = ((x - z) * (y - z) - w) / below + h[m * n + m + 1]!;
    let q = h[(m + 1) * n + m + 1]! + z - x - y;
    let r = h[(m + 2) * n + m + 1]!;
    const scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
    p /= scale;
    q /= scale;
    r /= scale;
    if (m === first) return { row: m, p, q, r };
    const left = Math.abs(h[m * n + m - 1]!) * (Math.abs(q) + Math.abs(r));
    const right = Math.abs(p) * (Math.abs(h[(m - 1) * n + m - 1]!) + Math.abs(z) + Math.abs(h[(m + 1) * n + m + 1]!));
    if (left <= EPS * right) return { row: m, p, q, r };
  }
}

/** @file Gram-Schmidt on a frame of perturbations, with a ledger of how much each was stretched. */
import { log } from "@mesoscope/numerics";

/** How much each vector of a frame was stretched since the ledger was cleared. */
export interface StretchLedger {
  /** Squared stretch not yet in the logarithm (k): one logarithm serves many tokens. */
  readonly squares: Float64Array;
  /** Logarithm of the stretch so far (k), once {@link settleLedger} was called. */
  readonly logarithms: Float64Array;
  /** Tokens (k) at which nothing of the vector stood out of the rounding of those before it. */
  readonly lost: Float64Array;
  /** Squared length taken from each vector (k) by those before it, in the pass under way. */
  readonly removed: Float64Array;
}

/** Below this share of its length what is left of a vector is rounding: its stretch is then booked as this much, an upper bound. */
const RESOLUTION = 1e-13;
const SQUARED_RESOLUTION = RESOLUTION * RESOLUTION;

export function stretchLedger(count: number): StretchLedger {
  return { squares: new Float64Array(count).fill(1), logarithms: new Float64Array(count), lost: new Float64Array(count), removed: new Float64Array(count) };
}

export function clearLedger({ squares, logarithms, lost }: StretchLedger): void {
  squares.fill(1);
  logarithms.fill(0);
  lost.fill(0);
}

/** Brings the logarithms up to date. */
export function settleLedger({ squares, logarithms }: StretchLedger): void {
  for (let k = 0; k < squares.length; k++) {
    logarithms[k]! += 0.5 * log(squares[k]!);
    squares[k] = 1;
  }
}

/**
 * Makes the k vectors of length n orthonormal in place, by modified Gram-Schmidt, and books each diagonal entry of R.
 *
 * The span of the first j vectors stays what it was up to rounding, and with it the volume that the ledger of the first j tells; a loss of
 * orthogonality by an ill-conditioned frame enters those volumes in second order only.
 *
 * @param frame (k, n), filled with the orthonormal frame; k <= n
 */
export function orthonormalise(frame: Float64Array, count: number, n: number, ledger: StretchLedger): void {
  const { squares, removed } = ledger;
  for (let k = 0; k < count; k++) {
    const at = k * n;
    let square = 0;
    for (let i = 0; i < n; i++) square += frame[at + i]! * frame[at + i]!;
    const whole = square + removed[k]!;
    removed[k] = 0;
    if (square > SQUARED_RESOLUTION * whole && square > SMALLEST) {
      const booked = squares[k]! * square;
      // Far from the ends of the doubles the product goes on; else it becomes a logarithm.
      if (booked > 1e-100 && booked < 1e100) squares[k] = booked;
      else bookLogarithm(ledger, k, square);
      const scale = 1 / Math.sqrt(square);
      for (let i = 0; i < n; i++) frame[at + i]! *= scale;
    } else {
      ledger.lost[k]! += 1;
      bookLogarithm(ledger, k, Math.max(SQUARED_RESOLUTION * whole, SMALLEST));
      replace(frame, k, n);
    }
    removeFromLater(frame, k, count, n, removed);
  }
}

/** A square below this is taken for zero. */
const SMALLEST = 1e-280;

function bookLogarithm({ squares, logarithms }: StretchLedger, k: number, square: number): void {
  logarithms[k]! += 0.5 * (log(squares[k]!) + log(square));
  squares[k] = 1;
}

/** Takes the part along vector k from all later ones; four at a time, as their sums do not wait for each other. */
function removeFromLater(frame: Float64Array, k: number, count: number, n: number, removed: Float64Array): void {
  const at = k * n;
  let j = k + 1;
  for (; j + 3 < count; j += 4) {
    const a = j * n;
    const b = a + n;
    const c = b + n;
    const d = c + n;
    let ra = 0;
    let rb = 0;
    let rc = 0;
    let rd = 0;
    for (let i = 0; i < n; i++) {
      const q = frame[at + i]!;
      ra += q * frame[a + i]!;
      rb += q * frame[b + i]!;
      rc += q * frame[c + i]!;
      rd += q * frame[d + i]!;
    }
    for (let i = 0; i < n; i++) {
      const q = frame[at + i]!;
      frame[a + i]! -= ra * q;
      frame[b + i]! -= rb * q;
      frame[c + i]! -= rc * q;
      frame[d + i]! -= rd * q;
    }
    removed[j]! += ra * ra;
    removed[j + 1]! += rb * rb;
    removed[j + 2]! += rc * rc;
    removed[j + 3]! += rd * rd;
  }
  for (; j < count; j++) {
    const a = j * n;
    let r = 0;
    for (let i = 0; i < n; i++) r += frame[at + i]! * frame[a + i]!;
    for (let i = 0; i < n; i++) frame[a + i]! -= r * frame[at + i]!;
    removed[j]! += r * r;
  }
}

/** Vector k becomes a unit vector orthogonal to those before it: the first axis that keeps at least its share of length beside them. */
function replace(frame: Float64Array, k: number, n: number): void {
  const at = k * n;
  for (let axis = 0; axis < n; axis++) {
    frame.fill(0, at, at + n);
    frame[at + axis] = 1;
    // Twice is enough: the second pass removes what the rounding of the first left.
    const first = removeEarlier(frame, k, n);
    if (first < 0.5 / n) continue;
    const scale = 1 / Math.sqrt(removeEarlier(frame, k, n));
    for (let i = 0; i < n; i++) frame[at + i]! *= scale;
    return;
  }
}

/** Takes the parts along vectors 0 ... k - 1 from vector k; returns the squared length that is left. */
function removeEarlier(frame: Float64Array, k: number, n: number): number {
  const at = k * n;
  for (let j = 0; j < k; j++) {
    let r = 0;
    for (let i = 0; i < n; i++) r += frame[j * n + i]! * frame[at + i]!;
    for (let i = 0; i < n; i++) frame[at + i]! -= r * frame[j * n + i]!;
  }
  let square = 0;
  for (let i = 0; i < n; i++) square += frame[at + i]! * frame[at + i]!;
  return square;
}

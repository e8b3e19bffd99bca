/**
 * @file The attention drift of one replica in its fast form: w_ij = w_ji when Q = K = I, so that every pair needs one scalar product and one
 * exponential instead of two. Rows are done in three plain passes (scores, exponentials, sums), which compilers of JavaScript handle well.
 */
import { exp } from "@mesoscope/numerics";
import type { AttentionParameters } from "../parameters.js";
import { attentionDrift } from "../reference/attention-drift.js";

/** Drift of one replica (n, d); `v` may not be x. */
export type TokenField = (x: Float64Array, v: Float64Array) => void;

/**
 * With one shift for all rows the exponents span 2 |beta|, and a softmax stays exact as long as its largest weight is a normal double. Beyond this |beta|
 * the plain form with the maximum of each row takes over.
 */
const LARGEST_SHARED_BETA = 300;

/** The field of [eq:sa] or [eq:usa] for n tokens. */
export function tokenField(p: AttentionParameters): TokenField {
  const { n, d, beta, flow, causal = false } = p;
  if (causal || Math.abs(beta) > LARGEST_SHARED_BETA) {
    const one = { ...p, batch: 1 };
    return (x, v) => {
      attentionDrift(x, one, v);
    };
  }
  const shift = flow === "SA" ? Math.sign(beta) : (p.shift ?? 0);
  const weights = new Float64Array(n);
  const sums = new Float64Array(n);
  const addRow = d === 2 ? addRow2 : d === 3 ? addRow3 : addRowAny;
  return (x, v) => {
    v.fill(0);
    // The own term adds its weight to the softmax and nothing to the drift.
    for (let i = 0; i < n; i += 1) {
      let square = 0;
      for (let k = i * d; k < (i + 1) * d; k += 1) square += x[k]! * x[k]!;
      sums[i] = flow === "SA" ? exp(beta * (square - shift)) : n;
    }
    for (let i = 0; i + 1 < n; i += 1) {
      scores(x, i, n, d, beta, shift, weights);
      for (let j = i + 1; j < n; j += 1) weights[j] = exp(weights[j]!);
      if (flow === "SA") {
        let sum = 0;
        for (let j = i + 1; j < n; j += 1) {
          const w = weights[j]!;
          sum += w;
          sums[j]! += w;
        }
        sums[i]! += sum;
      }
      addRow(x, i, n, d, weights, v);
    }
    projectAndDivide(x, v, n, d, sums);
  };
}

/** weights[j] = beta (<x_i, x_j> - shift) for j > i. */
function scores(x: Float64Array, i: number, n: number, d: number, beta: number, shift: number, weights: Float64Array): void {
  const at = i * d;
  if (d === 3) {
    const a = x[at]!;
    const b = x[at + 1]!;
    const c = x[at + 2]!;
    for (let j = i + 1; j < n; j += 1) weights[j] = beta * (a * x[3 * j]! + b * x[3 * j + 1]! + c * x[3 * j + 2]! - shift);
    return;
  }
  for (let j = i + 1; j < n; j += 1) {
    let dot = 0;
    for (let k = 0; k < d; k += 1) dot += x[at + k]! * x[j * d + k]!;
    weights[j] = beta * (dot - shift);
  }
}

/** v_i += w (x_j - x_i) and v_j -= w (x_j - x_i) for all j > i. */
type AddRow = (x: Float64Array, i: number, n: number, d: number, weights: Float64Array, v: Float64Array) => void;

const addRow2: AddRow = (x, i, n, _, weights, v) => {
  const a = x[2 * i]!;
  const b = x[2 * i + 1]!;
  let va = v[2 * i]!;
  let vb = v[2 * i + 1]!;
  for (let j = i + 1; j < n; j += 1) {
    const w = weights[j]!;
    const da = w * (x[2 * j]! - a);
    const db = w * (x[2 * j + 1]! - b);
    va += da;
    vb += db;
    v[2 * j]! -= da;
    v[2 * j + 1]! -= db;
  }
  v[2 * i] = va;
  v[2 * i + 1] = vb;
};

const addRow3: AddRow = (x, i, n, _, weights, v) => {
  const a = x[3 * i]!;
  const b = x[3 * i + 1]!;
  const c = x[3 * i + 2]!;
  let va = v[3 * i]!;
  let vb = v[3 * i + 1]!;
  let vc = v[3 * i + 2]!;
  for (let j = i + 1; j < n; j += 1) {
    const w = weights[j]!;
    const da = w * (x[3 * j]! - a);
    const db = w * (x[3 * j + 1]! - b);
    const dc = w * (x[3 * j + 2]! - c);
    va += da;
    vb += db;
    vc += dc;
    v[3 * j]! -= da;
    v[3 * j + 1]! -= db;
    v[3 * j + 2]! -= dc;
  }
  v[3 * i] = va;
  v[3 * i + 1] = vb;
  v[3 * i + 2] = vc;
};

const addRowAny: AddRow = (x, i, n, d, weights, v) => {
  const at = i * d;
  for (let j = i + 1; j < n; j += 1) {
    const w = weights[j]!;
    const key = j * d;
    for (let k = 0; k < d; k += 1) {
      const difference = w * (x[key + k]! - x[at + k]!);
      v[at + k]! += difference;
      v[key + k]! -= difference;
    }
  }
};

function projectAndDivide(x: Float64Array, v: Float64Array, n: number, d: number, sums: Float64Array): void {
  for (let i = 0; i < n; i += 1) {
    const at = i * d;
    let along = 0;
    for (let k = 0; k < d; k += 1) along += x[at + k]! * v[at + k]!;
    for (let k = 0; k < d; k += 1) v[at + k] = (v[at + k]! - along * x[at + k]!) / sums[i]!;
  }
}

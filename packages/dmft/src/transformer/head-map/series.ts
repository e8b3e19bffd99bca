/**
 * @file Truncated power series whose coefficients are small arrays: plane p of a series of `planes` planes holds the coefficient of e^p. With one plane these are plain
 * numbers, with two a value and a tangent, with three a 2-jet; the step of a head is written once for all of them.
 */
import { exp } from "@mesoscope/numerics";


/** out += scale op(a) op(b) for square matrices of n rows, as series; each operand begins at its offset. */
export function addProduct(n: number, planes: number, out: Float64Array, o: number, scale: number, a: Float64Array, i: number, transposeA: boolean, b: Float64Array, j: number, transposeB: boolean): void {
  const size = n * n;
  const [rowA, stepA] = transposeA ? [1, n] : [n, 1];
  const [stepB, columnB] = transposeB ? [1, n] : [n, 1];
  for (let p = 0; p < planes; p++) {
    for (let q = 0; p + q < planes; q++) {
      const [atA, atB, atO] = [i + p * size, j + q * size, o + (p + q) * size];
      for (let r = 0; r < n; r++) {
        for (let c = 0; c < n; c++) {
          let sum = 0;
          for (let k = 0; k < n; k++) sum += a[atA + r * rowA + k * stepA]! * b[atB + k * stepB + c * columnB]!;
          out[atO + r * n + c]! += scale * sum;
        }
      }
    }
  }
}

/** out += scale a b^T for vectors of n entries, as series of (n, n) matrices. */
export function addOuter(n: number, planes: number, out: Float64Array, o: number, scale: number, a: Float64Array, i: number, b: Float64Array, j: number): void {
  for (let p = 0; p < planes; p++) {
    for (let q = 0; p + q < planes; q++) {
      const atO = o + (p + q) * n * n;
      for (let r = 0; r < n; r++) for (let c = 0; c < n; c++) out[atO + r * n + c]! += scale * a[i + p * n + r]! * b[j + q * n + c]!;
    }
  }
}

/** out += scale M b for a matrix (n, n) and a vector (n), as series. */
export function addMatrixVector(n: number, planes: number, out: Float64Array, o: number, scale: number, m: Float64Array, i: number, b: Float64Array, j: number): void {
  for (let p = 0; p < planes; p++) {
    for (let q = 0; p + q < planes; q++) {
      for (let r = 0; r < n; r++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += m[i + p * n * n + r * n + k]! * b[j + q * n + k]!;
        out[o + (p + q) * n + r]! += scale * sum;
      }
    }
  }
}

/** out += scale s b for a number s and a vector (n), as series. */
export function addScaled(n: number, planes: number, out: Float64Array, o: number, scale: number, s: Float64Array, i: number, b: Float64Array, j: number): void {
  for (let p = 0; p < planes; p++) {
    for (let q = 0; p + q < planes; q++) {
      const factor = scale * s[i + p]!;
      for (let r = 0; r < n; r++) out[o + (p + q) * n + r]! += factor * b[j + q * n + r]!;
    }
  }
}

/** out += scale a.b for vectors of n entries, as series of numbers. */
export function addDot(n: number, planes: number, out: Float64Array, o: number, scale: number, a: Float64Array, i: number, b: Float64Array, j: number): void {
  for (let p = 0; p < planes; p++) {
    for (let q = 0; p + q < planes; q++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += a[i + p * n + k]! * b[j + q * n + k]!;
      out[o + p + q]! += scale * sum;
    }
  }
}

/** Softmax of n logits in place, as a series of at most three planes that lie `stride` apart. */
export function softmaxInPlace(n: number, planes: number, stride: number, data: Float64Array, at: number): void {
  let largest = -Infinity;
  for (let k = 0; k < n; k++) largest = Math.max(largest, data[at + k]!);
  let [s0, s1, s2] = [0, 0, 0];
  for (let k = at; k < at + n; k++) {
    const e = exp(data[k]! - largest);
    data[k] = e;
    s0 += e;
    if (planes < 2) continue;
    const first = data[k + stride]!;
    s1 += data[k + stride] = e * first;
    if (planes > 2) s2 += data[k + 2 * stride] = e * (data[k + 2 * stride]! + (first * first) / 2);
  }
  for (let k = at; k < at + n; k++) {
    const value = (data[k]! /= s0);
    if (planes < 2) continue;
    const first = (data[k + stride] = (data[k + stride]! - value * s1) / s0);
    if (planes > 2) data[k + 2 * stride] = (data[k + 2 * stride]! - value * s2 - first * s1) / s0;
  }
}

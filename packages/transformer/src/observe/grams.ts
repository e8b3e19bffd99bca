/** @file Scalar products of rows, on the backend. */
import type { Tensor } from "@mesoscope/kernels";
import type { Batch } from "../device/batch.js";
import type { Factor, Operations } from "../device/operations.js";

/** x x^T / width of every replica, (R, PS, PS). */
export function gram(ops: Operations, { layout }: Batch, x: Factor, width: number, rows: number = layout.sites, scale: number = 1 / width): Tensor {
  const { R } = layout;
  return ops.product({ batch: R, m: rows, k: width, n: rows, a: x, b: { ...x, transposed: true }, scale, out: ops.memory.tensor(R, rows, rows) });
}

/** scale times the sum of squares of each replica, (R, 1, 1). */
export function gramOfAll(ops: Operations, R: number, x: Tensor, length: number, scale: number): Tensor {
  return ops.product({ batch: R, m: 1, k: length, n: 1, a: { of: x }, b: { of: x, transposed: true }, scale, out: ops.memory.tensor(R, 1, 1) });
}

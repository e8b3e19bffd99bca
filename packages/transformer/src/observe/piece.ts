/** @file Part of a recorded quantity: which tensors are read for it, and what they come to. */
import type { Tensor } from "@mesoscope/kernels";
import type { Quantity } from "./quantities.js";

/** Part of a quantity: tensors to read, and what they come to for replica r of the batch, written from `offset` of its row on. */
export interface Piece {
  readonly quantity: Quantity;
  readonly offset: number;
  readonly tensors: readonly Tensor[];
  readonly write: (read: readonly Float64Array[], r: number, out: Float64Array) => void;
}

/** Numbers of a tensor that are copied as they are. */
export function copied(quantity: Quantity, offset: number, tensor: Tensor, length: number): Piece {
  return {
    quantity,
    offset,
    tensors: [tensor],
    write: ([data], r, out) => {
      out.set(data!.subarray(r * length, (r + 1) * length));
    },
  };
}

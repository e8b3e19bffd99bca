/** @file The few operations that networks are made of, each one launch. A tensor is memory; every operation reads it in the shape that it needs. */
import type { Tensor } from "@mesoscope/kernels";
import type { LaunchList, Memory } from "./launches.js";
import { launchList } from "./launches.js";

/** A factor of a product: (batch, rows, columns), one for each of the batch or `shared` by all; with heads `beside` each other (batch / heads, rows, heads, columns). */
export interface Factor {
  readonly of: Tensor;
  readonly transposed?: boolean;
  readonly shared?: boolean;
  readonly beside?: boolean;
}

/** scale op(a) op(b), (batch, m, n) with k summed over, written to `out` or added to it. */
export interface Product {
  readonly batch: number;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly a: Factor;
  readonly b: Factor;
  readonly scale: number;
  readonly out: Tensor;
  readonly add?: boolean;
  /** Heads that the batch counts; default 1. */
  readonly heads?: number;
  /** The heads of the product lie beside each other. */
  readonly beside?: boolean;
}

/** Writes launches into a list. */
export interface Operations {
  readonly memory: Memory;
  readonly list: LaunchList;
  readonly product: (product: Product) => Tensor;
  /** a x + b y, (batch, n); `out` may be y. */
  readonly combine: (of: { batch: number; n: number; a: number; x: Tensor; sharedX?: boolean; b: number; y: Tensor; out: Tensor }) => Tensor;
}

/** Operations that write into a new list. */
export function operations(memory: Memory): Operations {
  const list = launchList();
  return Object.freeze({
    memory,
    list,
    product: ({ batch, m, k, n, a, b, scale, out, add = false, heads = 1, beside = false }: Product) => {
      const flags = { transposeA: a.transposed === true, transposeB: b.transposed === true, shareA: a.shared === true, shareB: b.shared === true };
      const places = { heads, besideA: a.beside === true, besideB: b.beside === true, besideC: beside };
      list.add("matmul", { batch, m, k, n, scale, add, ...flags, ...places }, add ? [a.of, b.of, out] : [a.of, b.of], [out]);
      return out;
    },
    combine: ({ batch, n, a, x, sharedX = false, b, y, out }) => {
      list.add("linear-combination", { batch, n, a, b, shareX: sharedX }, [x, y], [out]);
      return out;
    },
  } satisfies Operations);
}

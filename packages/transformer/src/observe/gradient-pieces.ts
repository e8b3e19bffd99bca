/** @file What is recorded of the derivatives of the outputs: gradient kernels, gates of attention, what comes through keys, tangent kernels. */
import type { Tensor } from "@mesoscope/kernels";
import { trainedGroups } from "../architecture.js";
import type { Batch } from "../device/batch.js";
import type { BackwardSink, WeightGradient } from "../device/backward.js";
import type { Factor, Operations } from "../device/operations.js";
import { gram, gramOfAll } from "./grams.js";
import type { Piece } from "./piece.js";
import { copied } from "./piece.js";
import type { Quantity } from "./quantities.js";

/** A sink for the backward pass from gamma0 n at every output, which appends pieces. */
export function gradientPieces(ops: Operations, batch: Batch, quantities: readonly Quantity[], pieces: Piece[]): BackwardSink {
  const { layout } = batch;
  const { R, P, S, N, H, sites, matrices, network } = layout;
  const wants = (quantity: Quantity): boolean => quantities.includes(quantity);
  const square = sites * sites;
  return {
    weights: (gradient) => {
      if (wants("tangentKernel")) pieces.push(tangentPiece(ops, batch, gradient));
    },
    stream: (l, g) => {
      if (wants("gradients")) pieces.push(copied("gradients", l * square, gram(ops, batch, { of: g }, layout.streamWidth(l)), square));
    },
    logits: (l, gradient) => {
      if (!wants("gates")) return;
      const scale = 1 / (network.scales.branch * N);
      const gate = ops.combine({ batch: matrices, n: S * S, a: scale, x: gradient, b: 0, y: gradient, out: ops.memory.tensor(matrices, S, S) });
      pieces.push(copied("gates", (l - 1) * P * H * S * S, gate, P * H * S * S));
    },
    throughKeys: (l, g) => {
      if (!wants("keyGradient")) return;
      const length = sites * layout.streamWidth(l - 1);
      const b = network.scales.branch;
      const mean = gramOfAll(ops, R, g, length, 1 / (length * b * b));
      pieces.push(copied("keyGradient", l - 1, mean, 1));
    },
  };
}

/** (rate / eta0) <df_mu/dW, df_nu/dW> = (rate / eta0) scale^2 sum_ss' (c_mu,s . c_nu,s') (a_mu,s . a_nu,s'), added to its group. */
function tangentPiece(ops: Operations, batch: Batch, { array, terms, c, a, scale }: WeightGradient): Piece {
  const { layout } = batch;
  const { P, n, network } = layout;
  const { gamma0, eta0 } = network.parameterisation;
  const group = trainedGroups(network.architecture).indexOf(array.group);
  const slope = scale / (gamma0 * n);
  const factor = (array.rate / eta0) * slope * slope;
  const rows = terms / P;
  const side = (x: Factor, width: number): Tensor => gram(ops, batch, x, width, terms, 1);
  const [left, right] = [side(c, array.rows), side(a, array.columns)];
  return {
    quantity: "tangentKernel",
    offset: group * P * P,
    tensors: [left, right],
    write: ([cc, aa], r, out) => {
      for (let i = 0; i < terms; i += 1) {
        for (let j = 0; j < terms; j += 1) {
          const at = (r * terms + i) * terms + j;
          out[Math.floor(i / rows) * P + Math.floor(j / rows)]! += factor * cc![at]! * aa![at]!;
        }
      }
    },
  };
}

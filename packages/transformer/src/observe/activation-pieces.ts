/** @file What is recorded of the forward pass: feature and value kernels, logits, attention, entropy. */
import type { Tensor } from "@mesoscope/kernels";
import { log } from "@mesoscope/numerics";
import type { Batch } from "../device/batch.js";
import type { Operations } from "../device/operations.js";
import { gram } from "./grams.js";
import type { Piece } from "./piece.js";
import { copied } from "./piece.js";
import type { Quantity } from "./quantities.js";

/** Kernels and attention of the last forward pass. */
export function activationPieces(ops: Operations, batch: Batch, quantities: readonly Quantity[]): Piece[] {
  const { layout, activations } = batch;
  const { sites, P, H, S, n } = layout;
  const { stream, blocks } = activations;
  const square = sites * sites;
  const matrices = P * H * S * S;
  const wants = (quantity: Quantity): boolean => quantities.includes(quantity);
  return [
    ...(wants("features") ? stream.map((h, l) => copied("features", l * square, gram(ops, batch, h, layout.streamWidth(l)), square)) : []),
    ...blocks.flatMap((block, l) => [
      ...(wants("values") ? [copied("values", l * square, gram(ops, batch, { of: block.heads }, n), square)] : []),
      ...(wants("logits") ? [copied("logits", l * matrices, block.logits, matrices)] : []),
      ...(wants("attention") ? [copied("attention", l * matrices, block.attention, matrices)] : []),
      ...(wants("entropy") ? [entropyPiece(l * H, block.softmax, batch)] : []),
    ]),
  ];
}

/** -sum_a sigma ln sigma, mean over inputs and tokens, per head. */
function entropyPiece(offset: number, softmax: Tensor, { layout: { P, H, S } }: Batch): Piece {
  return {
    quantity: "entropy",
    offset,
    tensors: [softmax],
    write: ([sigma], r, out) => {
      for (let head = 0; head < H; head += 1) {
        let sum = 0;
        for (let mu = 0; mu < P; mu += 1) {
          const at = ((r * P + mu) * H + head) * S * S;
          for (let i = at; i < at + S * S; i += 1) if (sigma![i]! > 0) sum -= sigma![i]! * log(sigma![i]!);
        }
        out[head] = sum / (P * S);
      }
    },
  };
}

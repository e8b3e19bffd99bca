/** @file How far every coordinate has moved since the start: copies kept on the backend, and the root mean square of the difference. */
import type { Tensor } from "@mesoscope/kernels";
import type { Batch } from "../device/batch.js";
import type { Operations } from "../device/operations.js";
import { operations } from "../device/operations.js";
import { gram, gramOfAll } from "./grams.js";
import type { Piece } from "./piece.js";
import { movementNames } from "./quantities.js";

/** Launches that keep the start, to be run once, and the pieces that compare with it. */
export function movementPieces(ops: Operations, batch: Batch): { remember: Operations; pieces: Piece[] } {
  const { layout, memory } = batch;
  const { R } = layout;
  const remember = operations(memory);
  const [before, now] = [coordinates(remember, batch), coordinates(ops, batch)];
  const pieces = movementNames(layout.network).map((name, offset): Piece => {
    const { length, of } = now.get(name)!;
    const kept = memory.tensor(R, length);
    const start = before.get(name)!.of;
    remember.combine({ batch: R, n: length, a: 1, x: start, b: 0, y: start, out: kept });
    const moved = ops.combine({ batch: R, n: length, a: -1, x: kept, b: 1, y: of, out: memory.scratch("moved", R, length) });
    return {
      quantity: "movement",
      offset,
      tensors: [gramOfAll(ops, R, moved, length, 1 / length)],
      write: ([mean], r, out) => {
        out[0] = Math.sqrt(mean![r]!);
      },
    };
  });
  return { remember, pieces };
}

/** Every coordinate by its name, with its numbers a replica. */
function coordinates(ops: Operations, batch: Batch): Map<string, { of: Tensor; length: number }> {
  const { layout, activations, weights } = batch;
  const { P, S, H, n, sites, network } = layout;
  const found = new Map<string, { of: Tensor; length: number }>();
  const add = (name: string, of: Tensor, length: number): void => {
    found.set(name, { of, length });
  };
  for (const [l, h] of activations.stream.entries()) {
    if (h.shared === true) continue;
    add(`h.${l}`, h.of, sites * layout.streamWidth(l));
    add(`H.${l}`, gram(ops, batch, h, layout.streamWidth(l)), sites * sites);
  }
  for (const [l, block] of activations.blocks.entries()) {
    for (const [name, of] of [["query", block.queries], ["key", block.keys], ["value", block.values], ["heads", block.heads]] as const) add(`${name}.${l + 1}`, of, sites * n);
    for (const [name, of] of [["logits", block.logits], ["attention", block.attention]] as const) add(`${name}.${l + 1}`, of, P * H * S * S);
    if (block.mlp !== undefined) add(`mlp.${l + 1}`, block.mlp.hidden, sites * n);
  }
  add("f", activations.output, P);
  for (const { id, rows, columns, trained } of network.arrays) if (trained) add(`W.${id}`, weights.get(id)!, rows * columns);
  return found;
}

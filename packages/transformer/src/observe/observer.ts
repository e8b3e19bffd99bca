/** @file Writes what is observed of a batch into the arrays of a snapshot: launches on the backend, then the little that is read. */
import type { Batch } from "../device/batch.js";
import type { BackwardSink } from "../device/backward.js";
import { operations } from "../device/operations.js";
import { activationPieces } from "./activation-pieces.js";
import { gradientPieces } from "./gradient-pieces.js";
import { movementPieces } from "./movement-pieces.js";
import type { Piece } from "./piece.js";
import type { Quantity } from "./quantities.js";
import { rowLength } from "./quantities.js";

/** Records the batch, right after a forward pass, into rows first, first + 1, ... of the arrays. */
export type Observer = (values: Readonly<Record<string, Float64Array>>, first: number) => Promise<void>;

/** An observer of these quantities; call it when the batch stands at its start. */
export async function observerOf(batch: Batch, quantities: readonly Quantity[]): Promise<Observer> {
  if (quantities.length === 0) return () => Promise.resolve();
  const { memory, layout } = batch;
  const { backend } = memory;
  const ops = operations(memory);
  const pieces: Piece[] = activationPieces(ops, batch, quantities);
  const runs: (() => void)[] = [];
  if (quantities.includes("movement")) {
    const { remember, pieces: moved } = movementPieces(ops, batch);
    (await memory.prepare(remember.list))();
    pieces.push(...moved);
  }
  runs.push(await memory.prepare(ops.list));
  if (quantities.some((quantity) => ["gradients", "gates", "keyGradient", "tangentKernel"].includes(quantity))) {
    const scale = layout.network.parameterisation.gamma0 * layout.n;
    const seed = memory.filled(new Float64Array(layout.R * layout.P).fill(scale), layout.R, layout.P, 1);
    const sink = (own: ReturnType<typeof operations>): BackwardSink => gradientPieces(own, batch, quantities, pieces);
    runs.push(await memory.prepare(batch.backwardFrom(seed, sink).list));
  }
  const rows = new Map(quantities.map((quantity) => [quantity, rowLength(layout.network, layout.P, quantity)]));
  return async (values, first) => {
    for (const run of runs) run();
    for (const { quantity, offset, tensors, write } of pieces) {
      const read: Float64Array[] = [];
      for (const tensor of tensors) read.push(await backend.read(tensor));
      const row = rows.get(quantity)!;
      for (let r = 0; r < layout.R; r += 1) write(read, r, values[quantity]!.subarray((first + r) * row + offset, (first + r + 1) * row));
    }
  };
}

/** @file Networks in training that are followed by less than their weights, as replicas of a pair. */
import type { Batch, Context, Observable, Replicas } from "@mesoscope/contracts";
import { keyFromWords } from "@mesoscope/numerics";
import type { Key, Outcome } from "@mesoscope/numerics";
import { emptyBatch, fillCurves, settled } from "./trained-networks.js";
import type { OpenBatch } from "./trained-networks.js";
import type { TrainingSetting } from "./training-setting.js";

/** Replicas between two looks at whether the run was aborted. */
const BLOCK = 64;

interface ReducedRun {
  /** f(t) - f(0) (R, T + 1, P). */
  readonly f: Float64Array;
  readonly outcomes: readonly Outcome[];
}

export interface ReducedNetworks<Run extends ReducedRun> {
  readonly train: (replicas: { readonly key: Key; readonly from: number; readonly count: number }) => Run;
  /** Writes what a run gives beside outputs and loss, for `count` replicas from row `done` on. */
  readonly record?: (run: Run, values: OpenBatch["values"], done: number, count: number) => void;
}

/** Outputs and loss at the times of the setting. Replica r is a function of (key, r) alone; one that diverges says at which step, and its rows stay 0. */
export function sampleReduced<Run extends ReducedRun>(setting: TrainingSetting, observables: readonly Observable[], replicas: Replicas, context: Context, { train, record }: ReducedNetworks<Run>): Batch {
  const key = keyFromWords(replicas.key);
  const batch = emptyBatch(observables, replicas.count);
  for (let done = 0; done < replicas.count; done += BLOCK) {
    if (context.signal?.aborted === true) break;
    const count = Math.min(BLOCK, replicas.count - done);
    const run = train({ key, from: replicas.from + done, count });
    for (const { kind, message } of run.outcomes) batch.outcomes.push(kind === "converged" ? { kind: "completed" } : { kind: "diverged", message });
    fillCurves(setting, batch.values, run.f, done, count, (r) => run.outcomes[r]!.kind === "converged");
    record?.(run, batch.values, done, count);
    context.progress?.(done + count, replicas.count);
  }
  return settled(batch, replicas.count);
}

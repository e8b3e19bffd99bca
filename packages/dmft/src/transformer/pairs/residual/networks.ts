/** @file Residual networks in training as replicas of a pair, in blocks of bounded memory. */
import type { Batch, Context, Observable, ReplicaOutcome, Replicas, Size } from "@mesoscope/contracts";
import { observableLength } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { keyFromWords } from "@mesoscope/numerics";
import { ensemble } from "@mesoscope/transformer";
import type { Network, Quantity, Training } from "@mesoscope/transformer";
import type { ResidualSetting } from "./setting.js";

/** Numbers that a block of replicas may hold on the backend at once, weights, gradients and copies together. */
const BLOCK_NUMBERS = 8_000_000;

/** Numbers beyond this are on their way to infinity: their squares have no variance in doubles. */
const RUNAWAY = 1e100;

/** How networks are run, and what of a training becomes values. */
export interface ResidualRun {
  readonly steps: number;
  readonly at: readonly number[];
  readonly observe: readonly Quantity[];
  readonly backend: Backend | undefined;
  /** Writes the values of one replica that stayed finite: row r of the training, row `row` of the batch. */
  readonly record: (of: { readonly training: Training; readonly network: Network; readonly r: number; readonly row: number }, values: Readonly<Record<string, Float64Array>>) => void;
}

/** Replica r is a function of (key, r) alone; one that is no longer finite says at which step, and its rows are left at 0. */
export async function sampleResidual(setting: ResidualSetting, observables: readonly Observable[], size: Size, replicas: Replicas, context: Context, run: ResidualRun): Promise<Batch> {
  const outcomes: ReplicaOutcome[] = [];
  const values = Object.fromEntries(observables.map((one) => [one.id, new Float64Array(replicas.count * observableLength(one))]));
  const sizes = { N: size["N"]!, H: size["H"]!, L: size["L"]! };
  const key = keyFromWords(replicas.key);
  const block = blockOf(sizes, setting, replicas.count);
  for (let done = 0; done < replicas.count; done += block) {
    if (context.signal?.aborted === true) break;
    const count = Math.min(block, replicas.count - done);
    const networks = await ensemble({
      ...setting,
      ...setting.task,
      sizes,
      replicas: { key, from: replicas.from + done, count },
      observe: run.observe,
      ...(run.backend === undefined ? {} : { backend: run.backend }),
    });
    const training = await networks.train({ steps: run.steps, at: run.at });
    networks.close();
    for (const [r, { kind, step }] of training.outcomes.entries()) {
      if (kind === "diverged") outcomes.push({ kind, message: `not finite after ${step === 1 ? "1 step" : `${step!} steps`}` });
      else {
        run.record({ training, network: networks.network, r, row: done + r }, values);
        outcomes.push(ranAway(values, done + r, replicas.count) ? { kind: "diverged", message: `beyond 10¹⁰⁰ within ${run.steps === 1 ? "1 step" : `${run.steps} steps`}` } : { kind: "completed" });
      }
    }
    context.progress?.(done + count, replicas.count);
  }
  while (outcomes.length < replicas.count) outcomes.push({ kind: "diverged", message: "not sampled: the run was aborted" });
  return { outcomes, values };
}

function ranAway(values: Readonly<Record<string, Float64Array>>, row: number, count: number): boolean {
  return Object.values(values).some((all) => all.subarray((row * all.length) / count, ((row + 1) * all.length) / count).some((value) => !(Math.abs(value) < RUNAWAY)));
}

function blockOf({ N, H, L }: { readonly N: number; readonly H: number; readonly L: number }, { architecture }: ResidualSetting, count: number): number {
  const width = N * H;
  const matrices = architecture.mlp === "none" ? 4 : 6;
  return Math.max(1, Math.min(count, Math.floor(BLOCK_NUMBERS / (width * (width + 64) * matrices * L))));
}

/** @file Explicit networks in training as replicas of a pair, in blocks of bounded memory. */
import type { Batch, Context, Observable, ReplicaOutcome, Replicas } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { keyFromWords } from "@mesoscope/numerics";
import { ensemble } from "@mesoscope/transformer";
import type { Architecture, Quantity, Training } from "@mesoscope/transformer";
import { outputId } from "./training-observables.js";
import type { TrainingSetting } from "./training-setting.js";

/** Weights of a block of replicas that are held at once. */
const BLOCK_NUMBERS = 4_000_000;

/** What is trained, and what is recorded beside the outputs. */
export interface TrainedNetworks {
  readonly architecture: Architecture;
  readonly observe?: readonly Quantity[];
  readonly backend?: Backend | undefined;
  /** Writes what a training gives beside outputs and loss, for `count` replicas from row `done` on. */
  readonly record?: (training: Training, values: Readonly<Record<string, Float64Array>>, done: number, count: number) => void;
}

/** Outputs and loss of networks at the times of the setting. Replica r is a function of (key, r) alone; one that diverges says at which step, and its rows stay 0. */
export async function sampleNetworks(setting: TrainingSetting, observables: readonly Observable[], { N, H }: { readonly N: number; readonly H: number }, replicas: Replicas, context: Context, networks: TrainedNetworks): Promise<Batch> {
  const { task, alphaA, descent, times } = setting;
  const { steps, eta0, gamma0 } = descent;
  const { architecture, backend, observe = [], record } = networks;
  const batch = emptyBatch(observables, replicas.count);
  const key = keyFromWords(replicas.key);
  const block = blockOf(N * H, replicas.count);
  for (let done = 0; done < replicas.count; done += block) {
    if (context.signal?.aborted === true) break;
    const count = Math.min(block, replicas.count - done);
    const trained = await ensemble({
      architecture,
      parameterisation: { scheme: "mean-field", alphaA, alphaL: 1, beta0: 1, gamma0, eta0, optimiser: "sgd" },
      sizes: { N, H, L: 1 },
      tokens: { ...task.tokens, x: Float64Array.from(task.tokens.x) },
      targets: task.targets,
      replicas: { key, from: replicas.from + done, count },
      observe,
      ...(backend === undefined ? {} : { backend }),
    });
    const training = await trained.train({ steps, at: observe.length === 0 ? [] : times });
    trained.close();
    training.outcomes.forEach(({ kind, message }) => batch.outcomes.push(kind === "diverged" ? { kind, message } : { kind: "completed" }));
    fillCurves(setting, batch.values, training.outputs, done, count, (r) => training.outcomes[r]!.kind !== "diverged");
    record?.(training, batch.values, done, count);
    context.progress?.(done + count, replicas.count);
  }
  return settled(batch, replicas.count);
}

/** A batch whose replicas come one after the other. */
export interface OpenBatch {
  readonly outcomes: ReplicaOutcome[];
  readonly values: Readonly<Record<string, Float64Array>>;
}

export function emptyBatch(observables: readonly Observable[], count: number): OpenBatch {
  return { outcomes: [], values: Object.fromEntries(observables.map(({ id, grid }) => [id, new Float64Array(count * (grid?.values.length ?? 1))])) };
}

/** Replicas that an aborted run did not come to say so. */
export function settled({ outcomes, values }: OpenBatch, count: number): Batch {
  while (outcomes.length < count) outcomes.push({ kind: "diverged", message: "Not sampled: the run was aborted." });
  return { outcomes, values };
}

/** Outputs (R, T + 1, P) of replicas done, ..., done + count - 1 and their losses at the times of the setting; only of replicas that are whole. */
export function fillCurves({ task: { targets, tokens: { inputs: P } }, times, descent: { steps } }: TrainingSetting, values: OpenBatch["values"], outputs: Float64Array, done: number, count: number, isWhole: (r: number) => boolean): void {
  for (let r = 0; r < count; r++) {
    if (!isWhole(r)) continue;
    times.forEach((t, i) => {
      const row = (done + r) * times.length + i;
      for (let mu = 0; mu < P; mu++) {
        const f = outputs[(r * (steps + 1) + t) * P + mu]!;
        values[outputId(mu)]![row] = f;
        values["loss"]![row]! += ((targets[mu]! - f) * (targets[mu]! - f)) / (2 * P);
      }
    });
  }
}

function blockOf(width: number, count: number): number {
  return Math.max(1, Math.min(count, Math.floor(BLOCK_NUMBERS / (width * (width + 16)))));
}

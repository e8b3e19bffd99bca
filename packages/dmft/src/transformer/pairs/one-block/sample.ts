import type { Batch, Context, Observable, Replicas } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { C2 } from "@mesoscope/transformer";
import type { Training } from "@mesoscope/transformer";
import { blockReplicas } from "../../one-block/block-replicas.js";
import { sampleReduced } from "../reduced-networks.js";
import { sampleNetworks } from "../trained-networks.js";
import type { OpenBatch } from "../trained-networks.js";
import type { TrainingSetting } from "../training-setting.js";

/** Id of the kernel of the pooled values on input mu, counted from 0: "values-1" is the first. */
export function valuesId(mu: number): string {
  return `values-${mu + 1}`;
}

interface BlockSize {
  readonly N: number;
  readonly H: number;
}

/** Outputs, loss and kernels of pooled values of networks whose output projection is drawn where it is asked for. */
export function sampleReducedBlocks(setting: TrainingSetting, observables: readonly Observable[], { N, H }: BlockSize, replicas: Replicas, context: Context): Batch {
  const { task, descent, alphaA, times } = setting;
  const { inputs: P } = task.tokens;
  return sampleReduced(setting, observables, replicas, context, {
    train: (own) => blockReplicas(task, descent, { alphaA, N, H }, own),
    record: ({ values: kernels, outcomes }, values, done, count) => {
      for (let r = 0; r < count; r++) {
        if (outcomes[r]!.kind !== "converged") continue;
        times.forEach((t, i) => {
          for (let mu = 0; mu < P; mu++) values[valuesId(mu)]![(done + r) * times.length + i] = kernels[(r * (descent.steps + 1) + t) * P + mu]!;
        });
      }
    },
  });
}

/** The same of explicit networks. */
export function sampleBlocks(setting: TrainingSetting, observables: readonly Observable[], size: BlockSize, replicas: Replicas, context: Context, backend: Backend | undefined): Promise<Batch> {
  return sampleNetworks(setting, observables, size, replicas, context, { architecture: C2, observe: ["values"], backend, record: (training, values, done, count) => { pool(setting, training, values, done, count); } });
}

/** Vbar_mu,mu = mean over tokens s, s' of V^s: the kernel of mean_s v^s. */
function pool({ task: { tokens: { inputs: P, tokens: S } }, times }: TrainingSetting, { snapshots, outcomes }: Training, values: OpenBatch["values"], done: number, count: number): void {
  const sites = P * S;
  for (let r = 0; r < count; r++) {
    if (outcomes[r]!.kind === "diverged") continue;
    for (let i = 0; i < times.length; i++) {
      const kernel = snapshots[i]!.values.values!;
      for (let mu = 0; mu < P; mu++) {
        let sum = 0;
        for (let s = 0; s < S; s++) for (let u = 0; u < S; u++) sum += kernel[(r * sites + mu * S + s) * sites + mu * S + u]!;
        values[valuesId(mu)]![(done + r) * times.length + i] = sum / (S * S);
      }
    }
  }
}

import type { Batch, Context, ReplicaOutcome, Replicas } from "@mesoscope/contracts";
import { finiteHead, quenchedSizes, sampleReplicas } from "@mesoscope/hopfield-transformer";
import type { ReplicaSeries, SizedFeatures } from "@mesoscope/hopfield-transformer";
import { keyFromWords } from "@mesoscope/numerics";
import type { Key } from "@mesoscope/numerics";
import { keptWindow, sizedClasses } from "./setting.js";
import type { OneBitSetting } from "./setting.js";

/** Replicas between two looks at whether the run was aborted; they do not see each other, so their bytes do not depend on it. */
const BLOCK = 256;

/** Overlaps m^o of `count` replicas of N bits at the times of the grid, exact in distribution. */
export function sampleOneBit(setting: OneBitSetting, bits: number, replicas: Replicas, context: Context): Batch {
  const { network: { features: { features: m } }, times } = setting;
  const key = keyFromWords(replicas.key);
  const values = Object.fromEntries(Array.from({ length: m }, (_, a) => [overlapId(a), new Float64Array(replicas.count * times.length)]));
  const outcomes: ReplicaOutcome[] = [];
  const fixed = setting.quenched ? undefined : sizedClasses(setting, bits);
  const step = setting.quenched ? 1 : BLOCK;
  for (let done = 0; done < replicas.count; done += step) {
    if (context.signal?.aborted === true) break;
    const count = Math.min(step, replicas.count - done);
    const from = replicas.from + done;
    const sized = fixed ?? quenchedSizes(setting.network.features, bits, key.fold("class sizes", from).stream());
    const { values: series } = runOf(setting, sized, key, from, count);
    for (let r = 0; r < count; r++) {
      for (let i = 0; i < times.length; i++) {
        for (let a = 0; a < m; a++) values[overlapId(a)]![(done + r) * times.length + i] = series[(r * times.length + i) * m + a]!;
      }
    }
    for (let r = 0; r < count; r++) outcomes.push({ kind: "completed" });
    context.progress?.(done + count, replicas.count);
  }
  while (outcomes.length < replicas.count) outcomes.push({ kind: "diverged", message: "Not sampled: the run was aborted." });
  return { outcomes, values };
}

/** Id of the overlap with output feature a, counted from 0: "overlap-1" is the first. */
export function overlapId(a: number): string {
  return `overlap-${a + 1}`;
}

function runOf({ network, start, times }: OneBitSetting, sized: SizedFeatures, key: Key, from: number, count: number): ReplicaSeries {
  const { contextLength, beta, gamma, positionalWeight, logitScale } = network;
  const head = finiteHead(sized, { contextLength, beta, gamma, positionalWeight, logitScale });
  return sampleReplicas({ head, key, from, count, start: keptWindow(start, network.features.classes, sized.kept), keep: times });
}

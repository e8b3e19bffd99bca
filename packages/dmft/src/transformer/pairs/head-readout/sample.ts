import type { Batch, Context, Observable, Replicas } from "@mesoscope/contracts";
import { keyFromWords } from "@mesoscope/numerics";
import { headMapReplicas } from "../../head-map/head-map-replicas.js";
import { emptyBatch, fillCurves, settled } from "../trained-networks.js";
import type { HeadReadoutSetting } from "./setting.js";

/** Replicas between two looks at whether the run was aborted. */
const BLOCK = 64;

/** Outputs and loss by the closed map [eq:head-map]: the law of explicit networks, drawn as Gram matrices. */
export function sampleHeadMap(setting: HeadReadoutSetting, observables: readonly Observable[], { N, H }: { readonly N: number; readonly H: number }, replicas: Replicas, context: Context): Batch {
  const { task, descent, alphaA } = setting;
  const key = keyFromWords(replicas.key);
  const batch = emptyBatch(observables, replicas.count);
  for (let done = 0; done < replicas.count; done += BLOCK) {
    if (context.signal?.aborted === true) break;
    const count = Math.min(BLOCK, replicas.count - done);
    const { f, outcomes } = headMapReplicas(task, descent, { alphaA, N, H }, { key, from: replicas.from + done, count });
    for (const { kind, message } of outcomes) batch.outcomes.push(kind === "converged" ? { kind: "completed" } : { kind: "diverged", message });
    fillCurves(setting, batch.values, f, done, count, (r) => outcomes[r]!.kind === "converged");
    context.progress?.(done + count, replicas.count);
  }
  return settled(batch, replicas.count);
}

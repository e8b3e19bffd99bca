import type { Batch, Context, Replicas } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { keyFromWords } from "@mesoscope/numerics";
import { C1, ensemble } from "@mesoscope/transformer";
import { headMap, logitsOf } from "../../head-map/head-map.js";
import { drawnHeads } from "../../head-map/head-states.js";
import { checkedTask } from "../../head-map/training-task.js";
import { emptyBatch, settled } from "../trained-networks.js";
import type { OpenBatch } from "../trained-networks.js";
import { LOGIT_END, LOGIT_START, logitObservables, VARIANCE_END, VARIANCE_START, varianceOver } from "./observed.js";
import type { HeadLogitsSetting } from "./setting.js";

/** Replicas between two looks at whether the run was aborted. */
const BLOCK = 64;

interface At {
  readonly N: number;
  readonly H: number;
}

/** Logits of a network's heads before and after training, by the closed map [eq:head-map]. Replica r is a function of (key, r) alone; one that diverges says at which step. */
export function sampleReducedLogits(setting: HeadLogitsSetting, { N, H }: At, replicas: Replicas, context: Context): Batch {
  const { task, descent, alphaA } = setting;
  const batch = emptyBatch(logitObservables(descent.steps), replicas.count);
  const key = keyFromWords(replicas.key);
  const checked = checkedTask(task);
  for (let r = 0; r < replicas.count; r++) {
    if (r % BLOCK === 0 && context.signal?.aborted === true) break;
    const heads = drawnHeads({ alphaA, N, features: task.tokens.features, heads: H }, key.fold(replicas.from + r));
    const start = logitsOf(checked, heads.B);
    const { logits, outcome } = headMap(task, descent, heads);
    if (outcome.kind === "converged") fill(setting, batch, r, H, start, 0, logits, 0);
    batch.outcomes.push(outcome.kind === "converged" ? { kind: "completed" } : { kind: "diverged", message: outcome.message });
    context.progress?.(r + 1, replicas.count);
  }
  return settled(batch, replicas.count);
}

/** The same of explicit networks, trained on a backend: other draws. */
export async function sampleExplicitLogits(setting: HeadLogitsSetting, { N, H }: At, replicas: Replicas, context: Context, backend: Backend | undefined): Promise<Batch> {
  const { task, descent: { eta0, gamma0, steps }, alphaA } = setting;
  const batch = emptyBatch(logitObservables(steps), replicas.count);
  const key = keyFromWords(replicas.key);
  const { inputs, tokens } = task.tokens;
  for (let done = 0; done < replicas.count; done += BLOCK) {
    if (context.signal?.aborted === true) break;
    const count = Math.min(BLOCK, replicas.count - done);
    const networks = await ensemble({
      architecture: C1,
      parameterisation: { scheme: "mean-field", alphaA, alphaL: 1, beta0: 1, gamma0, eta0, optimiser: "sgd" },
      sizes: { N, H, L: 1 },
      tokens: { ...task.tokens, x: Float64Array.from(task.tokens.x) },
      targets: task.targets,
      replicas: { key, from: replicas.from + done, count },
      observe: ["logits"],
      ...(backend === undefined ? {} : { backend }),
    });
    const { snapshots, outcomes } = await networks.train({ steps, at: [0, steps] });
    networks.close();
    // (R, 1, P, H, S, S) against (H, P, S, S): the first input stands first in both.
    const [start, end] = [snapshots[0]!.values.logits!, snapshots.at(-1)!.values.logits!];
    outcomes.forEach(({ kind, message }, r) => {
      if (kind !== "diverged") fill(setting, batch, done + r, H, start, r * inputs * H * tokens * tokens, end, tokens * tokens);
      batch.outcomes.push(kind === "diverged" ? { kind, message } : { kind: "completed" });
    });
    context.progress?.(done + count, replicas.count);
  }
  return settled(batch, replicas.count);
}

/** @param stride numbers between a head and the next; 0 where arrays are head by head, (H, P, S, S) */
function fill({ place, task: { tokens: { inputs, tokens } } }: HeadLogitsSetting, { values }: OpenBatch, row: number, H: number, start: Float64Array, offset: number, end: Float64Array, stride: number): void {
  const apart = stride === 0 ? inputs * tokens * tokens : stride;
  values[LOGIT_START]![row] = start[offset + place]!;
  values[LOGIT_END]![row] = end[offset + place]!;
  values[VARIANCE_START]![row] = varianceOver(start, offset + place, apart, H);
  values[VARIANCE_END]![row] = varianceOver(end, offset + place, apart, H);
}

/** @file The limit of one block for infinitely many heads, with its numerical error. */
import { limitCurve } from "../head-map/head-map-limit.js";
import type { HeadAverage, LimitCurve } from "../head-map/head-map-limit.js";
import type { HeadStates } from "../head-map/head-states.js";
import type { Descent, Extent, TrainingTask } from "../head-map/training-task.js";
import { narrowHeads, wideHeads } from "./block-heads.js";
import { oneBlock } from "./causal.js";

/**
 * Training of one block with an output projection, H -> inf at width N or N -> inf [eq:one-block]: exact where all heads begin alike (N = "infinite" above alphaA = 1/2, any H), a quadrature over
 * A(0) for N = "infinite" at 1/2 (two features at most), a sample of heads with its standard error elsewhere.
 *
 * @throws DomainError if heads differ and no average is given, if a quadrature is asked for at another N or alphaA, or for ranges
 */
export function oneBlockLimit(task: TrainingTask, descent: Descent, { alphaA, N }: { readonly alphaA: number; readonly N: Extent }, average?: HeadAverage): LimitCurve {
  const { features } = task.tokens;
  const parts = { alphaA, N, features, average, run: (states: HeadStates) => oneBlock(task, descent, wideHeads(states)) };
  if (N === "infinite") return limitCurve(parts);
  return limitCurve({ ...parts, batch: (heads, key) => oneBlock(task, descent, narrowHeads({ alphaA, N, features, heads }, key)) });
}

/** @file The limit of infinitely many heads that are read out directly, with its numerical error. */
import { DomainError, outcome, requireInteger, requireKey } from "@mesoscope/numerics";
import type { Key, Outcome } from "@mesoscope/numerics";
import { headMap } from "./head-map.js";
import { drawnHeads, identicalHeads, quadratureHeads } from "./head-states.js";
import type { HeadStates } from "./head-states.js";
import { checkedAlpha, checkedExtent } from "./training-task.js";
import type { Descent, Extent, TrainingTask } from "./training-task.js";

/** How the average over infinitely many heads is taken; heads that begin alike need no average. */
export type HeadAverage =
  /** Gauss-Hermite nodes a dimension of B(0): N = "infinite", alphaA = 1/2, at most two features. */
  | { readonly kind: "quadrature"; readonly nodes: number }
  /** `batches` independent systems of `heads` drawn heads each: any N. */
  | { readonly kind: "sample"; readonly heads: number; readonly batches: number; readonly key: Key };

export interface LimitCurve {
  /** f(t) - f(0) (steps + 1, P). */
  readonly f: Float64Array;
  /** Numerical error of each: see `errorKind`. */
  readonly error: Float64Array;
  /** `rounding`: some ulp, told as 0. `quadrature`: the difference to two nodes fewer. `standard-error`: over batches; the bias of a batch is of order 1/heads. */
  readonly errorKind: "rounding" | "quadrature" | "standard-error";
  readonly steps: number;
  readonly outcome: Outcome;
}

/**
 * Training in the limit H -> inf at width N: exact where all heads begin alike (N = "infinite" above alphaA = 1/2, where H does not matter), else an average over heads [eq:head-map].
 *
 * @throws DomainError if heads differ and no average is given, if a quadrature is asked for at another N or alphaA, or for ranges
 */
export function headMapLimit(task: TrainingTask, descent: Descent, { alphaA, N }: { readonly alphaA: number; readonly N: Extent }, average?: HeadAverage): LimitCurve {
  const { features } = task.tokens;
  return limitCurve({ alphaA, N, features, average, run: (heads) => headMap(task, descent, heads) });
}

interface RunOfHeads {
  readonly f: Float64Array;
  readonly steps: number;
  readonly outcome: Outcome;
}

interface LimitCurveParts {
  readonly alphaA: number;
  readonly N: Extent;
  readonly features: number;
  readonly average: HeadAverage | undefined;
  readonly run: (heads: HeadStates) => RunOfHeads;
  /** A batch of drawn heads, where that is more than their states. */
  readonly batch?: (heads: number, key: Key) => RunOfHeads;
}

/** One run, two rules or several batches, and what they differ by. */
export function limitCurve({ alphaA, N, features, average, run, batch }: LimitCurveParts): LimitCurve {
  checkedAlpha(alphaA);
  checkedExtent("N", N);
  if (N === "infinite" && alphaA > 0.5) {
    const alike = run(identicalHeads({ alphaA, features, heads: 1 }));
    return { f: alike.f, error: new Float64Array(alike.f.length), errorKind: "rounding", steps: alike.steps, outcome: alike.outcome };
  }
  if (average === undefined) {
    throw new DomainError({ name: "average", value: average, rule: "must be given where heads begin differently", remedy: 'Give { kind: "quadrature", nodes } or { kind: "sample", heads, batches, key }.' });
  }
  if (average.kind === "quadrature") {
    if (N !== "infinite") {
      throw new DomainError({ name: "average.kind", value: average.kind, rule: `must be "sample" at N = ${N}`, remedy: 'Sample the heads, or ask for N = "infinite".' });
    }
    requireInteger("nodes", average.nodes, { min: 3 }, "The error is the difference to two nodes fewer: give at least 3.");
    const [fine, coarse] = [average.nodes, average.nodes - 2].map((nodes) => run(quadratureHeads({ features, nodes }))) as [RunOfHeads, RunOfHeads];
    const steps = Math.min(fine.steps, coarse.steps);
    const f = fine.f.slice(0, (fine.f.length / (fine.steps + 1)) * (steps + 1));
    return { f, error: f.map((value, i) => Math.abs(value - coarse.f[i]!)), errorKind: "quadrature", steps, outcome: fine.steps > steps ? coarse.outcome : fine.outcome };
  }
  const { heads } = average;
  return sampled(average, batch === undefined ? (key) => run(drawnHeads({ alphaA, N, features, heads }, key)) : (key) => batch(heads, key));
}

function sampled({ heads, batches, key }: Extract<HeadAverage, { kind: "sample" }>, run: (key: Key) => RunOfHeads): LimitCurve {
  requireInteger("heads", heads, { min: 1 });
  requireKey("average.key", key);
  requireInteger("batches", batches, { min: 2 }, "A standard error needs at least 2 batches.");
  const runs = Array.from({ length: batches }, (_, batch) => run(key.fold("batch", batch)));
  const steps = Math.min(...runs.map((each) => each.steps));
  const length = (runs[0]!.f.length / (runs[0]!.steps + 1)) * (steps + 1);
  const f = new Float64Array(length);
  const error = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const mean = runs.reduce((sum, each) => sum + each.f[i]!, 0) / batches;
    // In units of the largest deviation: before a divergence squares may be beyond all numbers.
    const largest = runs.reduce((most, each) => Math.max(most, Math.abs(each.f[i]! - mean)), 0);
    const unit = largest === 0 ? 1 : largest;
    const squares = runs.reduce((sum, each) => sum + ((each.f[i]! - mean) / unit) * ((each.f[i]! - mean) / unit), 0);
    f[i] = mean;
    error[i] = largest * Math.sqrt(squares / (batches * (batches - 1)));
  }
  const failed = runs.find((each) => each.steps === steps && each.outcome.kind !== "converged");
  const how = failed === undefined ? runs[0]!.outcome : outcome("diverged", `${runs.filter((each) => each.outcome.kind !== "converged").length} of ${batches} batches: ${failed.outcome.message}`);
  return { f, error, errorKind: "standard-error", steps, outcome: how };
}

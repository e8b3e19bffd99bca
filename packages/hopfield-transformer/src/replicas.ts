/** @file Many runs of the finite system with keyed streams: replica r is the same alone and in any batch. */
import type { Key, Stream } from "@mesoscope/numerics";
import { DomainError, requireInteger } from "@mesoscope/numerics";
import { binomialChain } from "./binomial-chain.js";
import type { FeatureClasses } from "./feature-classes.js";
import type { FiniteHead } from "./finite-head.js";

/** The window that a run starts from. */
export interface StartWindow {
  /** Rows u (l, C) flat, newest first; one row is a first token. */
  readonly u: ArrayLike<number>;
  /** Index of the newest token; default 0. */
  readonly t?: number;
}

/** What {@link sampleReplicas} takes. */
export interface ReplicaRun {
  /** One head for all, or one a replica (quenched features), made from the replica's key. */
  readonly head: FiniteHead | ((replica: Key) => FiniteHead);
  readonly key: Key;
  /** First replica, and how many. */
  readonly from: number;
  readonly count: number;
  /** One start for all, or one drawn for each from a stream of its own. */
  readonly start: StartWindow | ((stream: Stream, head: FiniteHead) => StartWindow);
  /** Which tokens to keep, counted from the start: increasing integers >= 1. */
  readonly keep: ArrayLike<number>;
  /** `overlaps` (default): m^o_a of the token part, (M). `magnetisations`: u_c, (C). */
  readonly observe?: "overlaps" | "magnetisations";
}

/** What replicas showed. */
export interface ReplicaSeries {
  /** (R, T, K): replicas, kept tokens, observables. */
  readonly values: Float64Array;
  readonly shape: readonly [number, number, number];
}

/**
 * Runs replicas from, ..., from + count - 1 of the chain, each on streams keyed by its number, and keeps what was asked for.
 *
 * @throws DomainError for a `keep` that does not increase from 1, or heads that differ in their number of observables
 */
export function sampleReplicas({ head, key, from, count, start, keep, observe = "overlaps" }: ReplicaRun): ReplicaSeries {
  requireInteger("from", from, { min: 0 });
  requireInteger("count", count, { min: 1 });
  const times = requireIncreasing(keep);
  const shared = typeof head === "function" ? undefined : binomialChain(head);
  let values = new Float64Array(0);
  let width = 0;
  for (let r = 0; r < count; r += 1) {
    const own = key.fold("replica", from + r);
    const chain = shared ?? binomialChain((head as (replica: Key) => FiniteHead)(own.fold("features")));
    const { u, window, step } = chain;
    const rows = observe === "overlaps" ? overlapRows(chain.head.network.features) : undefined;
    const kinds = rows === undefined ? u.length : chain.head.network.features.features;
    if (r === 0) {
      width = kinds;
      values = new Float64Array(count * times.length * width);
    } else if (kinds !== width) {
      throw new DomainError({ name: "observables", value: kinds, rule: `must be ${width}, as in the first replica`, remedy: "Classes without bits are left out: observe overlaps instead." });
    }
    const begin = typeof start === "function" ? start(own.fold("start").stream(), chain.head) : start;
    window.startFromWindow(begin.u, begin.t ?? 0);
    const stream = own.fold("tokens").stream();
    let token = 0;
    for (let i = 0; i < times.length; i += 1) {
      for (; token < times[i]!; token += 1) step(stream);
      const at = (r * times.length + i) * width;
      if (rows === undefined) values.set(u, at);
      else project(rows, u, values, at, width);
    }
  }
  return Object.freeze({ values, shape: Object.freeze([count, times.length, width] as const) });
}

/** w_c xi^o_a(c), (M, C): m^o of the token part is this times u, without the factor 1 - eps, [eq:one-bit-overlap]. */
export function overlapRows({ classes, weights, xi }: FeatureClasses): Float64Array {
  return xi.o.map((entry, at) => entry * weights[at % classes]!);
}

function project(rows: Float64Array, u: Float64Array, out: Float64Array, at: number, height: number): void {
  const classes = u.length;
  for (let a = 0; a < height; a += 1) {
    let sum = 0;
    for (let c = 0; c < classes; c += 1) sum += rows[a * classes + c]! * u[c]!;
    out[at + a] = sum;
  }
}

function requireIncreasing(keep: ArrayLike<number>): Float64Array {
  const times = Float64Array.from(keep);
  times.forEach((time, i) => requireInteger(`keep[${i}]`, time, { min: i === 0 ? 1 : times[i - 1]! + 1 }, "Name each token once, in order; the first drawn token is 1."));
  if (times.length === 0) throw new DomainError({ name: "keep", value: keep, rule: "must name at least one token", remedy: "Give the tokens to keep, counted from the start." });
  return times;
}

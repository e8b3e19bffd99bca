/** @file Laws of windows, carried on exactly: what Monte Carlo approaches. */
import { DomainError, requireInteger } from "@mesoscope/numerics";
import type { ExactChain } from "./exact-chain.js";
import { power } from "./exact-chain.js";
import { phaseOf } from "./positional-word.js";

/** The law of a window at one time. */
export interface WindowLaw {
  /** Tokens l in the window. */
  readonly length: number;
  /** Index t of the newest. */
  readonly time: number;
  /** (S^l), indexed as the rows of {@link ExactChain}. */
  readonly law: Float64Array;
}

/** Mean and covariance of K observables. */
export interface Moments {
  readonly mean: Float64Array;
  /** (K, K). */
  readonly covariance: Float64Array;
}

/**
 * The law that knows its window.
 * @param window states, newest first
 * @param t index of the newest token
 */
export function certainWindow({ states, network }: ExactChain, window: readonly number[], t = 0): WindowLaw {
  requireInteger("window.length", window.length, { min: 1, max: network.contextLength }, "Give one state a token, newest first.");
  requireInteger("t", t);
  const law = new Float64Array(power(states, window.length));
  law[window.reduceRight((at, s, d) => at * states + requireInteger(`window[${d}]`, s, { min: 0, max: states - 1 }), 0)] = 1;
  return Object.freeze({ length: window.length, time: t, law });
}

/** The law one token later (or `steps`), [eq:window-kernel]. */
export function propagate(chain: ExactChain, from: WindowLaw, steps = 1): WindowLaw {
  requireInteger("steps", steps, { min: 0 });
  let now = from;
  for (let i = 0; i < steps; i += 1) now = oneStep(chain, now);
  return now;
}

function oneStep({ states, network, kernel }: ExactChain, { length, time, law }: WindowLaw): WindowLaw {
  const rows = kernel(length, phaseOf(time, network.features.positionalBits));
  const full = length === network.contextLength;
  const next = new Float64Array(full ? law.length : law.length * states);
  const remembered = full ? law.length / states : law.length;
  for (let w = 0; w < law.length; w += 1) {
    const weight = law[w]!;
    if (weight === 0) continue;
    const to = (w % remembered) * states;
    for (let s = 0; s < states; s += 1) next[to + s]! += weight * rows[w * states + s]!;
  }
  return Object.freeze({ length: full ? length : length + 1, time: time + 1, law: next });
}

/** Law (S) of the token at a lag in the window; 0, the newest, by default. */
export function tokenLaw({ states }: ExactChain, { law, length }: WindowLaw, lag = 0): Float64Array {
  requireInteger("lag", lag, { min: 0, max: length - 1 });
  const stride = power(states, lag);
  const out = new Float64Array(states);
  for (let w = 0; w < law.length; w += 1) out[Math.floor(w / stride) % states]! += law[w]!;
  return out;
}

/**
 * Mean and covariance of rows u under a law of tokens.
 * @param law (S), see {@link tokenLaw}
 * @param rows (K, C); default the magnetisations themselves. See {@link overlapRows} for m^o.
 */
export function lawMoments({ tokens, states, network: { features: { classes } } }: ExactChain, law: ArrayLike<number>, rows?: Float64Array): Moments {
  const height = rows === undefined ? classes : requireInteger("rows.length / C", rows.length / classes, { min: 1 });
  if (law.length !== states) throw new DomainError({ name: "law.length", value: law.length, rule: `must be S = ${states}`, remedy: "Give the law of one token, see tokenLaw." });
  const values = new Float64Array(states * height);
  for (let s = 0; s < states; s += 1) {
    for (let a = 0; a < height; a += 1) {
      let sum = 0;
      for (let c = 0; c < classes; c += 1) sum += (rows === undefined ? Number(a === c) : rows[a * classes + c]!) * tokens[s * classes + c]!;
      values[s * height + a] = sum;
    }
  }
  const mean = new Float64Array(height);
  for (let s = 0; s < states; s += 1) for (let a = 0; a < height; a += 1) mean[a]! += law[s]! * values[s * height + a]!;
  const covariance = new Float64Array(height * height);
  for (let s = 0; s < states; s += 1) {
    for (let a = 0; a < height; a += 1) {
      for (let b = 0; b < height; b += 1) covariance[a * height + b]! += law[s]! * (values[s * height + a]! - mean[a]!) * (values[s * height + b]! - mean[b]!);
    }
  }
  return Object.freeze({ mean, covariance });
}

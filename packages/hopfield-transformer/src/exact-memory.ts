/** @file Memory of small systems, exactly: the joint law of two tokens some lag apart. */
import { DomainError, requireInteger } from "@mesoscope/numerics";
import type { ExactChain } from "./exact-chain.js";
import { informationOf } from "./memory.js";
import type { WindowLaw } from "./window-law.js";
import { propagate, tokenLaw } from "./window-law.js";

/** Exact memory at lags 0..H. */
export interface ExactMemory {
  /** (H + 1) autocorrelation of the observable, [eq:overlap-memory]. */
  readonly autocorrelation: Float64Array;
  /** (H + 1) mutual information between the observable's values, nats. */
  readonly information: Float64Array;
}

/**
 * Autocorrelation and mutual information of an overlap between the newest token of a law and the tokens up to `horizon` later.
 *
 * @param law of windows, as a rule the stationary one
 * @param row (C): the observable is row . u, one row of {@link overlapRows}
 * @throws DomainError when the observable is constant under the law; with positions the variances differ between phases and the correlation is that of the two tokens
 */
export function exactMemory(chain: ExactChain, law: WindowLaw, { row, horizon }: { row: ArrayLike<number>; horizon: number }): ExactMemory {
  requireInteger("horizon", horizon, { min: 0 });
  const { values, group, groups } = observableOf(chain, row);
  const autocorrelation = new Float64Array(horizon + 1);
  const information = new Float64Array(horizon + 1);
  // One law for each value of the observable now, carried on.
  let conditional = Array.from({ length: groups }, (_, g) => restricted(law, (newest) => group[newest] === g, chain.states));
  const now = conditional.map((part) => part.law.reduce((a, b) => a + b, 0));
  for (let lag = 0; lag <= horizon; lag += 1) {
    const joint = new Float64Array(groups * groups);
    conditional.forEach((part, g) => {
      tokenLaw(chain, part).forEach((weight, s) => (joint[g * groups + group[s]!]! += weight));
    });
    information[lag] = informationOf(joint, groups);
    autocorrelation[lag] = correlation(joint, now, values);
    if (lag < horizon) conditional = conditional.map((part) => propagate(chain, part));
  }
  return Object.freeze({ autocorrelation, information });
}

function restricted({ law, length, time }: WindowLaw, keep: (newest: number) => boolean, states: number): WindowLaw {
  return { length, time, law: law.map((weight, w) => (keep(w % states) ? weight : 0)) };
}

/** The values that row . u takes, ascending, and which of them each state has; closer than 1e-12 is equal. */
function observableOf({ tokens, states, network: { features: { classes } } }: ExactChain, row: ArrayLike<number>): { values: number[]; group: Int32Array; groups: number } {
  const of = Float64Array.from({ length: states }, (_, s) => {
    let sum = 0;
    for (let c = 0; c < classes; c += 1) sum += row[c]! * tokens[s * classes + c]!;
    return sum;
  });
  const values: number[] = [];
  for (const x of of.slice().sort()) if (values.length === 0 || x - values[values.length - 1]! > 1e-12) values.push(x);
  const group = Int32Array.from(of, (x) => values.findIndex((value) => Math.abs(value - x) <= 1e-12));
  return { values, group, groups: values.length };
}

function correlation(joint: Float64Array, now: readonly number[], values: readonly number[]): number {
  const groups = values.length;
  const later = values.map((_, h) => now.reduce((sum, __, g) => sum + joint[g * groups + h]!, 0));
  const mean = (law: readonly number[]): number => law.reduce((sum, weight, g) => sum + weight * values[g]!, 0);
  const [m, l] = [mean(now), mean(later)];
  const variance = (law: readonly number[], centre: number): number => law.reduce((sum, weight, g) => sum + weight * (values[g]! - centre) * (values[g]! - centre), 0);
  const product = variance(now, m) * variance(later, l);
  if (!(product > 0)) throw new DomainError({ name: "variance", value: product, rule: "must be greater than 0", remedy: "Observe something that varies under this law." });
  return joint.reduce((sum, weight, at) => sum + weight * (values[Math.floor(at / groups)]! - m) * (values[at % groups]! - l), 0) / Math.sqrt(product);
}

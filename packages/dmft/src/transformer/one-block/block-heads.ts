/** @file The heads of one block with an output projection: their attention at the beginning, and the population of their values. */
import { DomainError, requireInteger, requireKey } from "@mesoscope/numerics";
import type { Key } from "@mesoscope/numerics";
import { drawnHeads } from "../head-map/head-states.js";
import type { HeadStates } from "../head-map/head-states.js";
import { checkedAlpha } from "../head-map/training-task.js";
import { gaussianPopulation } from "../matrix-rule/gaussian-population.js";
import { gramPopulation } from "../matrix-rule/gram-population.js";
import type { Population } from "../matrix-rule/population.js";

export interface BlockHeads {
  /** Attention at the beginning: B, Q2, K2 count; C, b, a are not used, as the read-out is not the head's own. */
  readonly states: HeadStates;
  /** A new population of their values, the same at every call, for a training of so many steps. */
  readonly population: (steps: number) => Population;
}

/** Heads of infinite width: averages over the components of a head are expectations. States from `identicalHeads`, `quadratureHeads` or `drawnHeads` with N = "infinite". */
export function wideHeads(states: HeadStates): BlockHeads {
  if (states.N !== "infinite") {
    throw new DomainError({ name: "states.N", value: states.N, rule: 'must be "infinite"', remedy: "Heads of finite width have fluctuating Gram matrices: use `narrowHeads`." });
  }
  return { states, population: () => gaussianPopulation(states.weights) };
}

export interface NarrowHeads {
  readonly alphaA: number;
  readonly N: number;
  readonly features: number;
  /** Heads drawn, even: they come in antithetic pairs. */
  readonly heads: number;
}

/**
 * Directions of the read-out with less than this much of its variance are not told apart. A sample of M heads knows the response to a direction only up to some 1/sqrt(M N), however small
 * the direction: noise that the training would amplify. What is left out changes kernels by about as much as is dropped here, far less than any sample resolves.
 */
const SAME_DIRECTION = 1e-6;

/**
 * A sample of heads of width N, the second of each pair with the backward noise of the first reversed. Head h depends on the key and on h alone.
 *
 * @throws DomainError for an odd number of heads, and for ranges
 */
export function narrowHeads({ alphaA, N, features, heads }: NarrowHeads, key: Key): BlockHeads {
  checkedAlpha(alphaA);
  requireInteger("heads", heads, { min: 2 });
  if (heads % 2 !== 0) throw new DomainError({ name: "heads", value: heads, rule: "must be even", remedy: "Heads come in antithetic pairs." });
  const half = drawnHeads({ alphaA, N, features, heads: heads / 2 }, requireKey("key", key).fold("attention"));
  return {
    states: {
      ...half,
      heads,
      weights: new Float64Array(heads).fill(1 / heads),
      B: twice(half.B, heads),
      Q2: twice(half.Q2, heads),
      K2: twice(half.K2, heads),
      C: twice(half.C, heads),
      b: twice(half.b, heads),
      a: twice(half.a, heads),
    },
    population: (steps) =>
      gramPopulation({ N, members: heads, columns: features + steps + 1, mirrored: features, tolerance: SAME_DIRECTION, key: key.fold("values") }),
  };
}

/** Each head twice in a row. */
function twice(each: Float64Array, heads: number): Float64Array {
  const size = (2 * each.length) / heads;
  return Float64Array.from({ length: heads * size }, (_, i) => each[Math.floor(Math.floor(i / size) / 2) * size + (i % size)]!);
}

/** @file Weights of single networks and of ensembles: drawn from streams keyed by replica and array, or given. */
import type { Key } from "@mesoscope/numerics";
import { DomainError, requireFinite, requireInteger, requireKey, requireMemory } from "@mesoscope/numerics";
import type { Network, WeightArray } from "./network.js";

/** Arrays by their id, each (rows, columns) row-major; for an ensemble (R, rows, columns). */
export type Weights = Readonly<Record<string, Float64Array>>;

/** Which networks: those numbered from, ..., from + count - 1 under a key, or given weights. */
export type Replicas =
  | { readonly key: Key; readonly from: number; readonly count: number }
  /** Raw weights of `count` networks, each array (R, rows, columns), before their multipliers. */
  | { readonly weights: Readonly<Record<string, ArrayLike<number>>>; readonly count: number };

/**
 * The weights of one network: normal numbers from `key.fold("replica", replica).fold(id)`, times the standard deviation of the array.
 * @throws DomainError for a replica that is no integer >= 0, no key, and weights of more than 4 GiB
 */
export function drawWeights(network: Network, key: Key, replica: number): Weights {
  requireInteger("replica", replica, { min: 0 });
  requireMemory("the weights of one network", 8 * weightsOf(network), SMALLER);
  const own = requireKey("key", key).fold("replica", replica);
  return Object.freeze(Object.fromEntries(network.arrays.map((array) => [array.id, drawArray(array, own, new Float64Array(array.rows * array.columns))])));
}

/** How an error of memory ends. */
export const SMALLER = "Take smaller N, H or L, or fewer replicas at a time.";

/** Numbers in the weights of one network. */
export function weightsOf({ arrays }: Network): number {
  return arrays.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
}

function drawArray({ id, standardDeviation }: WeightArray, own: Key, out: Float64Array): Float64Array {
  own.fold(id).stream().fillNormal(out);
  if (standardDeviation !== 1) for (let i = 0; i < out.length; i += 1) out[i]! *= standardDeviation;
  return out;
}

/**
 * One array of replicas begin, ..., end - 1 of an ensemble, (end - begin, rows, columns).
 * @throws DomainError for given weights that lack the array, or have another size
 */
export function ensembleArray(replicas: Replicas, array: WeightArray, begin: number, end: number): Float64Array {
  const size = array.rows * array.columns;
  const out = new Float64Array((end - begin) * size);
  if ("key" in replicas) {
    for (let r = begin; r < end; r += 1) drawArray(array, replicas.key.fold("replica", replicas.from + r), out.subarray((r - begin) * size, (r - begin + 1) * size));
    return out;
  }
  const given = replicas.weights[array.id]!;
  for (let i = 0; i < out.length; i += 1) out[i] = given[begin * size + i]!;
  return out;
}

/** @throws DomainError for replicas that do not fit the network */
export function checkReplicas(network: Network, replicas: Replicas): void {
  requireInteger("replicas.count", replicas.count, { min: 1 });
  if ("key" in replicas) {
    requireKey("replicas.key", replicas.key);
    requireInteger("replicas.from", replicas.from, { min: 0 });
    return;
  }
  // Plain JavaScript may give neither.
  if (typeof (replicas as { weights?: unknown }).weights !== "object") throw new DomainError({ name: "replicas", value: Object.keys(replicas).sort().join(", "), rule: "must have a key or weights", remedy: "Give { key, from, count }, or { weights, count }." });
  const ids = network.arrays.map(({ id }) => id);
  for (const id of Object.keys(replicas.weights).sort()) {
    if (!ids.includes(id)) throw new DomainError({ name: `weights["${id}"]`, value: id, rule: "is no array of this network", remedy: `Give ${ids.join(", ")}.` });
  }
  for (const { id, rows, columns } of network.arrays) {
    const given = replicas.weights[id];
    const size = replicas.count * rows * columns;
    if (given?.length !== size) {
      throw new DomainError({ name: `weights["${id}"].length`, value: given?.length, rule: `must be ${size}: (${replicas.count}, ${rows}, ${columns})`, remedy: "Give the raw weights of every replica, before multipliers." });
    }
    for (let i = 0; i < size; i += 1) requireFinite(`weights["${id}"][${i}]`, given[i]!);
  }
}

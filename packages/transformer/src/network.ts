/** @file A network as data: architecture, scales and sizes put together, with the list of its weight arrays. Everything that computes reads this. */
import { DomainError, requireInteger } from "@mesoscope/numerics";
import type { Architecture, Sizes, WeightGroup } from "./architecture.js";
import { checkedArchitecture, groupsOf, trainedGroups } from "./architecture.js";
import type { GroupScale, Parameterisation, Scales } from "./parameterisation.js";
import { checkedParameterisation, scalesOf } from "./parameterisation.js";

/** One array of weights, rows by columns, row-major. */
export interface WeightArray {
  /** Its name in weights, gradients, records and streams: `readIn`, `query.1`, ..., `readOut`; blocks count from 1. */
  readonly id: string;
  readonly group: WeightGroup;
  /** Its block from 1 to L; 0 for read-in and positions, L + 1 for the read-out. */
  readonly block: number;
  readonly rows: number;
  readonly columns: number;
  /** Drawn from a normal law with this standard deviation. */
  readonly standardDeviation: number;
  /** What W is multiplied by on the way forward. */
  readonly multiplier: number;
  readonly rate: number;
  readonly trained: boolean;
}

/** What {@link network} takes. */
export interface NetworkInput {
  readonly architecture: Architecture;
  readonly parameterisation: Parameterisation;
  readonly sizes: Sizes;
  /** S and D. */
  readonly tokens: number;
  readonly features: number;
}

/** A network without its weights. */
export interface Network extends NetworkInput {
  /** n = NH. */
  readonly width: number;
  readonly scales: Scales;
  /** From the input to the output. */
  readonly arrays: readonly WeightArray[];
}

/** A list of so many blocks still is no work. */
const MOST_BLOCKS = 100_000;
/** The square of this is a number of weights that doubles count exactly. */
const MOST_WIDTH = 2 ** 26;

/**
 * A network of these sizes, checked, with shapes, standard deviations, multipliers and rates of all its weights [eq:transformer-scales].
 * @throws DomainError for what does not fit together, L > 100,000 and NH > 2^26
 */
export function network({ architecture, parameterisation, sizes, tokens, features }: NetworkInput): Network {
  const checked = checkedArchitecture(architecture);
  checkedParameterisation(parameterisation);
  for (const axis of ["N", "H"] as const) requireInteger(axis, sizes[axis], { min: 1 });
  requireInteger("L", sizes.L, { min: 1, max: MOST_BLOCKS }, `Give at most ${MOST_BLOCKS} blocks: each has weights of its own.`);
  requireInteger("tokens", tokens, { min: 1 });
  requireInteger("features", features, { min: 1 });
  const { N, H, L } = sizes;
  const width = requireInteger("n = NH", N * H, { max: MOST_WIDTH });
  const { readIn, skip } = checked;
  if (readIn === "identity" && skip && features !== width) {
    throw new DomainError({ name: "features", value: features, rule: `must be n = NH = ${width}: without a read-in the skip connection adds tokens to values`, remedy: "Take a read-in, or no skip connection." });
  }
  const scales = scalesOf(parameterisation, sizes, skip ? L : (parameterisation.base?.L ?? 1));
  const trained = trainedGroups(checked);
  const has = groupsOf(checked);
  const array = (group: WeightGroup, block: number, rows: number, columns: number, scale: GroupScale): WeightArray[] =>
    has.includes(group) ? [weightArray({ group, block, rows, columns, scale, trained: trained.includes(group), edge: block === 0 || block === L + 1 })] : [];
  const { edgeIn, positions, queryKey, bulk, readOut } = scales;
  const blocks = Array.from({ length: L }, (_, l) => {
    const block = l + 1;
    const from = readIn === "identity" && l === 0 ? features : width;
    return [
      ...array("query", block, width, from, queryKey),
      ...array("key", block, width, from, queryKey),
      ...array("value", block, width, from, bulk),
      ...array("output", block, width, width, bulk),
      ...array("mlpIn", block, width, width, bulk),
      ...array("mlpOut", block, width, width, bulk),
    ];
  });
  const arrays = [...array("readIn", 0, width, features, edgeIn), ...array("positions", 0, tokens, width, positions), ...blocks.flat(), ...array("readOut", L + 1, 1, width, readOut)];
  return Object.freeze({ architecture: Object.freeze({ ...checked }), parameterisation: Object.freeze({ ...parameterisation }), sizes: Object.freeze({ N, H, L }), tokens, features, width, scales, arrays: Object.freeze(arrays) });
}

function weightArray(of: { group: WeightGroup; block: number; rows: number; columns: number; scale: GroupScale; trained: boolean; edge: boolean }): WeightArray {
  const { group, block, rows, columns, scale, trained, edge } = of;
  const root = Math.sqrt(columns);
  return Object.freeze({
    id: edge ? group : `${group}.${block}`,
    group,
    block,
    rows,
    columns,
    standardDeviation: scale.fanIn === "deviation" ? scale.standardDeviation / root : scale.standardDeviation,
    multiplier: scale.fanIn === "multiplier" ? scale.factor / root : scale.factor,
    rate: scale.rate,
    trained,
  });
}

/** The array of that name, `undefined` where the network has none. */
export function weightArrayOf({ arrays }: Network, id: string): WeightArray | undefined {
  return arrays.find((array) => array.id === id);
}

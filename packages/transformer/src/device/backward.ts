/**
 * @file The backward pass of a batch of replicas as launches: from numbers e_mu at the outputs to sum_mu e_mu df_mu/dW for every array of
 * weights, block by block. What becomes of them is the sink's business.
 */
import type { Tensor } from "@mesoscope/kernels";
import { NORM_EPSILON } from "../architecture.js";
import type { WeightArray } from "../network.js";
import { weightArrayOf } from "../network.js";
import type { Activations, BlockActivations, Constants, WeightTensors } from "./forward.js";
import { arrayAndTensor, hidden } from "./forward.js";
import type { Layout } from "./layout.js";
import type { Factor, Operations } from "./operations.js";

/** sum_mu e_mu df_mu/dW = scale c^T a, with c (R, terms, rows) and a (R, terms, columns). Both are gone after the sink returns. */
export interface WeightGradient {
  readonly array: WeightArray;
  readonly terms: number;
  readonly c: Factor;
  readonly a: Factor;
  readonly scale: number;
}

/** Who takes what the backward pass finds, by writing further launches. A sink may change the weights: they are no longer needed. */
export interface BackwardSink {
  readonly weights: (gradient: WeightGradient) => void;
  /** sum e df/dh^l (R, PS, width), l = L, ..., 0. Asks for the derivative by the inputs of a network without read-in, too. */
  readonly stream?: (l: number, g: Tensor) => void;
  /** sum e df/dA (R P H, S, S) of block l. */
  readonly logits?: (l: number, gradient: Tensor) => void;
  /** What comes to the layer below block l through its keys, (R, PS, width). */
  readonly throughKeys?: (l: number, g: Tensor) => void;
}

/** Everything that the backward pass reads. */
export interface BackwardInput {
  readonly ops: Operations;
  readonly layout: Layout;
  readonly weights: WeightTensors;
  readonly constants: Constants;
  readonly activations: Activations;
  /** e (R, P, 1). */
  readonly seed: Tensor;
  readonly sink: BackwardSink;
}

/** Writes the backward pass. */
export function backwardPass(input: BackwardInput): void {
  const { layout, sink, constants } = input;
  const { architecture, sizes } = layout.network;
  let g = readOutBackward(input);
  sink.stream?.(sizes.L, g);
  for (let l = sizes.L; l >= 1; l -= 1) {
    const block = input.activations.blocks[l - 1]!;
    if (block.mlp !== undefined) g = mlpBackward(input, block.mlp, l, g);
    const below = attentionBackward(input, block, l, g);
    if (below === undefined) return;
    g = below;
    sink.stream?.(l - 1, g);
  }
  if (architecture.readIn === "identity") return;
  const { network, sites } = layout;
  const edge = (id: string, c: Factor, a: Factor): void => {
    const array = weightArrayOf(network, id);
    if (array?.trained === true) sink.weights({ array, terms: sites, c, a, scale: array.multiplier });
  };
  edge("readIn", { of: g }, { of: constants.x, shared: true });
  edge("positions", { of: constants.places, shared: true }, { of: g });
}

function readOutBackward({ ops, layout, weights, constants, activations, seed, sink }: BackwardInput): Tensor {
  const { R, P, S, n, sites, network } = layout;
  const { memory } = ops;
  const { array, w } = arrayAndTensor(layout, weights, "readOut");
  const pooled = ops.product({ batch: R, m: P, k: 1, n, a: { of: seed }, b: { of: w }, scale: array.multiplier, out: memory.scratch("pooled", R, P, n) });
  if (array.trained) sink.weights({ array, terms: P, c: { of: seed }, a: { of: activations.pooled }, scale: array.multiplier });
  let g = ops.product({ batch: R * P, m: S, k: 1, n, a: { of: constants.ones, transposed: true, shared: true }, b: { of: pooled }, scale: 1 / S, out: memory.scratch("stream", R, sites, n) });
  const { siteNonlinearity, layerNorm } = network.architecture;
  if (siteNonlinearity !== "none") {
    const out = memory.scratch("stream, other", R, sites, n);
    ops.list.add("activation-backward", { batch: R, n: sites * n, name: siteNonlinearity }, [activations.last, g], [out]);
    g = out;
  }
  if (!layerNorm) return g;
  const out = memory.scratch("stream, normed", R, sites, n);
  normaliseBackward(ops, layout, activations.stream.at(-1)!.of, g, n, out);
  return out;
}

function mlpBackward(input: BackwardInput, mlp: NonNullable<BlockActivations["mlp"]>, l: number, g: Tensor): Tensor {
  const { ops, layout, weights, sink } = input;
  const { R, n, sites, network } = layout;
  const { memory } = ops;
  const second = arrayAndTensor(layout, weights, `mlpOut.${l}`);
  const scale = second.array.multiplier * network.scales.branch;
  const after = ops.product({ batch: R, m: sites, k: n, n, a: { of: g }, b: { of: second.w }, scale, out: memory.scratch("projection", R, sites, n) });
  if (second.array.trained) sink.weights({ array: second.array, terms: sites, c: { of: g }, a: { of: mlp.hidden }, scale });
  const before = memory.scratch("before", R, sites, n);
  const { mlp: name } = network.architecture;
  if (name !== "none") ops.list.add("activation-backward", { batch: R, n: sites * n, name }, [mlp.before, after], [before]);
  return branchBackward(input, {
    stream: { of: mlp.stream },
    width: n,
    g,
    read: { of: mlp.input },
    paths: [{ id: `mlpIn.${l}`, c: before }],
    name: `mlp ${l}`,
  });
}

/** The derivative by the stream below block l; `undefined` where nobody needs it. */
function attentionBackward(input: BackwardInput, block: BlockActivations, l: number, g: Tensor): Tensor | undefined {
  const { ops, layout, weights, sink } = input;
  const { R, S, N, H, n, sites, matrices, network } = layout;
  const { memory } = ops;
  const { scales, architecture } = network;
  let mixed = g;
  if (architecture.outputProjection) {
    const { array, w } = arrayAndTensor(layout, weights, `output.${l}`);
    const scale = array.multiplier * scales.branch;
    mixed = ops.product({ batch: R, m: sites, k: n, n, a: { of: g }, b: { of: w }, scale, out: memory.scratch("projection", R, sites, n) });
    if (array.trained) sink.weights({ array, terms: sites, c: { of: g }, a: { of: block.heads }, scale });
  }
  const branch = architecture.outputProjection ? 1 : scales.branch;
  const perHead = (name: string, matrix: Factor, rows: Tensor, scale: number): Tensor =>
    ops.product({ batch: matrices, heads: H, m: S, k: S, n: N, a: matrix, b: { of: rows, beside: true }, scale, out: memory.scratch(name, R, sites, n), beside: true });
  const values = perHead("d values", { of: block.attention, transposed: true }, mixed, branch);
  const logits = logitsBackward(input, block, mixed, branch);
  sink.logits?.(l, logits);
  const queries = perHead("d queries", { of: logits }, block.keys, scales.logits);
  const keys = perHead("d keys", { of: logits, transposed: true }, block.queries, scales.logits);
  const paths = [{ id: `value.${l}`, c: values }, { id: `query.${l}`, c: queries }, { id: `key.${l}`, c: keys }];
  const width = layout.streamWidth(l - 1);
  if (sink.throughKeys !== undefined) {
    const { array, w } = arrayAndTensor(layout, weights, `key.${l}`);
    sink.throughKeys(l, ops.product({ batch: R, m: sites, k: n, n: width, a: { of: keys }, b: { of: w }, scale: array.multiplier, out: memory.scratch("through keys", R, sites, width) }));
  }
  const wanted = l > 1 || sink.stream !== undefined || trainsBelow(layout);
  if (!wanted) {
    for (const { id, c } of paths) weightGradient(input, id, c, block.input);
    return undefined;
  }
  return branchBackward(input, { stream: input.activations.stream[l - 1]!, width, g, read: block.input, paths, name: `attention ${l}` });
}

/** Hands the gradient of a matrix that read `a` for every site to the sink. */
function weightGradient({ layout, sink }: BackwardInput, id: string, c: Tensor, a: Factor): void {
  const array = weightArrayOf(layout.network, id)!;
  if (array.trained) sink.weights({ array, terms: layout.sites, c: { of: c }, a, scale: array.multiplier });
}

function trainsBelow({ network }: Layout): boolean {
  return network.arrays.some(({ block, trained }) => block === 0 && trained);
}

function logitsBackward({ ops, layout, constants }: BackwardInput, block: BlockActivations, heads: Tensor, branch: number): Tensor {
  const { S, N, H, matrices, network } = layout;
  const { memory } = ops;
  const weights = ops.product({ batch: matrices, heads: H, m: S, k: N, n: S, a: { of: heads, beside: true }, b: { of: block.values, beside: true, transposed: true }, scale: branch, out: memory.scratch("d attention", matrices, S, S) });
  if (network.architecture.attention !== "linear") {
    const logits = memory.scratch("d logits", matrices, S, S);
    ops.list.add("row-softmax-backward", { batch: matrices, n: S, m: S }, [block.softmax, weights], [logits]);
    return logits;
  }
  return constants.seen === undefined ? weights : hidden(ops, layout, constants.seen, weights, memory.scratch("d logits", matrices, S, S));
}

/** One branch whose derivatives come back along several matrices that read the same rows. */
interface Branch {
  readonly stream: Factor;
  readonly width: number;
  /** Derivative by the stream above; changed in place where the branch is added to the stream. */
  readonly g: Tensor;
  /** The rows that all of them read. */
  readonly read: Factor;
  readonly paths: readonly { readonly id: string; readonly c: Tensor }[];
  readonly name: string;
}

function branchBackward(input: BackwardInput, { stream, width, g, read, paths, name }: Branch): Tensor {
  const { ops, layout, weights } = input;
  const { R, sites, network } = layout;
  const { skip, layerNorm } = network.architecture;
  const { memory } = ops;
  const intoStream = skip && !layerNorm;
  const below = intoStream ? g : memory.scratch(`below ${skip ? "" : name}`, R, sites, width);
  for (const [i, { id, c }] of paths.entries()) {
    const { array, w } = arrayAndTensor(layout, weights, id);
    ops.product({ batch: R, m: sites, k: array.rows, n: width, a: { of: c }, b: { of: w }, scale: array.multiplier, out: below, add: intoStream || i > 0 });
    // Right after its product a matrix is still in the cache, and no longer needed as it was.
    weightGradient(input, id, c, read);
  }
  if (!layerNorm) return below;
  const normed = memory.scratch(`normed ${skip ? "" : name}`, R, sites, width);
  normaliseBackward(ops, layout, stream.of, below, width, normed, stream.shared === true);
  return skip ? ops.combine({ batch: R, n: sites * width, a: 1, x: normed, b: 1, y: g, out: g }) : normed;
}

function normaliseBackward(ops: Operations, { R, sites }: Layout, x: Tensor, g: Tensor, width: number, out: Tensor, shared = false): void {
  // The inputs themselves are one for all replicas: each replica gets a copy of its own.
  const own = shared ? ops.memory.tensor(R, sites, width) : x;
  if (shared) ops.combine({ batch: R, n: sites * width, a: 1, x, sharedX: true, b: 0, y: g, out: own });
  ops.list.add("row-normalise-backward", { batch: R, n: sites, m: width, epsilon: NORM_EPSILON }, [own, g], [out]);
}

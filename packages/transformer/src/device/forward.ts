/** @file The forward pass of a batch of replicas as launches [eq:transformer-block, eq:transformer-output]. */
import type { Tensor } from "@mesoscope/kernels";
import type { Activation } from "../architecture.js";
import { NORM_EPSILON } from "../architecture.js";
import type { WeightArray } from "../network.js";
import { weightArrayOf } from "../network.js";
import type { Layout } from "./layout.js";
import type { Factor, Operations } from "./operations.js";

/** What does not change: inputs, the place of each token, the mean over tokens. */
export interface Constants {
  /** x (1, PS, D). */
  readonly x: Tensor;
  /** (1, PS, S): one at the place of the token. */
  readonly places: Tensor;
  /** (1, 1, S): ones. */
  readonly ones: Tensor;
  /** 1 - 1/S, (1, S S), of shaped attention. */
  readonly shape: Tensor;
  /** (R P H, S S): 1 where the key is seen, -1 where not; only for causal linear attention. */
  readonly seen: Tensor | undefined;
}

/** What the backward pass needs of one block. */
export interface BlockActivations {
  /** What the heads read, (R, PS, width below). */
  readonly input: Factor;
  /** (R, PS, n), heads beside each other. */
  readonly queries: Tensor;
  readonly keys: Tensor;
  readonly values: Tensor;
  /** (R P H, S, S). */
  readonly logits: Tensor;
  readonly softmax: Tensor;
  readonly attention: Tensor;
  /** v^s (R, PS, n). */
  readonly heads: Tensor;
  /** With an MLP: the stream between the branches, what the MLP reads, before and after its nonlinearity. */
  readonly mlp: { readonly stream: Tensor; readonly input: Tensor; readonly before: Tensor; readonly hidden: Tensor } | undefined;
}

/** What the backward pass needs. */
export interface Activations {
  /** h^0, ..., h^L, (R, PS, width). */
  readonly stream: readonly Factor[];
  readonly blocks: readonly BlockActivations[];
  /** What the site nonlinearity reads. */
  readonly last: Tensor;
  /** Mean over tokens (R, P, n). */
  readonly pooled: Tensor;
  /** f (R, P, 1), not centred. */
  readonly output: Tensor;
}

/** Arrays of weights on the backend, by id. */
export type WeightTensors = ReadonlyMap<string, Tensor>;

/** W of an array and its tensor. */
export function arrayAndTensor({ network }: Layout, weights: WeightTensors, id: string): { array: WeightArray; w: Tensor } {
  return { array: weightArrayOf(network, id)!, w: weights.get(id)! };
}

/** Writes the forward pass. */
export function forwardPass(ops: Operations, layout: Layout, weights: WeightTensors, constants: Constants): Activations {
  const { R, P, S, n, network } = layout;
  const { memory } = ops;
  const { architecture, sizes } = network;
  const stream: Factor[] = [readIn(ops, layout, weights, constants)];
  const blocks: BlockActivations[] = [];
  for (let l = 1; l <= sizes.L; l += 1) {
    const attended = attentionBranch(ops, layout, weights, constants, stream[l - 1]!, l);
    const mlp = architecture.mlp === "none" ? undefined : mlpBranch(ops, layout, weights, attended.stream, l, architecture.mlp);
    blocks.push({ ...attended.activations, mlp: mlp?.activations });
    stream.push({ of: mlp?.stream ?? attended.stream });
  }
  const top = stream[sizes.L]!.of;
  const last = architecture.layerNorm ? normalise(ops, layout, top, n) : top;
  const { siteNonlinearity } = architecture;
  const read = siteNonlinearity === "none" ? last : activate(ops, layout, siteNonlinearity, last);
  const pooled = ops.product({ batch: R * P, m: 1, k: S, n, a: { of: constants.ones, shared: true }, b: { of: read }, scale: 1 / S, out: memory.tensor(R, P, n) });
  const { array, w } = arrayAndTensor(layout, weights, "readOut");
  const output = ops.product({ batch: R, m: P, k: n, n: 1, a: { of: pooled }, b: { of: w, transposed: true }, scale: array.multiplier, out: memory.tensor(R, P, 1) });
  return { stream, blocks, last, pooled, output };
}

function readIn(ops: Operations, layout: Layout, weights: WeightTensors, { x, places }: Constants): Factor {
  const { R, S, n, sites, network } = layout;
  if (network.architecture.readIn === "identity") return { of: x, shared: true };
  const h = linear(ops, layout, weights, "readIn", { of: x, shared: true }, 1, ops.memory.tensor(R, sites, n));
  if (network.architecture.positions) {
    const { array, w } = arrayAndTensor(layout, weights, "positions");
    ops.product({ batch: R, m: sites, k: S, n, a: { of: places, shared: true }, b: { of: w }, scale: array.multiplier, out: h, add: true });
  }
  return { of: h };
}

/** scale multiplier W a for every site, (R, PS, rows). */
function linear(ops: Operations, layout: Layout, weights: WeightTensors, id: string, a: Factor, scale: number, out: Tensor): Tensor {
  const { array, w } = arrayAndTensor(layout, weights, id);
  return ops.product({ batch: layout.R, m: layout.sites, k: array.columns, n: array.rows, a, b: { of: w, transposed: true }, scale: scale * array.multiplier, out });
}

function attentionBranch(ops: Operations, layout: Layout, weights: WeightTensors, constants: Constants, below: Factor, l: number): { activations: Omit<BlockActivations, "mlp">; stream: Tensor } {
  const { R, S, N, H, n, sites, matrices, network } = layout;
  const { memory } = ops;
  const { scales, architecture } = network;
  const input = architecture.layerNorm ? normalisedFactor(ops, layout, below, layout.streamWidth(l - 1)) : below;
  const project = (name: string): Tensor => linear(ops, layout, weights, `${name}.${l}`, input, 1, memory.tensor(R, sites, n));
  const [queries, keys, values] = [project("query"), project("key"), project("value")];
  const logits = ops.product({ batch: matrices, heads: H, m: S, k: N, n: S, a: { of: queries, beside: true }, b: { of: keys, beside: true, transposed: true }, scale: scales.logits, out: memory.tensor(matrices, S, S) });
  const { softmax, attention } = attentionMatrices(ops, layout, constants, logits);
  const heads = ops.product({ batch: matrices, heads: H, m: S, k: S, n: N, a: { of: attention }, b: { of: values, beside: true }, scale: 1, out: memory.tensor(R, sites, n), beside: true });
  const branch = architecture.outputProjection
    ? { of: linear(ops, layout, weights, `output.${l}`, { of: heads }, scales.branch, memory.tensor(R, sites, n)), scale: 1 }
    : { of: heads, scale: scales.branch };
  return { activations: { input, queries, keys, values, logits, softmax, attention, heads }, stream: joined(ops, layout, below, branch) };
}

/** The stream after a branch: old + scale branch, or scale branch alone. */
function joined(ops: Operations, { R, n, sites, network }: Layout, below: Factor, branch: { of: Tensor; scale: number }): Tensor {
  const all = sites * n;
  if (!network.architecture.skip) {
    if (branch.scale === 1) return branch.of;
    return ops.combine({ batch: R, n: all, a: branch.scale, x: branch.of, b: 0, y: branch.of, out: ops.memory.tensor(R, sites, n) });
  }
  // A projected branch is needed no more and takes the sum; the heads themselves are kept.
  const out = branch.scale === 1 && network.architecture.outputProjection ? branch.of : ops.memory.tensor(R, sites, n);
  return ops.combine({ batch: R, n: all, a: 1, x: below.of, sharedX: below.shared === true, b: branch.scale, y: branch.of, out });
}

function attentionMatrices(ops: Operations, layout: Layout, constants: Constants, logits: Tensor): { softmax: Tensor; attention: Tensor } {
  const { S, matrices, network } = layout;
  const { attention, causal } = network.architecture;
  const out = (): Tensor => ops.memory.tensor(matrices, S, S);
  if (attention === "linear") {
    const masked = constants.seen === undefined ? logits : hidden(ops, layout, constants.seen, logits, out());
    return { softmax: masked, attention: masked };
  }
  const softmax = out();
  ops.list.add("row-softmax", { batch: matrices, n: S, m: S, causal }, [logits], [softmax]);
  if (attention === "softmax") return { softmax, attention: softmax };
  return { softmax, attention: ops.combine({ batch: matrices, n: S * S, a: 1, x: constants.shape, sharedX: true, b: 1, y: softmax, out: out() }) };
}

/** Zero where the key is not seen: the derivative of a rectifier at +-1 is the mask. */
export function hidden(ops: Operations, { S, matrices }: Layout, seen: Tensor, x: Tensor, out: Tensor): Tensor {
  ops.list.add("activation-backward", { batch: matrices, n: S * S, name: "relu" }, [seen, x], [out]);
  return out;
}

function mlpBranch(ops: Operations, layout: Layout, weights: WeightTensors, below: Tensor, l: number, name: Activation): { activations: NonNullable<BlockActivations["mlp"]>; stream: Tensor } {
  const { R, n, sites, network } = layout;
  const input = network.architecture.layerNorm ? normalise(ops, layout, below, n) : below;
  const before = linear(ops, layout, weights, `mlpIn.${l}`, { of: input }, 1, ops.memory.tensor(R, sites, n));
  const hiddenLayer = activate(ops, layout, name, before);
  const branch = linear(ops, layout, weights, `mlpOut.${l}`, { of: hiddenLayer }, network.scales.branch, ops.memory.tensor(R, sites, n));
  const stream = network.architecture.skip ? ops.combine({ batch: R, n: sites * n, a: 1, x: below, b: 1, y: branch, out: branch }) : branch;
  return { activations: { stream: below, input, before, hidden: hiddenLayer }, stream };
}

function activate(ops: Operations, { R, n, sites }: Layout, name: Activation, x: Tensor): Tensor {
  const out = ops.memory.tensor(R, sites, n);
  ops.list.add("activation", { batch: R, n: sites * n, name }, [x], [out]);
  return out;
}

function normalise(ops: Operations, { R, sites }: Layout, x: Tensor, width: number): Tensor {
  return normalisedFactor(ops, { R, sites }, { of: x }, width).of;
}

function normalisedFactor(ops: Operations, { R, sites }: Pick<Layout, "R" | "sites">, x: Factor, width: number): Factor {
  const batch = x.shared === true ? 1 : R;
  const out = ops.memory.tensor(batch, sites, width);
  ops.list.add("row-normalise", { batch, n: sites, m: width, epsilon: NORM_EPSILON }, [x.of], [out]);
  return { of: out, shared: x.shared === true };
}

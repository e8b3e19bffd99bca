/** @file One batch of replicas on a backend: weights, a forward pass, a step, and what else is run on the same memory. */
import type { Backend, Dtype, Tensor } from "@mesoscope/kernels";
import type { Network } from "../network.js";
import type { Tokens } from "../tokens.js";
import type { Replicas } from "../weights.js";
import { ensembleArray } from "../weights.js";
import type { BackwardSink } from "./backward.js";
import { backwardPass } from "./backward.js";
import { descentOf, gradientBuffers } from "./descent.js";
import type { Activations, Constants } from "./forward.js";
import { forwardPass } from "./forward.js";
import type { Memory } from "./launches.js";
import { memoryOn } from "./launches.js";
import type { Layout } from "./layout.js";
import { layoutOf } from "./layout.js";
import type { Operations } from "./operations.js";
import { operations } from "./operations.js";

/** What a batch is made of. */
export interface BatchInput {
  readonly backend: Backend;
  readonly dtype: Dtype;
  readonly network: Network;
  readonly tokens: Tokens & { readonly x: Float64Array };
  readonly targets: Float64Array;
  readonly replicas: Replicas;
  /** Replicas begin, ..., end - 1 of those. */
  readonly begin: number;
  readonly end: number;
}

/** A batch that stands at some step. */
export interface Batch {
  readonly layout: Layout;
  readonly memory: Memory;
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly activations: Activations;
  /** Runs the forward pass. */
  readonly forward: () => void;
  /** From the forward pass to the weights after step t = 1, 2, ... */
  readonly descend: (t: number) => void;
  /** A copy of f (R, P, 1) as of the last forward pass; the caller frees it. */
  readonly output: () => Tensor;
  /** f at the start (R, P), which outputs are centred by. */
  readonly start: Float64Array;
  /** dloss/dW of every trained array, by id. */
  readonly gradients: () => Promise<Map<string, Float64Array>>;
  /** A list in which the backward pass from numbers e (R, P, 1) goes to a sink that writes into the same list. */
  readonly backwardFrom: (seed: Tensor, sink: (ops: Operations) => BackwardSink) => Operations;
}

/** Puts a batch on a backend and runs it forward once. */
export async function batchOn(input: BatchInput): Promise<Batch> {
  const { backend, dtype, network, tokens, targets, begin, end } = input;
  const memory = memoryOn(backend, dtype);
  const layout = layoutOf(network, end - begin, tokens.inputs);
  const { R, P } = layout;
  const weights = new Map(network.arrays.map((array) => [array.id, memory.filled(ensembleArray(input.replicas, array, begin, end), R, array.rows, array.columns)] as const));
  const constants = constantsOf(memory, layout, tokens.x);
  const ops = operations(memory);
  const activations = forwardPass(ops, layout, weights, constants);
  const forward = await memory.prepare(ops.list);
  forward();
  const start = await backend.read(activations.output);

  // e = (y + f(0)) - f: centred outputs meet their targets.
  const aim = memory.filled(start.map((f, i) => targets[i % P]! + f), R, P);
  const errors = memory.tensor(R, P, 1);
  const writeErrors = (of: Operations): Tensor => of.combine({ batch: R, n: P, a: -1, x: activations.output, b: 1, y: aim, out: errors });
  const pass = (of: Operations, seed: Tensor, sink: BackwardSink): void => {
    backwardPass({ ops: of, layout, weights, constants, activations, seed, sink });
  };
  const step = operations(memory);
  const descent = descentOf(network.parameterisation.optimiser, { ops: step, network, weights, R, P });
  pass(step, writeErrors(step), { weights: descent.take });
  descent.finish();
  const runStep = await memory.prepare(step.list);

  const copies = operations(memory);
  let copy = activations.output;
  copies.list.add("linear-combination", { batch: R, n: P, a: 1, b: 0, shareX: false }, [activations.output, activations.output], [() => copy]);
  const runCopy = await memory.prepare(copies.list);
  let gradientsOnce: Promise<() => Promise<Map<string, Float64Array>>> | undefined;
  const gradientReader = async (): Promise<() => Promise<Map<string, Float64Array>>> => {
    const own = operations(memory);
    const { take, gradients } = gradientBuffers({ ops: own, R, P });
    pass(own, writeErrors(own), { weights: take });
    const run = await memory.prepare(own.list);
    return async () => {
      run();
      const read = new Map<string, Float64Array>();
      for (const [id, { gradient }] of gradients) read.set(id, await backend.read(gradient));
      return read;
    };
  };
  return {
    layout,
    memory,
    weights,
    activations,
    forward,
    start,
    descend: (t) => {
      descent.beforeStep(t);
      runStep();
    },
    output: () => {
      copy = backend.alloc(dtype, [R, P]);
      runCopy();
      return copy;
    },
    gradients: async () => (await (gradientsOnce ??= gradientReader()))(),
    backwardFrom: (seed, sink) => {
      const own = operations(memory);
      pass(own, seed, sink(own));
      return own;
    },
  };
}

function constantsOf(memory: Memory, { R, P, S, D, H, sites, network }: Layout, x: Float64Array): Constants {
  const { attention, causal } = network.architecture;
  const places = Float64Array.from({ length: sites * S }, (_, i) => (Math.floor(i / S) % S === i % S ? 1 : 0));
  // 1 - 1/S, in causal rows by what each row sees.
  const shape = Float64Array.from({ length: S * S }, (_, i) => {
    const [s, a] = [Math.floor(i / S), i % S];
    const seen = causal ? s + 1 : S;
    return (a === s ? 1 : 0) - (a < seen ? 1 / seen : 0);
  });
  const mask = (i: number): number => (i % S <= Math.floor(i / S) % S ? 1 : -1);
  return {
    x: memory.filled(x, 1, sites, D),
    places: memory.filled(places, 1, sites, S),
    ones: memory.filled(new Float64Array(S).fill(1), 1, 1, S),
    shape: memory.filled(shape, 1, S * S),
    seen: attention === "linear" && causal ? memory.filled(Float64Array.from({ length: R * P * H * S * S }, (_, i) => mask(i)), R * P * H, S * S) : undefined,
  };
}

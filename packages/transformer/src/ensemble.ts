/** @file An ensemble of networks that differ in their random weights, trained together on one task [eq:transformer-training]. */
import type { Backend, Dtype } from "@mesoscope/kernels";
import { checkBackendVersion, referenceBackend } from "@mesoscope/kernels";
import { requireInteger, requireMemory } from "@mesoscope/numerics";
import type { Architecture, Sizes } from "./architecture.js";
import { batchOn } from "./device/batch.js";
import type { Network } from "./network.js";
import { network as networkOf } from "./network.js";
import { observerOf } from "./observe/observer.js";
import type { Quantity } from "./observe/quantities.js";
import { checkedQuantities, rowLength } from "./observe/quantities.js";
import type { Parameterisation } from "./parameterisation.js";
import type { Tokens } from "./tokens.js";
import { checkedTargets, checkedTokens } from "./tokens.js";
import type { Part, ReplicaOutcome, Training } from "./training.js";
import { FINE, losses, markDiverged, trainPart } from "./training.js";
import type { Replicas } from "./weights.js";
import { SMALLER, checkReplicas, weightsOf } from "./weights.js";

/** What {@link ensemble} takes. */
export interface EnsembleInput {
  readonly architecture: Architecture;
  readonly parameterisation: Parameterisation;
  readonly sizes: Sizes;
  readonly tokens: Tokens;
  /** y (P). */
  readonly targets: ArrayLike<number>;
  readonly replicas: Replicas;
  /** What can be recorded during training; nothing by default. */
  readonly observe?: readonly Quantity[];
  /** Default the reference kernels. It is not closed with the ensemble. */
  readonly backend?: Backend;
  /** Default what the backend does best. */
  readonly dtype?: Dtype;
  /** Replicas computed together; changes no byte. Default as many as fit a processor's cache. */
  readonly together?: number;
}

/** An ensemble on a backend. Calls take effect in their order. */
export interface TransformerEnsemble {
  readonly network: Network;
  /** R. */
  readonly count: number;
  /** Steps taken so far. */
  readonly step: number;
  /** Takes `steps` full-batch steps; records what is observed when `at` steps have been taken, counted from the start of the ensemble. */
  train(run: { readonly steps: number; readonly at?: readonly number[] }): Promise<Training>;
  /** dloss/dW of every trained array now, (R, rows, columns) by id. */
  gradients(): Promise<Readonly<Record<string, Float64Array>>>;
  /** Raw weights now, (R, rows, columns) by id. */
  weights(): Promise<Readonly<Record<string, Float64Array>>>;
  /** f of the start (R, P), which outputs are centred by. */
  startOutputs(): Float64Array;
  outcomes(): readonly ReplicaOutcome[];
  /** Gives the memory of the backend back. */
  close(): void;
}

/** Bytes of weights and activations that are computed together: enough to spread the fixed cost of launches, few enough for caches. */
const CACHE_BYTES = 1 << 22;
/**
 * Puts an ensemble on a backend and runs it forward once. Replica r has the same bytes alone and in any batch.
 * @throws DomainError for networks, tasks and replicas that do not fit together, and what needs more than 4 GiB, before anything is drawn
 */
export async function ensemble(input: EnsembleInput): Promise<TransformerEnsemble> {
  const { backend = referenceBackend(), replicas, observe = [] } = input;
  checkBackendVersion(backend);
  const tokens = checkedTokens(input.tokens);
  const targets = checkedTargets(input.targets, tokens.inputs);
  const network = networkOf({ architecture: input.architecture, parameterisation: input.parameterisation, sizes: input.sizes, tokens: tokens.tokens, features: tokens.features });
  checkReplicas(network, replicas);
  const quantities = checkedQuantities(network, observe);
  const { count } = replicas;
  const P = tokens.inputs;
  const together = Math.min(count, requireInteger("together", input.together ?? batchSize(network, P), { min: 1 }));
  const dtype = input.dtype ?? backend.supports.dtypes[0]!;
  const { N, H, L } = network.sizes;
  requireMemory(`${count} networks of N = ${N}, H = ${H}, L = ${L}, weights and activations`, count * (dtype === "f64" ? 8 : 4) * numbersOf(network, P), SMALLER);
  const parts: Part[] = [];
  for (let begin = 0; begin < count; begin += together) {
    const end = Math.min(count, begin + together);
    const batch = await batchOn({ backend, dtype, network, tokens, targets, replicas, begin, end });
    parts.push({ begin, end, batch, observer: await observerOf(batch, quantities) });
  }
  const outcomes: ReplicaOutcome[] = new Array<ReplicaOutcome>(count).fill(FINE);
  let step = 0;
  let last: Promise<unknown> = Promise.resolve();
  const inOrder = <T>(task: () => Promise<T>): Promise<T> => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
  const gather = async (read: (part: Part) => Promise<Map<string, Float64Array>>): Promise<Readonly<Record<string, Float64Array>>> => {
    const whole: Record<string, Float64Array> = {};
    for (const part of parts) {
      for (const [id, values] of await read(part)) {
        const size = values.length / (part.end - part.begin);
        (whole[id] ??= new Float64Array(size * count)).set(values, part.begin * size);
      }
    }
    return Object.freeze(whole);
  };
  const train = async ({ steps, at }: { steps: number; at: readonly number[] }): Promise<Training> => {
    const first = step;
    const recorded = at.length * quantities.reduce((sum, quantity) => sum + rowLength(network, P, quantity), 0);
    requireMemory(`outputs of ${steps} steps and ${at.length} snapshots`, 8 * count * ((steps + 1) * (P + 1) + recorded), "Train in several stretches, with fewer snapshots each.");
    const outputs = new Float64Array(count * (steps + 1) * P);
    const snapshots = at.map((t) => ({ step: t, values: Object.fromEntries(quantities.map((quantity) => [quantity, new Float64Array(count * rowLength(network, P, quantity))])) }));
    for (const part of parts) await trainPart(part, { first, steps, snapshots, outputs, P });
    step += steps;
    const loss = losses(outputs, targets);
    markDiverged(outputs, loss, { outcomes, first, steps, P, snapshots });
    return Object.freeze({ first, steps, outputs, loss, snapshots: Object.freeze(snapshots.map((one) => Object.freeze(one))), outcomes: Object.freeze([...outcomes]) });
  };
  return Object.freeze({
    network,
    count,
    get step() {
      return step;
    },
    train: ({ steps, at = [] }: { steps: number; at?: readonly number[] }) => inOrder(() => train({ steps: requireInteger("steps", steps, { min: 0 }), at: checkedTimes(at, step, steps) })),
    gradients: () =>
      inOrder(() =>
        gather(({ batch }) => {
          batch.forward();
          return batch.gradients();
        }),
      ),
    weights: () =>
      inOrder(() =>
        gather(async ({ batch }) => {
          const read = new Map<string, Float64Array>();
          for (const [id, tensor] of batch.weights) read.set(id, await backend.read(tensor));
          return read;
        }),
      ),
    startOutputs: () => Float64Array.from(parts.flatMap(({ batch }) => [...batch.start])),
    outcomes: () => Object.freeze([...outcomes]),
    close: () => {
      void inOrder(() => {
        for (const { batch } of parts) batch.memory.free();
        return Promise.resolve();
      });
    },
  });
}

/** Weights and activations of one replica, about. */
function numbersOf(network: Network, P: number): number {
  const { sizes, width, tokens } = network;
  return weightsOf(network) + P * tokens * (width * (8 * sizes.L + 8) + 4 * sizes.L * sizes.H * tokens);
}

function batchSize(network: Network, P: number): number {
  return Math.max(1, Math.floor(CACHE_BYTES / (8 * numbersOf(network, P))));
}

function checkedTimes(at: readonly number[], first: number, steps: number): readonly number[] {
  for (const [i, t] of at.entries()) requireInteger(`at[${i}]`, t, { min: i === 0 ? first : at[i - 1]! + 1, max: first + steps }, `Name steps once, in order, from ${first} to ${first + steps}.`);
  return at;
}

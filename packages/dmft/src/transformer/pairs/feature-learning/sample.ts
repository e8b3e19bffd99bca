/** @file Pairs of networks that differ in the sign of their read-out, in training, beside the descent in their own kernel. */
import type { Batch, Context, Observable, Replicas } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { keyFromWords } from "@mesoscope/numerics";
import { drawWeights, ensemble } from "@mesoscope/transformer";
import type { EnsembleInput, Network, Training } from "@mesoscope/transformer";
import { pooledKernel } from "../../initialisation/token-kernel.js";
import { kernelDescent } from "../../tangent-kernel/kernel-descent.js";
import { emptyBatch, settled } from "../trained-networks.js";
import type { OpenBatch } from "../trained-networks.js";
import { effectiveRank, kernelAlignment, kernelMovement } from "./kernel-measures.js";
import { answered, hiddenFromMean, lossOf, retrievalOfOne, toldByMean } from "./retrieval.js";
import type { LearningSetting } from "./setting.js";

/** Numbers of weights that are held at once. */
const BLOCK_NUMBERS = 4_000_000;

const { targets, tokens: { inputs: P, tokens: S } } = retrievalOfOne;

type Common = Omit<EnsembleInput, "replicas">;

/** Replica r is a function of (key, r) alone: one network and its twin. Where one of the two diverges the replica has. */
export async function sampleLearning(setting: LearningSetting, observables: readonly Observable[], { N, H }: { readonly N: number; readonly H: number }, replicas: Replicas, context: Context, backend: Backend | undefined): Promise<Batch> {
  const { architecture, alphaL, descent: { eta0, gamma0, steps }, L } = setting;
  const common: Common = {
    architecture,
    parameterisation: { scheme: "mean-field", alphaA: 1, alphaL, beta0: 1, gamma0, eta0, optimiser: "sgd" },
    sizes: { N, H, L },
    tokens: retrievalOfOne.tokens,
    targets,
    observe: ["tangentKernel", setting.network === "block" ? "values" : "features"],
    ...(backend === undefined ? {} : { backend }),
  };
  const batch = emptyBatch(observables, replicas.count);
  const key = keyFromWords(replicas.key);
  const block = Math.max(1, Math.min(replicas.count, Math.floor(BLOCK_NUMBERS / (N * H * (N * H + 16) * 5 * L))));
  for (let done = 0; done < replicas.count; done += block) {
    if (context.signal?.aborted === true) break;
    const count = Math.min(block, replicas.count - done);
    const from = replicas.from + done;
    const first = await ensemble({ ...common, replicas: { key, from, count } });
    const { network } = first;
    const own = await trained(first, steps, [0, steps]);
    const twin = await trained(await ensemble({ ...common, replicas: { weights: twins(network, (r) => drawWeights(network, key, from + r), count), count } }), steps, [steps]);
    for (let r = 0; r < count; r++) {
      const broken = [own, twin].map(({ outcomes }) => outcomes[r]!).find(({ kind }) => kind === "diverged");
      batch.outcomes.push(broken === undefined ? { kind: "completed" } : { kind: "diverged", message: broken.message });
      if (broken === undefined) measure(setting, batch.values, done + r, [networkOf(setting, own, r), networkOf(setting, twin, r)]);
    }
    context.progress?.(done + count, replicas.count);
  }
  return settled(batch, replicas.count);
}

async function trained(networks: Awaited<ReturnType<typeof ensemble>>, steps: number, at: readonly number[]): Promise<Training> {
  const training = await networks.train({ steps, at });
  networks.close();
  return training;
}

/** The weights of the same networks, read-out with its sign changed. */
function twins({ arrays }: Network, draw: (r: number) => Readonly<Record<string, Float64Array>>, count: number): Record<string, Float64Array> {
  const weights = Object.fromEntries(arrays.map(({ id, rows, columns }) => [id, new Float64Array(count * rows * columns)]));
  for (let r = 0; r < count; r++) {
    for (const [id, values] of Object.entries(draw(r))) weights[id]!.set(id === "readOut" ? values.map((w) => -w) : values, r * values.length);
  }
  return weights;
}

/** One network: its outputs (T + 1, P), and its kernels (P, P) at the recorded steps, the last of them last. */
interface Followed {
  readonly outputs: Float64Array;
  readonly tangent: readonly Float64Array[];
  readonly features: readonly Float64Array[];
}

function networkOf({ network }: LearningSetting, { outputs, outcomes, snapshots }: Training, r: number): Followed {
  const part = (all: Float64Array): Float64Array => all.subarray((r * all.length) / outcomes.length, ((r + 1) * all.length) / outcomes.length);
  return {
    outputs: part(outputs),
    tangent: snapshots.map(({ values }) => sumOfGroups(part(values.tangentKernel!))),
    features: snapshots.map(({ values }) => pooledKernel({ inputs: P, tokens: S, matrix: lastOf(part(network === "block" ? values.values! : values.features!)) })),
  };
}

function sumOfGroups(groups: Float64Array): Float64Array {
  const sum = new Float64Array(P * P);
  groups.forEach((value, k) => (sum[k % (P * P)]! += value));
  return sum;
}

/** The kernel of the last block. */
function lastOf(kernels: Float64Array): Float64Array {
  return kernels.subarray(kernels.length - P * S * P * S);
}

function measure({ descent: { eta0, steps }, times }: LearningSetting, values: OpenBatch["values"], row: number, both: readonly [Followed, Followed]): void {
  const [one, other] = both;
  const [tangentStart, featureStart] = [one.tangent[0]!, one.features[0]!];
  const own = kernelDescent(tangentStart, targets, { eta0, steps }).outputs;
  const end = steps * P;
  let [even, odd] = [0, 0];
  for (let mu = 0; mu < P; mu++) {
    const [plus, minus] = [one.outputs[end + mu]!, other.outputs[end + mu]!];
    even += ((plus + minus) / 2 - own[end + mu]!) * ((plus + minus) / 2 - own[end + mu]!);
    odd += ((plus - minus) / 2) * ((plus - minus) / 2);
  }
  const mean = (of: (network: Followed) => number): number => (of(one) + of(other)) / 2;
  const found: Readonly<Record<string, number>> = {
    told: mean(({ outputs }) => answered(outputs, toldByMean, end)),
    hidden: mean(({ outputs }) => answered(outputs, hiddenFromMean, end)),
    even: Math.sqrt(even / P),
    odd: Math.sqrt(odd / P),
    alignment: mean(({ tangent }) => kernelAlignment(tangent.at(-1)!, targets)),
    rank: mean(({ tangent }) => effectiveRank(tangent.at(-1)!)),
    movement: mean(({ tangent }) => kernelMovement(tangent.at(-1)!, tangentStart)),
    "feature-alignment": mean(({ features }) => kernelAlignment(features.at(-1)!, targets)),
    "feature-rank": mean(({ features }) => effectiveRank(features.at(-1)!)),
    "feature-movement": mean(({ features }) => kernelMovement(features.at(-1)!, featureStart)),
  };
  for (const [id, value] of Object.entries(found)) values[id]![row] = value;
  times.forEach((t, i) => (values["loss"]![row * times.length + i] = mean(({ outputs }) => lossOf(outputs, t * P))));
}

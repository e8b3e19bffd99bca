/** @file Pairs of networks that differ in the sign of their read-out, in training, beside the descent in their own kernel. */
import type { Batch, Context, Observable, Replicas } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { keyFromWords, log } from "@mesoscope/numerics";
import { drawWeights, ensemble } from "@mesoscope/transformer";
import type { EnsembleInput, Network, Quantity, Training } from "@mesoscope/transformer";
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
export async function sampleLearning(setting: LearningSetting, observables: readonly Observable[], size: WidthAndHeads, replicas: Replicas, context: Context, backend: Backend | undefined): Promise<Batch> {
  const { network, architecture, L, descent: { gamma0 } } = setting;
  const batch = emptyBatch(observables, replicas.count);
  const width = size.N * size.H;
  const block = Math.max(1, Math.min(replicas.count, Math.floor(BLOCK_NUMBERS / (width * (width + 16) * 5 * L))));
  for (let done = 0; done < replicas.count; done += block) {
    if (context.signal?.aborted === true) break;
    const own: Replicas = { key: replicas.key, from: replicas.from + done, count: Math.min(block, replicas.count - done) };
    const follow = (richness: number, observe: readonly Quantity[]): Promise<readonly [Training, Training]> => trainedPairs({ ...inputOf(setting, size, richness), architecture, observe, ...(backend === undefined ? {} : { backend }) }, setting.descent.steps, own);
    const whole = await follow(gamma0, ["tangentKernel", network === "block" ? "values" : "features"]);
    const half = setting.hasHalf ? await follow(gamma0 / 2, []) : undefined;
    for (let r = 0; r < own.count; r++) {
      const broken = [...whole, ...(half ?? [])].map(({ outcomes }) => outcomes[r]!).find(({ kind }) => kind === "diverged");
      const message = broken?.message ?? measure(setting, batch.values, done + r, [networkOf(setting, whole[0], r), networkOf(setting, whole[1], r)], half?.map(({ outputs }) => part(outputs, r, own.count)));
      batch.outcomes.push(message === undefined ? { kind: "completed" } : { kind: "diverged", message });
    }
    context.progress?.(done + own.count, replicas.count);
  }
  return settled(batch, replicas.count);
}

interface WidthAndHeads {
  readonly N: number;
  readonly H: number;
}

function inputOf({ alphaL, L, descent: { eta0 } }: LearningSetting, { N, H }: WidthAndHeads, gamma0: number): Omit<Common, "architecture"> {
  return { parameterisation: { scheme: "mean-field", alphaA: 1, alphaL, beta0: 1, gamma0, eta0, optimiser: "sgd" }, sizes: { N, H, L }, tokens: retrievalOfOne.tokens, targets };
}

/** Networks and their twins after the steps; kernels are recorded before the first step of the networks, and after the last of both. */
async function trainedPairs(common: Common, steps: number, { key: words, from, count }: Replicas): Promise<readonly [Training, Training]> {
  const key = keyFromWords(words);
  const first = await ensemble({ ...common, replicas: { key, from, count } });
  const { network } = first;
  const isRecorded = common.observe!.length > 0;
  const own = await trained(first, steps, isRecorded ? [0, steps] : []);
  const second = await ensemble({ ...common, replicas: { weights: twins(network, (r) => drawWeights(network, key, from + r), count), count } });
  return [own, await trained(second, steps, isRecorded ? [steps] : [])];
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
  const own = (all: Float64Array): Float64Array => part(all, r, outcomes.length);
  return {
    outputs: own(outputs),
    tangent: snapshots.map(({ values }) => sumOfGroups(own(values.tangentKernel!))),
    features: snapshots.map(({ values }) => pooledKernel({ inputs: P, tokens: S, matrix: lastOf(own(network === "block" ? values.values! : values.features!)) })),
  };
}

/** What belongs to replica r of `count`. */
function part(all: Float64Array, r: number, count: number): Float64Array {
  return all.subarray((r * all.length) / count, ((r + 1) * all.length) / count);
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

/** Writes the numbers of one replica, or says that the descent in its own kernel diverges, so that there is nothing to compare with. */
function measure({ descent: { eta0, steps }, times }: LearningSetting, values: OpenBatch["values"], row: number, both: readonly [Followed, Followed], half: readonly Float64Array[] | undefined): string | undefined {
  const [one, other] = both;
  const [tangentStart, featureStart] = [one.tangent[0]!, one.features[0]!];
  const { outputs: own, sharpness } = kernelDescent(tangentStart, targets, { eta0, steps });
  if (sharpness >= 2) return "The descent in the network's own kernel diverges. Take a smaller eta0, or wider networks.";
  const end = steps * P;
  const parts = partsOf(one.outputs, other.outputs, own);
  const halved = half === undefined ? undefined : partsOf(half[0]!, half[1]!, own);
  const mean = (of: (network: Followed) => number): number => (of(one) + of(other)) / 2;
  const found: Readonly<Record<string, number>> = {
    ...parts,
    told: mean(({ outputs }) => answered(outputs, toldByMean, end)),
    hidden: mean(({ outputs }) => answered(outputs, hiddenFromMean, end)),
    alignment: mean(({ tangent }) => kernelAlignment(tangent.at(-1)!, targets)),
    rank: mean(({ tangent }) => effectiveRank(tangent.at(-1)!)),
    movement: mean(({ tangent }) => kernelMovement(tangent.at(-1)!, tangentStart)),
    "feature-alignment": mean(({ features }) => kernelAlignment(features.at(-1)!, targets)),
    "feature-rank": mean(({ features }) => effectiveRank(features.at(-1)!)),
    "feature-movement": mean(({ features }) => kernelMovement(features.at(-1)!, featureStart)),
    ...(halved === undefined ? {} : { "even-power": log(parts.even / halved.even) / Math.LN2, "odd-power": log(parts.odd / halved.odd) / Math.LN2 }),
  };
  for (const [id, value] of Object.entries(found)) values[id]![row] = value;
  times.forEach((t, i) => (values["loss"]![row * times.length + i] = mean(({ outputs }) => lossOf(outputs, t * P))));
  return undefined;
}

/** Parts of two twins' outputs (T + 1, P) that are even and odd in the read-out, the descent in their kernel subtracted: root mean square over inputs, largest over the steps [eq:lazy-order]. */
function partsOf(plus: Float64Array, minus: Float64Array, descent: Float64Array): { readonly even: number; readonly odd: number } {
  let [even, odd] = [0, 0];
  for (let row = 0; row < descent.length; row += P) {
    let [evenSquare, oddSquare] = [0, 0];
    for (let k = row; k < row + P; k++) {
      const deviation = (plus[k]! + minus[k]!) / 2 - descent[k]!;
      evenSquare += deviation * deviation;
      oddSquare += ((plus[k]! - minus[k]!) / 2) * ((plus[k]! - minus[k]!) / 2);
    }
    even = Math.max(even, Math.sqrt(evenSquare / P));
    odd = Math.max(odd, Math.sqrt(oddSquare / P));
  }
  return { even, odd };
}

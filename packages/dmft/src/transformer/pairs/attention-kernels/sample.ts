import type { Batch, Context, Replicas } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { keyFromWords } from "@mesoscope/numerics";
import type { Key } from "@mesoscope/numerics";
import { ensemble } from "@mesoscope/transformer";
import { kernelChain } from "../../finite-size/kernel-chain.js";
import { emptyBatch, settled } from "../trained-networks.js";
import { COSINE, cosineOf, entriesAt, kernelObservables, OVERLAP, SQUARE } from "./observed-entries.js";
import type { KernelSetting } from "./setting.js";
import { modelOfWidth } from "./setting.js";

/** Replicas between two looks at whether the run was aborted. */
const BLOCK = 256;
/** Numbers of weights of explicit networks that are held at once. */
const BLOCK_NUMBERS = 4_000_000;

interface At {
  readonly N: number;
  readonly H: number;
}

/** Kernels after the last block, by the chain [eq:attention-kernel-chain] or of explicit networks: the same law, other draws. Replica r is a function of (key, r) alone. */
export async function sampleKernels(setting: KernelSetting, at: At, replicas: Replicas, context: Context, backend: Backend | undefined): Promise<Batch> {
  const batch = emptyBatch(kernelObservables, replicas.count);
  const key = keyFromWords(replicas.key);
  const { inputs, tokens } = setting.start;
  const n = inputs * tokens;
  const L = setting.model.L;
  const block = setting.isExplicit ? blockOf(at, L) : BLOCK;
  for (let done = 0; done < replicas.count; done += block) {
    if (context.signal?.aborted === true) break;
    const count = Math.min(block, replicas.count - done);
    const which = { key, from: replicas.from + done, count };
    const stream = setting.isExplicit ? await networkKernels(setting, at, which, backend) : kernelChain(setting.start, modelOfWidth(setting, at.N), at.H, setting.embedding, which).stream;
    for (let r = 0; r < count; r++) {
      const entries = entriesAt(stream, (r * (L + 1) + L) * n * n, n);
      batch.values[SQUARE]![done + r] = entries[0];
      batch.values[OVERLAP]![done + r] = entries[1];
      batch.values[COSINE]![done + r] = cosineOf(entries);
      batch.outcomes.push({ kind: "completed" });
    }
    context.progress?.(done + count, replicas.count);
  }
  return settled(batch, replicas.count);
}

/** Kernels (R, L + 1, n, n) of networks with all their weights. */
async function networkKernels({ architecture, alphaA, model: { L, alphaL, beta0 }, tokens }: KernelSetting, { N, H }: At, replicas: { readonly key: Key; readonly from: number; readonly count: number }, backend: Backend | undefined): Promise<Float64Array> {
  const networks = await ensemble({
    architecture,
    parameterisation: { scheme: "mean-field", alphaA, alphaL, beta0, gamma0: 1, eta0: 1, optimiser: "sgd" },
    sizes: { N, H, L },
    tokens,
    targets: new Float64Array(tokens.inputs),
    replicas,
    observe: ["features"],
    ...(backend === undefined ? {} : { backend }),
  });
  const { snapshots } = await networks.train({ steps: 0, at: [0] });
  networks.close();
  return snapshots[0]!.values.features!;
}

function blockOf({ N, H }: At, L: number): number {
  const n = N * H;
  return Math.max(1, Math.min(BLOCK, Math.floor(BLOCK_NUMBERS / (4 * L * n * n))));
}

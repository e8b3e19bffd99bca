import type { Batch, Context, ReplicaOutcome, Replicas } from "@mesoscope/contracts";
import { binomialChain, finiteHead, stratifiedSizes } from "@mesoscope/hopfield-transformer";
import type { BinomialChain } from "@mesoscope/hopfield-transformer";
import { keyFromWords } from "@mesoscope/numerics";
import type { Stream } from "@mesoscope/numerics";
import { periodsOf } from "./setting.js";
import type { CriticalSetting } from "./setting.js";

/** Time averages of |z|^2 and |z|^4 over one run of each of `count` replicas of N bits, from the orbit on. */
export function sampleAmplitudes(setting: CriticalSetting, bits: number, { key, from, count }: Replicas, context: Context): Batch {
  const second = new Float64Array(count);
  const fourth = new Float64Array(count);
  const outcomes: ReplicaOutcome[] = [];
  const own = keyFromWords(key);
  const { contextLength, beta, gamma, positionalWeight, logitScale, features } = setting.network;
  const chain = binomialChain(finiteHead(stratifiedSizes(features, bits), { contextLength, beta, gamma, positionalWeight, logitScale }));
  for (let r = 0; r < count; r++) {
    if (context.signal?.aborted === true) break;
    const { two, four } = averaged(setting, chain, bits, own.fold("replica", from + r).stream());
    second[r] = two;
    fourth[r] = four;
    outcomes.push({ kind: "completed" });
    context.progress?.(r + 1, count);
  }
  while (outcomes.length < count) outcomes.push({ kind: "diverged", message: "Not sampled: the run was aborted." });
  return { outcomes, values: { "amplitude-2": second, "amplitude-4": fourth } };
}

function averaged(setting: CriticalSetting, { window, u, step }: BinomialChain, bits: number, stream: Stream): { two: number; four: number } {
  const { mode: { amplitude, orbit: { window: start, period } } } = setting;
  const { burnIn, kept } = periodsOf(setting, bits);
  const classes = u.length;
  const newest = start.u.slice();
  const z = new Float64Array(2);
  window.startFromWindow(start.u, start.t);
  let [two, four] = [0, 0];
  for (let k = 0; k < burnIn + kept; k++) {
    for (let i = 0; i < period; i++) {
      step(stream);
      newest.copyWithin(classes, 0, newest.length - classes);
      newest.set(u);
    }
    if (k < burnIn) continue;
    amplitude(newest, z);
    const square = z[0]! * z[0]! + z[1]! * z[1]!;
    two += square;
    four += square * square;
  }
  return { two: two / kept, four: four / kept };
}

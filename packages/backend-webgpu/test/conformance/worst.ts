/** @file The figures of the README's table, on whatever device there is. */
import { agreement, cases, type Backend, type KernelName } from "@mesoscope/kernels";
import { driftRatio, tokens } from "@mesoscope/kernels/conformance";
import { fewFlows, flows, largest, narrow, others } from "./cases.js";

/** Largest error of the drift over the bound of docs/accuracy.md. */
export async function worstDrift(backend: Backend, seed: string): Promise<number> {
  let worst = 0;
  for (const [sizes, list] of [[narrow, flows], [others, fewFlows]] as const) {
    for (const [n, d, placement] of sizes) {
      const x = tokens(n, d, placement, seed, "f32");
      for (const flow of list) worst = Math.max(worst, await driftRatio(backend, { batch: 1, n, d, ...flow }, x, "f32", 8));
    }
  }
  const [n, d, placement] = largest;
  return Math.max(worst, await driftRatio(backend, { batch: 1, n, d, flow: "SA", beta: 4 }, tokens(n, d, placement, seed, "f32"), "f32", 3));
}

/** Largest error of a kernel over the bound of the laws. */
export async function worstKernel(backend: Backend, kernel: KernelName): Promise<number> {
  let worst = 0;
  for (const one of cases[kernel]()) worst = Math.max(worst, (await agreement(backend, kernel, one, "f32")).ratio);
  return worst;
}

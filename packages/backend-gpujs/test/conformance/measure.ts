/** @file The largest error over its bound of every kernel: runs in Node and in a page. */
import { agreement, cases, kernelNames, type Backend } from "@mesoscope/kernels";
import { driftRatio, flows, sizes, tokens } from "@mesoscope/kernels/conformance";

/** How much of the conformance of a drift is run: tokens up to `most`, and above `few` only a fifth of the flows. */
export interface Extent {
  readonly seed: string;
  readonly most: number;
  readonly few: number;
}

/** Rows of the table in its order: the compensated drift, then every kernel that is offered. */
export async function worstRatios(backend: Backend, { seed, most, few }: Extent): Promise<[name: string, ratio: number][]> {
  let drift = 0;
  for (const [n, d, placement] of sizes) {
    if (n > most) continue;
    const x = tokens(n, d, placement, seed, "f32");
    const some = n > few ? flows.filter((_, index) => index % 5 === 0) : flows;
    for (const flow of some) drift = Math.max(drift, await driftRatio(backend, { batch: 1, n, d, ...flow }, x, "f32", n > 100 ? 3 : 8));
  }
  const rows: [string, number][] = [["`attention-drift`, compensated", drift]];
  for (const kernel of kernelNames) {
    if (backend.supports.kernels[kernel] === undefined) continue;
    let worst = 0;
    for (const one of cases[kernel]()) worst = Math.max(worst, (await agreement(backend, kernel, one, "f32")).ratio);
    rows.push([`\`${kernel}\``, worst]);
  }
  return rows;
}

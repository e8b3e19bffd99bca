/** @file How fast a backend is here: a figure to choose by, not a benchmark. */
import type { Backend, Dtype } from "@mesoscope/kernels";

/** Pairs of tokens a second in the drift of softmax attention, the best of the launches that fit into a tenth of a second. */
export interface Speed {
  readonly dtype: Dtype;
  readonly n: number;
  readonly d: number;
  readonly pairsPerSecond: number;
}

const n = 1024;
const d = 3;
const seconds = 0.1;
/** A launch of the first ones compiles; none of these counts. */
const warmUp = 2;

/** The speed in each dtype that has the kernel. */
export async function speedOf(backend: Backend): Promise<readonly Speed[]> {
  const limits = backend.supports.kernels["attention-drift"];
  if (limits === undefined || n > (limits.maxTokens ?? n) || d > (limits.maxDimension ?? d)) return [];
  const speeds: Speed[] = [];
  for (const dtype of limits.dtypes) speeds.push({ dtype, n, d, pairsPerSecond: (n * n) / (await leastSeconds(backend, dtype)) });
  return speeds;
}

async function leastSeconds(backend: Backend, dtype: Dtype): Promise<number> {
  const plan = await backend.prepare("attention-drift", { batch: 1, n, d, flow: "SA", beta: 2 }, dtype);
  const tokens = backend.upload(spread(), [1, n, d], dtype);
  const drift = backend.alloc(dtype, [1, n, d]);
  let least = Number.POSITIVE_INFINITY;
  const begin = performance.now();
  for (let launch = 0; launch <= warmUp || performance.now() - begin < 1000 * seconds; launch += 1) {
    const start = performance.now();
    backend.submit(plan, [tokens], [drift]);
    await backend.flush();
    if (launch >= warmUp) least = Math.min(least, (performance.now() - start) / 1000);
  }
  for (const resource of [plan, tokens, drift]) backend.free(resource);
  return least;
}

/** Points of a cube, spread by an irrational step: the time does not depend on where tokens are. */
function spread(): Float64Array {
  return Float64Array.from({ length: n * d }, (_, i) => ((i * 0.618_033_988_75) % 1) - 0.5);
}

export function speedInWords({ dtype, pairsPerSecond }: Speed): string {
  return `${Math.round(pairsPerSecond / 1e6)} (${dtype})`;
}

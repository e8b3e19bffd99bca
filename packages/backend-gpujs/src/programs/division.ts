/** @file How long loops are and how many: what keeps every thread within MAX_ITERATIONS, a launch within a fraction of a second, and a chunk of weights within memory. */
import type { MachineLimits } from "../machine.js";
import { SEGMENTS } from "../sources/columns.js";
import { rung } from "../sources/source.js";
import { CHUNKS, productIterations } from "../sources/tokens.js";

/** Keys of a chunk for `rows` queries of all replicas together, when each pair fetches `width` numbers. */
export function chunkOf(limits: MachineLimits, rows: number, keys: number, width: number): number {
  const most = CHUNKS.filter((chunk) => chunk * rows <= limits.chunk && chunk * rows * width <= limits.launch).at(-1) ?? CHUNKS[0];
  return Math.min(most, rung(CHUNKS, keys));
}

/** Iterations that a thread of the largest products may make. */
const PRODUCT_ITERATIONS = 36_000;

/** Keys that one thread looks at for the largest product: short segments for many threads, as long as there are at most 128 segments. */
export function segmentOf(keys: number, d: number): number {
  const wanted = rung(SEGMENTS, keys <= 16 ? 16 : Math.max(64, Math.ceil(keys / 128)));
  const most = SEGMENTS.filter((length) => length * (1 + productIterations(d)) <= PRODUCT_ITERATIONS).at(-1) ?? SEGMENTS[0];
  return Math.min(wanted, most);
}

/** Segments of one launch. */
export function segmentsOf({ launch }: MachineLimits, rows: number, length: number, width: number): number {
  return Math.max(1, Math.min(SEGMENTS.at(-1)!, Math.floor(launch / (rows * length * width))));
}

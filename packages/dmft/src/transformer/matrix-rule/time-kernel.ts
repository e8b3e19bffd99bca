/** @file Order parameters of two times. */
import { requireMemory } from "@mesoscope/numerics";

/** A matrix (rows, columns) for every pair of times t, t' = 0, ..., T. */
export interface TimeKernel {
  /** T + 1. */
  readonly times: number;
  readonly rows: number;
  readonly columns: number;
  /** (times, times, rows, columns) row-major. */
  readonly data: Float64Array;
}

export function timeKernel(times: number, rows: number, columns: number): TimeKernel {
  requireTimes(times, rows * columns);
  return { times, rows, columns, data: new Float64Array(times * times * rows * columns) };
}

/** @throws DomainError where `numbers` for every pair of times are more than 4 GiB */
export function requireTimes(times: number, numbers: number): void {
  requireMemory(`order parameters of ${times} times by two`, 8 * times * times * numbers, "Take fewer steps.");
}

/** The matrix at (t, t'), a view. */
export function blockAt({ times, rows, columns, data }: TimeKernel, t: number, u: number): Float64Array {
  const size = rows * columns;
  return data.subarray((t * times + u) * size, (t * times + u + 1) * size);
}

/** The times before `times`, a copy. */
export function firstTimes(kernel: TimeKernel, times: number): TimeKernel {
  if (times === kernel.times) return kernel;
  const out = timeKernel(times, kernel.rows, kernel.columns);
  for (let t = 0; t < times; t++) for (let u = 0; u < times; u++) blockAt(out, t, u).set(blockAt(kernel, t, u));
  return out;
}

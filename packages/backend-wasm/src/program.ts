/** @file What a kernel is on the module's memory once its parameters are known. */
import type { Dtype } from "@mesoscope/kernels";
import type { Exports } from "./bind.js";
import type { Block, Heap } from "./heap.js";
import type { RangeCall } from "./threads/range.js";

/** A kernel ready to run from one address to another, `repeat` times where it iterates; several inputs and outputs stand in full behind. */
export interface Program {
  readonly run: (input: number, output: number, repeat: number, inputs: readonly number[], outputs: readonly number[]) => void;
  /** What it holds of the heap. */
  readonly blocks: readonly Block[];
}

/** What programs are made with. */
export interface Machine {
  readonly exports: Exports;
  readonly heap: Heap;
  readonly dtype: Dtype;
  /** Threads that may come: each has a scratch of its own. */
  readonly threads: number;
  /** Calls a function over a range, on several threads where that is worth it. */
  readonly over: (call: RangeCall) => void;
}

/** Bytes of one element. */
export function bytesOf(dtype: Dtype): number {
  return dtype === "f64" ? 8 : 4;
}

/** Doubles written once for a plan. */
export function constants(heap: Heap, numbers: readonly number[]): Block {
  const block = heap.take(8 * numbers.length);
  heap.view("f64", block.at, numbers.length).set(numbers);
  return block;
}

/** Scratch of a replica, once for each thread where replicas may be divided, and what a thread needs for its tasks. */
export function scratches({ heap, threads }: Machine, batch: number, replica: number, task: number): { readonly scratch: Block; readonly own: Block } {
  return { scratch: heap.take(replica * (batch > 1 ? threads : 1)), own: heap.take(task * threads) };
}

/** Scratch of so many bytes for every thread, and what a call over a range says of it. */
export function scratchOfEach({ heap, threads }: Machine, place: number, bytes: number): { readonly block: Block; readonly scratch: { readonly place: number; readonly bytes: number } } {
  // Whole cache lines, so that threads do not share one.
  const lines = 64 * Math.ceil(bytes / 64);
  return { block: heap.take(lines * threads), scratch: { place, bytes: lines } };
}

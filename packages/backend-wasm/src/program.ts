/** @file What a kernel is on the module's memory once its parameters are known. */
import type { Dtype } from "@mesoscope/kernels";
import type { Block, Heap } from "./heap.js";
import type { Exports } from "./module.js";

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

/** @file What a plan is made of, and what it is made with. */
import type { Dispatch } from "../shaders/shader.js";
import type { GpuBuffer } from "../web-gpu.js";

/** A kernel as dispatches in order. An output that may be an input (`inPlace` of the catalogue) holds that input's numbers before the first. */
export type Program = readonly Dispatch[];

/** What programs are made with. */
export interface Machine {
  /** Memory for so many floats, given back with the plan. @throws KernelError (`memory`) */
  readonly floats: (count: number, contents?: readonly number[]) => GpuBuffer;
  /** Bytes of the largest array that a shader can see. */
  readonly largestArray: number;
  /** Bytes of memory that the invocations of a workgroup share. */
  readonly workgroupBytes: number;
}

/** One dispatch takes no more multiplications than this: a tenth of a second on a small device, so that displays stay alive. */
export const LARGEST_WORK: number = 2 ** 33;

/**
 * Iterations of all loops together that no invocation exceeds: a driver is known (llvmpipe of Mesa 22.3) that stops at 65,535 and says nothing.
 */
export const LARGEST_LOOP = 65_535;

/** @file One input of one kernel, on which every backend is held against the truth. */
import type { KernelName, KernelParameters } from "../parameters.js";

/** One input of one kernel. */
export interface Case<K extends KernelName> {
  readonly name: string;
  readonly parameters: KernelParameters[K];
  readonly input: Float64Array;
  /** What comes after the first input of a kernel that takes several. */
  readonly more?: readonly Float64Array[];
}

/** All inputs of a case, in order. */
export function inputsOf({ input, more = [] }: Case<KernelName>): readonly Float64Array[] {
  return [input, ...more];
}

/** Parameters in words, without the long ones. */
export function nameOf(parameters: object): string {
  return JSON.stringify(parameters, (name, value: unknown) => (name === "tableau" || Array.isArray(value) ? undefined : value));
}

/** @file One case on one backend against the truth. Outputs are poisoned first, so that a kernel which writes nothing is seen. */
import type { Backend } from "../backend.js";
import type { Dtype } from "../dtype.js";
import { catalogueEntry } from "../catalogue.js";
import type { KernelName } from "../parameters.js";
import { elements } from "../shape.js";
import { inputsOf, type Case } from "./cases.js";
import { oracles, rounding } from "./oracle.js";

/** How far a backend is from the truth on one case. */
export interface Agreement {
  /** Largest error over its bound; at most 1 when the case passes. Infinity when a number is missing or not finite. */
  readonly ratio: number;
  readonly message: string;
}

/** The number as a device of this dtype holds it. */
export function rounded(data: Float64Array, dtype: Dtype): Float64Array {
  return dtype === "f32" ? Float64Array.from(data, Math.fround) : data;
}

/** Runs the kernel once on poisoned outputs and gives them. */
export async function runOnce<K extends KernelName>(backend: Backend, kernel: K, parameters: Case<K>["parameters"], data: readonly Float64Array[], dtype: Dtype): Promise<Float64Array[]> {
  const { inputs, outputs } = catalogueEntry(kernel).shapes(parameters);
  const plan = await backend.prepare(kernel, parameters, dtype);
  const from = data.map((numbers, index) => backend.upload(numbers, inputs[index]!, dtype));
  const to = outputs.map((shape) => backend.upload(new Float64Array(elements(shape)).fill(Number.NaN), shape, dtype));
  backend.submit(plan, from, to);
  const results = await Promise.all(to.map((y) => backend.read(y)));
  for (const handle of [...from, ...to, plan]) backend.free(handle);
  return results;
}

/** Several arrays as one. */
function joined(arrays: readonly Float64Array[]): Float64Array {
  if (arrays.length === 1) return arrays[0]!;
  return Float64Array.from(arrays.flatMap((array) => Array.from(array)));
}

/** Compares one case. */
export async function agreement<K extends KernelName>(backend: Backend, kernel: K, one: Case<K>, dtype: Dtype): Promise<Agreement> {
  const { name, parameters } = one;
  const data = inputsOf(one).map((numbers) => rounded(numbers, dtype));
  const { value, bound } = oracles[kernel](data[0]!, parameters, rounding(backend, dtype), data.slice(1));
  const result = joined(await runOnce(backend, kernel, parameters, data, dtype));
  let ratio = 0;
  let message = `${kernel}, ${name}: within its bound`;
  if (result.length !== value.length) return { ratio: Infinity, message: `${kernel}, ${name}: ${result.length} numbers where ${value.length} belong` };
  for (let at = 0; at < value.length; at += 1) {
    const error = Math.abs(result[at]! - value[at]!);
    const here = error === 0 ? 0 : error / bound[at]!;
    if (here <= ratio) continue;
    ratio = Number.isNaN(here) ? Infinity : here;
    message = `${kernel}, ${name}: element ${at} is ${result[at]!}, must be ${value[at]!} within ${bound[at]!}`;
  }
  return { ratio, message };
}

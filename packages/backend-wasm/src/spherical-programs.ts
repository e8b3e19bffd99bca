/** @file The kernels on S^2 as programs on the module's memory. */
import { harmonicTable, type KernelParameters } from "@mesoscope/kernels";
import type { Block, Heap } from "./heap.js";
import { constants, type Machine, type Program } from "./program.js";

type SphericalKernel = "spherical-moments" | "spherical-drift";

/** Programs by kernel. The parameters have been checked. */
export const sphericalPrograms: { readonly [K in SphericalKernel]: (machine: Machine, parameters: KernelParameters[K]) => Program } = {
  "spherical-moments": ({ exports, heap, dtype }, { batch, n, degree }) => {
    const table = tableOf(heap, degree);
    const scratch = heap.take(exports.sphericalScratch(n, degree));
    return { blocks: [table, scratch], run: (x, out) => exports[`sphericalMoments_${dtype}`](x, out, 0, batch, n, degree, table.at, scratch.at) };
  },
  "spherical-drift": ({ exports, heap, dtype }, { batch, n, numerator, denominator }) => {
    const degree = numerator.length;
    const table = tableOf(heap, degree);
    const a = constants(heap, [0, ...numerator.map((value) => value / n)]);
    const b = denominator === undefined ? undefined : constants(heap, Array.from({ length: degree + 1 }, (_, k) => (denominator[k] ?? 0) / n));
    const scratch = heap.take(exports.sphericalScratch(n, degree));
    return {
      blocks: [table, a, ...(b === undefined ? [] : [b]), scratch],
      run: (x, out) => exports[`sphericalDrift_${dtype}`](x, out, 0, batch, n, degree, table.at, a.at, b?.at ?? 0, scratch.at),
    };
  },
};

/** Fall, scale and slope of the recurrence, one number more each than there are places: the module reads one ahead. */
function tableOf(heap: Heap, degree: number): Block {
  const { fall, scale, slope } = harmonicTable(degree);
  return constants(heap, [...fall, 0, ...scale, 0, ...slope, 0]);
}

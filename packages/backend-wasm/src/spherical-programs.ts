/** @file The kernels on S^2 as programs on the module's memory. */
import { harmonicTable, type KernelParameters } from "@mesoscope/kernels";
import type { Block, Heap } from "./heap.js";
import { constants, scratchOfEach, type Machine, type Program } from "./program.js";

type SphericalKernel = "spherical-moments" | "spherical-drift";

/** Nanoseconds of a point in the sum of one harmonic. */
const PLACE = 0.4;

/** Programs by kernel. The parameters have been checked. */
export const sphericalPrograms: { readonly [K in SphericalKernel]: (machine: Machine, parameters: KernelParameters[K]) => Program } = {
  "spherical-moments": (machine, { batch, n, degree }) => {
    const { exports, heap, dtype, over } = machine;
    const table = tableOf(heap, degree);
    const { block, scratch } = scratchOfEach(machine, 7, exports.sphericalScratch(n, degree));
    return {
      blocks: [table, block],
      run: (x, out) => {
        over({ name: `sphericalMoments_${dtype}`, numbers: [x, out, 0, batch, n, degree, table.at, block.at], range: 2, cost: PLACE * n * degree * degree, scratch });
      },
    };
  },
  "spherical-drift": (machine, { batch, n, numerator, denominator }) => {
    const { exports, heap, dtype, over } = machine;
    const degree = numerator.length;
    const table = tableOf(heap, degree);
    const a = constants(heap, [0, ...numerator.map((value) => value / n)]);
    const b = denominator === undefined ? undefined : constants(heap, Array.from({ length: degree + 1 }, (_, k) => (denominator[k] ?? 0) / n));
    const { block, scratch } = scratchOfEach(machine, 9, exports.sphericalScratch(n, degree));
    return {
      blocks: [table, a, ...(b === undefined ? [] : [b]), block],
      run: (x, out) => {
        over({ name: `sphericalDrift_${dtype}`, numbers: [x, out, 0, batch, n, degree, table.at, a.at, b?.at ?? 0, block.at], range: 2, cost: 3 * PLACE * n * degree * degree, scratch });
      },
    };
  },
};

/** Fall, scale and slope of the recurrence, one number more each than there are places: the module reads one ahead. */
function tableOf(heap: Heap, degree: number): Block {
  const { fall, scale, slope } = harmonicTable(degree);
  return constants(heap, [...fall, 0, ...scale, 0, ...slope, 0]);
}

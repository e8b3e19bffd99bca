/** @file The spherical kernels in their fast form, replica by replica. */
import type { SphericalMomentParameters, SphericalParameters } from "../parameters.js";
import { harmonicTable, orderStart } from "./recurrence.js";
import { harmonicSums, sphericalSeries, velocityAt, type HarmonicSums, type SphericalSeries } from "./sums.js";

function emptySums(count: number): HarmonicSums {
  return { re: new Float64Array(count), im: new Float64Array(count) };
}

/** "spherical-moments": x (R, n, 3) -> (R, (K + 1)^2). */
export function sphericalMomentsKernel({ batch, n, degree }: SphericalMomentParameters): (x: Float64Array, out: Float64Array) => void {
  const table = harmonicTable(degree);
  const [total, block] = [emptySums(table.scale.length), emptySums(table.scale.length)];
  return (x, out) => {
    for (let replica = 0; replica < batch; replica += 1) {
      harmonicSums(x, replica * n, n, table, total, block);
      const at = replica * (degree + 1) * (degree + 1);
      for (let m = 0; m <= degree; m += 1) {
        for (let k = m; k <= degree; k += 1) {
          const t = orderStart(degree, m) + k - m;
          const weight = table.scale[t]!;
          if (m > 0) out[at + k * k + k - m] = (weight * total.im[t]!) / n;
          out[at + k * k + k + m] = (weight * total.re[t]!) / n;
        }
      }
    }
  };
}

/** "spherical-drift": x (R, n, 3) -> (R, n, 3). */
export function sphericalDriftKernel({ batch, n, numerator, denominator }: SphericalParameters): (x: Float64Array, out: Float64Array) => void {
  const table = harmonicTable(numerator.length);
  const count = table.scale.length;
  const [total, block] = [emptySums(count), emptySums(count)];
  const zeros = (): Float64Array => new Float64Array(count);
  const series: SphericalSeries = { valueRe: zeros(), valueIm: zeros(), slopeRe: zeros(), slopeIm: zeros(), belowRe: zeros(), belowIm: zeros() };
  return (x, out) => {
    for (let replica = 0; replica < batch; replica += 1) {
      harmonicSums(x, replica * n, n, table, total, block);
      sphericalSeries(table, n, numerator, denominator, total, series);
      for (let i = replica * n; i < (replica + 1) * n; i += 1) velocityAt(x, 3 * i, table, series, denominator !== undefined, out);
    }
  };
}

/** @file The two passes of the spherical kernels, O(n K^2) each: sums of harmonics over points, and series of harmonics at points. */
import { orderStart, type HarmonicTable } from "./recurrence.js";

/** Points summed before the total is touched: keeps the rounding of a sum of n terms near that of a sum of n / 256. */
const BLOCK = 256;

/** Sums over points of q_{k,m}(z) Re, Im (x + iy)^m, in the places of the table. */
export interface HarmonicSums {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Adds up n points from index `from` of x (.., 3). */
export function harmonicSums(x: Float64Array, from: number, n: number, { degree, fall }: HarmonicTable, total: HarmonicSums, block: HarmonicSums): void {
  total.re.fill(0);
  total.im.fill(0);
  for (let begin = 0; begin < n; begin += BLOCK) {
    block.re.fill(0);
    block.im.fill(0);
    for (let i = begin; i < Math.min(begin + BLOCK, n); i += 1) {
      const at = 3 * (from + i);
      addPoint(x[at]!, x[at + 1]!, x[at + 2]!, degree, fall, block);
    }
    for (let t = 0; t < total.re.length; t += 1) {
      total.re[t]! += block.re[t]!;
      total.im[t]! += block.im[t]!;
    }
  }
}

function addPoint(x: number, y: number, z: number, degree: number, fall: Float64Array, sums: HarmonicSums): void {
  let re = 1;
  let im = 0;
  let t = 0;
  for (let m = 0; m <= degree; m += 1) {
    let before = 0;
    let value = 1;
    for (let k = m; k <= degree; k += 1) {
      sums.re[t]! += value * re;
      sums.im[t]! += value * im;
      t += 1;
      if (k === degree) break;
      const next = z * value - fall[t]! * before;
      before = value;
      value = next;
    }
    const turned = re * x - im * y;
    im = re * y + im * x;
    re = turned;
  }
}

/** Coefficients at each place of the table: of the values and of the derivative in z of the numerator, and of the denominator. */
export interface SphericalSeries {
  readonly valueRe: Float64Array;
  readonly valueIm: Float64Array;
  readonly slopeRe: Float64Array;
  readonly slopeIm: Float64Array;
  readonly belowRe: Float64Array;
  readonly belowIm: Float64Array;
}

/** The series of one ensemble from its sums. */
export function sphericalSeries({ degree, scale, slope }: HarmonicTable, n: number, numerator: readonly number[], denominator: readonly number[] | undefined, sums: HarmonicSums, out: SphericalSeries): void {
  for (let m = 0; m <= degree; m += 1) {
    for (let k = m; k <= degree; k += 1) {
      const t = orderStart(degree, m) + k - m;
      const a = k === 0 ? 0 : numerator[k - 1]! / n;
      const weight = scale[t]! * scale[t]!;
      out.valueRe[t] = a * weight * sums.re[t]!;
      out.valueIm[t] = a * weight * sums.im[t]!;
      const b = (denominator?.[k] ?? 0) / n;
      out.belowRe[t] = b * weight * sums.re[t]!;
      out.belowIm[t] = b * weight * sums.im[t]!;
      if (m === 0) continue;
      const before = orderStart(degree, m - 1) + k - m + 1;
      const turn = a * slope[t]! * scale[t]! * scale[before]!;
      out.slopeRe[t] = turn * sums.re[before]!;
      out.slopeIm[t] = turn * sums.im[before]!;
    }
  }
}

/** The velocity at one point, written to out[at .. at + 2]; divided by the denominator where there is one. */
export function velocityAt(point: Float64Array, at: number, { degree, fall }: HarmonicTable, series: SphericalSeries, quotient: boolean, out: Float64Array): void {
  const [x, y, z] = [point[at]!, point[at + 1]!, point[at + 2]!];
  let [re, im, lastRe, lastIm] = [1, 0, 0, 0];
  let [vx, vy, vz, below] = [0, 0, 0, 0];
  let t = 0;
  for (let m = 0; m <= degree; m += 1) {
    let [valueRe, valueIm, slopeRe, slopeIm, belowRe, belowIm] = [0, 0, 0, 0, 0, 0];
    let before = 0;
    let value = 1;
    for (let k = m; k <= degree; k += 1) {
      valueRe += series.valueRe[t]! * value;
      valueIm += series.valueIm[t]! * value;
      slopeRe += series.slopeRe[t]! * value;
      slopeIm += series.slopeIm[t]! * value;
      if (quotient) {
        belowRe += series.belowRe[t]! * value;
        belowIm += series.belowIm[t]! * value;
      }
      t += 1;
      if (k === degree) break;
      const next = z * value - fall[t]! * before;
      before = value;
      value = next;
    }
    // (x + iy)^m and its derivatives m (x + iy)^(m-1) (1, i); the slopes are those of order m - 1.
    vx += m * (valueRe * lastRe + valueIm * lastIm);
    vy += m * (valueIm * lastRe - valueRe * lastIm);
    vz += slopeRe * lastRe + slopeIm * lastIm;
    below += belowRe * re + belowIm * im;
    lastRe = re;
    lastIm = im;
    re = lastRe * x - lastIm * y;
    im = lastRe * y + lastIm * x;
  }
  const along = x * vx + y * vy + z * vz;
  const divisor = quotient ? below : 1;
  out[at] = (vx - along * x) / divisor;
  out[at + 1] = (vy - along * y) / divisor;
  out[at + 2] = (vz - along * z) / divisor;
}

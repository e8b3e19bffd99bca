import { cos, DomainError, requireInteger } from "@mesoscope/numerics";
import { fourierFactors, fourierTransform } from "./fourier.js";

export interface PowerSpectrumOptions {
  /** Length of the segments that are averaged: a power of two, at most the length of the series. */
  readonly segment: number;
  /** `hann`: segments overlap by half and are tapered, for series that are not periodic. `none`: segments side by side, as they are. */
  readonly taper: "hann" | "none";
}

export interface PowerSpectrum {
  /** Cycles per token, 0 to 1/2: (segment/2 + 1). */
  readonly frequencies: Float64Array;
  /** Power per unit of frequency, one-sided: its sum divided by the segment is the variance. */
  readonly density: Float64Array;
  readonly segments: number;
  /** Mean of the series, taken off before. */
  readonly mean: number;
}

/**
 * One-sided power spectrum of a series by averaged periodograms (Welch) [eq:one-bit-power-spectrum].
 *
 * @throws DomainError if the segment is no power of two or longer than the series, or a value is not finite
 * @see Welch (1967), IEEE Trans. Audio Electroacoust. 15, 70
 */
export function powerSpectrum(series: ArrayLike<number>, { segment, taper }: PowerSpectrumOptions): PowerSpectrum {
  requireInteger("segment", segment, { min: 2, max: series.length }, "Give a power of two that fits into the series.");
  const factors = fourierFactors(segment);
  const mean = meanOf(series);
  const weights = Float64Array.from({ length: segment }, (_, i) => (taper === "hann" ? 0.5 - 0.5 * cos((2 * Math.PI * i) / segment) : 1));
  const energy = weights.reduce((sum, w) => sum + w * w, 0);
  const stride = taper === "hann" ? segment / 2 : segment;
  const segments = Math.floor((series.length - segment) / stride) + 1;
  const half = segment / 2;
  const density = new Float64Array(half + 1);
  const real = new Float64Array(segment);
  const imaginary = new Float64Array(segment);
  for (let s = 0; s < segments; s++) {
    for (let i = 0; i < segment; i++) real[i] = weights[i]! * (series[s * stride + i]! - mean);
    imaginary.fill(0);
    fourierTransform(real, imaginary, factors);
    for (let k = 0; k <= half; k++) {
      const sides = k === 0 || k === half ? 1 : 2;
      density[k]! += (sides * (real[k]! * real[k]! + imaginary[k]! * imaginary[k]!)) / (energy * segments);
    }
  }
  return { frequencies: Float64Array.from({ length: half + 1 }, (_, k) => k / segment), density, segments, mean };
}

/** How much a series remembers of itself, or that there is nothing to remember. */
export type Autocorrelation =
  /** Correlation at lags 0 ... longest. */
  { readonly kind: "correlation"; readonly values: Float64Array } | { readonly kind: "undefined"; readonly reason: "constant-series" };

/**
 * Correlation of a series with itself at lags 0 ... longest: sums over the pairs there are, divided by their number and by the variance.
 *
 * @throws DomainError if the longest lag does not leave two pairs, or a value is not finite
 */
export function autocorrelation(series: ArrayLike<number>, longest: number): Autocorrelation {
  requireInteger("longest", longest, { min: 0, max: series.length - 2 }, "Give a lag shorter than the series.");
  const mean = meanOf(series);
  const values = new Float64Array(longest + 1);
  for (let lag = 0; lag <= longest; lag++) {
    let sum = 0;
    for (let i = lag; i < series.length; i++) sum += (series[i]! - mean) * (series[i - lag]! - mean);
    values[lag] = sum / (series.length - lag);
  }
  const variance = values[0]!;
  if (variance === 0) return { kind: "undefined", reason: "constant-series" };
  return { kind: "correlation", values: values.map((value) => value / variance) };
}

function meanOf(series: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < series.length; i++) {
    if (!Number.isFinite(series[i])) throw new DomainError({ name: `series[${i}]`, value: series[i], rule: "must be finite", remedy: "Leave out what is not a number before the transform." });
    sum += series[i]!;
  }
  return sum / series.length;
}

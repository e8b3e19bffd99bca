/** @file Unbiased estimates of cumulants, of all samples and with each of them left out. */
import { DomainError, requireInteger } from "@mesoscope/numerics";

/** Unbiased estimates of the first four cumulants. */
export interface KStatistics {
  readonly first: number;
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
}

/**
 * The k-statistics [eq:k-statistics]: symmetric functions of the samples whose means are the cumulants.
 * @param samples (R), R >= 4
 * @throws DomainError for fewer than 4 samples, or numbers so large that a fourth power overflows
 */
export function kStatistics(samples: Float64Array): KStatistics {
  const n = requireInteger("samples.length", samples.length, { min: 4 }, "Give at least 4 samples.");
  let sum = 0;
  for (const x of samples) sum += x;
  const centre = sum / n;
  let rest = 0;
  for (const x of samples) rest += x - centre;
  // The second pass takes the rounding of the first out of the mean, so that a far centre costs no digits.
  const mean = centre + rest / n;
  const k = kStatisticsOf(n, mean, centralMoments(samples, mean));
  const { fourth } = k;
  if (!Number.isFinite(fourth)) {
    throw new DomainError({ name: "samples", value: fourth, rule: "must be finite and have finite fourth powers", remedy: "Leave diverged replicas out, and scale the observable." });
  }
  return k;
}

/** From the mean of n samples and their central moments m_2, m_3, m_4. */
function kStatisticsOf(n: number, mean: number, [m2, m3, m4]: readonly [number, number, number]): KStatistics {
  const fourth = (n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2)) / ((n - 1) * (n - 2) * (n - 3));
  return { first: mean, second: (n * m2) / (n - 1), third: (n * n * m3) / ((n - 1) * (n - 2)), fourth };
}

function centralMoments(samples: Float64Array, mean: number): readonly [number, number, number] {
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (const x of samples) {
    const off = x - mean;
    const square = off * off;
    m2 += square;
    m3 += square * off;
    m4 += square * square;
  }
  return [m2 / samples.length, m3 / samples.length, m4 / samples.length];
}

/** Where one sample holds all but so much of the spread, leaving it out by subtraction costs the digits of what is left. */
const DIGITS = 1e-4;

/**
 * Power sums about the mean of all, less the powers of the one, moved to the mean of the rest.
 * @param sorted ascending (R), R >= 5
 * @returns (R) as `kStatistics` of the others, to rounding
 */
export function kStatisticsLeftOut(sorted: Float64Array): readonly KStatistics[] {
  const n = sorted.length - 1;
  const { first: mean } = kStatistics(sorted);
  let [sum1, sum2, sum3, sum4] = [0, 0, 0, 0];
  for (const x of sorted) {
    const off = x - mean;
    const square = off * off;
    sum1 += off;
    sum2 += square;
    sum3 += square * off;
    sum4 += square * square;
  }
  const out: KStatistics[] = [];
  sorted.forEach((x, left) => {
    // Equal neighbours leave the same samples.
    out.push(left > 0 && x === sorted[left - 1] ? out[left - 1]! : without(x, left));
  });
  return out;

  function without(x: number, left: number): KStatistics {
    const off = x - mean;
    const square = off * off;
    const [s1, s2, s3, s4] = [sum1 - off, sum2 - square, sum3 - square * off, sum4 - square * square];
    const shift = s1 / n;
    const m2 = s2 / n - shift * shift;
    if (!(n * m2 > DIGITS * sum2)) return kStatistics(sorted.filter((_, i) => i !== left));
    const m3 = s3 / n - (3 * shift * s2) / n + 2 * shift * shift * shift;
    const m4 = s4 / n - (4 * shift * s3) / n + (6 * shift * shift * s2) / n - 3 * shift * shift * shift * shift;
    return kStatisticsOf(n, mean + shift, [m2, m3, m4]);
  }
}

/** @file The discrete Fourier transform of real series, with the same bits in every engine: libraries make their factors with Math.sin, which has not. */
import { DomainError, requireInteger, sinCos } from "@mesoscope/numerics";

/**
 * Fourier transform in place, z_k = sum_j x_j e^(-2 pi i j k/n), by radix 2.
 *
 * @param real (n) real parts, n a power of two
 * @param imaginary (n)
 * @param factors {@link fourierFactors} of n
 */
export function fourierTransform(real: Float64Array, imaginary: Float64Array, factors: FourierFactors): void {
  const n = real.length;
  reverseBits(real, imaginary);
  for (let half = 1; half < n; half *= 2) {
    const stride = n / (2 * half);
    for (let from = 0; from < n; from += 2 * half) {
      for (let k = 0; k < half; k++) {
        const c = factors.cos[k * stride]!;
        const s = factors.sin[k * stride]!;
        const i = from + k;
        const j = i + half;
        const re = real[j]! * c + imaginary[j]! * s;
        const im = imaginary[j]! * c - real[j]! * s;
        real[j] = real[i]! - re;
        imaginary[j] = imaginary[i]! - im;
        real[i]! += re;
        imaginary[i]! += im;
      }
    }
  }
}

/** cos and sin of 2 pi k/n, k < n/2. */
export interface FourierFactors {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

/** @throws DomainError unless n is a power of two */
export function fourierFactors(n: number): FourierFactors {
  requireInteger("n", n, { min: 1, max: 2 ** 30 });
  if ((n & (n - 1)) !== 0) throw new DomainError({ name: "n", value: n, rule: "must be a power of two", remedy: "Cut the series, or use several segments." });
  const cos = new Float64Array(Math.max(1, n / 2));
  const sin = new Float64Array(Math.max(1, n / 2));
  const angle = new Float64Array(2);
  for (let k = 0; k < n / 2; k++) {
    sinCos((2 * Math.PI * k) / n, angle);
    sin[k] = angle[0]!;
    cos[k] = angle[1]!;
  }
  return { cos, sin };
}

function reverseBits(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [real[i], real[j]] = [real[j]!, real[i]!];
    [imaginary[i], imaginary[j]] = [imaginary[j]!, imaginary[i]!];
  }
}

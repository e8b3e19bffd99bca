import { DomainError, eigenvalues, requireInteger } from "@mesoscope/numerics";
import type { Eigenvalues } from "@mesoscope/numerics";

/** Real and imaginary parts of a list of numbers, complex ones in conjugate pairs. */
export type Spectrum = Pick<Eigenvalues, "real" | "imaginary">;

/**
 * All multipliers of the window map at a fixed point, from the eigenvalues K of the map with a window of one token there: the
 * roots of z^L = (K/L)(z^(L-1) + ... + 1) for each K [eq:one-bit-window-multipliers]. The attention drops out: it only weighs
 * tokens that are all equal.
 *
 * @param single eigenvalues K of the one-token map, conjugate pairs complete (as `eigenvalues` of `@mesoscope/numerics` gives them)
 * @param contextLength L >= 1
 * @returns L multipliers for each K, by descending modulus
 * @throws DomainError if L is no positive integer, or a complex K comes without its conjugate
 */
export function windowMultipliers(single: Spectrum, contextLength: number): Multiplier[] {
  const length = requireInteger("contextLength", contextLength, { min: 1 });
  const found: Multiplier[] = [];
  for (let i = 0; i < single.real.length; i++) {
    const re = single.real[i]!;
    const im = single.imaginary[i]!;
    if (im > 0) continue; // with its conjugate
    if (im < 0) requireConjugate(single, i);
    const n = im === 0 ? length : 2 * length;
    const roots = eigenvalues(im === 0 ? companion(re, length) : companionOfPair(re, im, length), n);
    for (let k = 0; k < roots.real.length; k++) found.push(multiplier(roots.real[k]!, roots.imaginary[k]!));
  }
  return byModulus(found);
}

/** A multiplier of a map: its parts, and how it stretches (modulus) and turns (angle in units of a full turn, in [0, 1/2]). */
export interface Multiplier {
  readonly real: number;
  readonly imaginary: number;
  readonly modulus: number;
}

export function multiplier(real: number, imaginary: number): Multiplier {
  const scale = Math.max(Math.abs(real), Math.abs(imaginary));
  const modulus = scale === 0 ? 0 : scale * Math.sqrt((real / scale) * (real / scale) + (imaginary / scale) * (imaginary / scale));
  return { real, imaginary, modulus };
}

/** By descending modulus; equal moduli by real, then imaginary part. */
export function byModulus(multipliers: Multiplier[]): Multiplier[] {
  return multipliers.sort((a, b) => b.modulus - a.modulus || b.real - a.real || a.imaginary - b.imaginary);
}

/** First row K/L, ones below the diagonal. */
function companion(k: number, length: number): Float64Array {
  const a = new Float64Array(length * length);
  for (let j = 0; j < length; j++) a[j] = k / length;
  for (let i = 1; i < length; i++) a[i * length + i - 1] = 1;
  return a;
}

/** The same for K and its conjugate together, each number as a rotation and stretch of the plane. */
function companionOfPair(re: number, im: number, length: number): Float64Array {
  const n = 2 * length;
  const a = new Float64Array(n * n);
  for (let j = 0; j < length; j++) {
    a[2 * j] = a[n + 2 * j + 1] = re / length;
    a[2 * j + 1] = -im / length;
    a[n + 2 * j] = im / length;
  }
  for (let i = 2; i < n; i++) a[i * n + i - 2] = 1;
  return a;
}

function requireConjugate({ real, imaginary }: Spectrum, i: number): void {
  for (let j = 0; j < real.length; j++) if (real[j] === real[i] && imaginary[j] === -imaginary[i]!) return;
  throw new DomainError({
    name: "single",
    value: `${real[i]!} + ${imaginary[i]!} i`,
    rule: "must come with its conjugate",
    remedy: "Give the eigenvalues of a real matrix, all of them.",
  });
}

import { requireInRange } from "@mesoscope/numerics";
import { blockMean } from "./block-statistics.js";
import type { LyapunovExponent, LyapunovSpectrum } from "./spectrum.js";

/** The dimension of an attractor by its exponents, or why they do not tell it. */
export type KaplanYorke =
  | { readonly kind: "dimension"; readonly value: number; readonly standardError: number }
  | {
      readonly kind: "undefined";
      /** `all-exponents-sum-positive`: volumes grow; `exponent-below-resolution`, `too-few-exponents`: the one that decides is not known. */
      readonly reason: "all-exponents-sum-positive" | "exponent-below-resolution" | "too-few-exponents";
    };

/**
 * Kaplan-Yorke dimension D = j + (l_1 + ... + l_j)/|l_(j+1)|, j the most exponents whose sum is not negative [eq:one-bit-kaplan-yorke].
 *
 * @param zero exponents within this of zero count as zero, nats per token: that of a torus comes out as zero only up to its error
 * @throws DomainError if zero is negative
 */
export function kaplanYorkeDimension({ exponents, blockValues, blocks, size }: LyapunovSpectrum, { zero }: { readonly zero: number }): KaplanYorke {
  requireInRange("zero", zero, { min: 0 });
  const count = blockValues.length / blocks;
  let sum = 0;
  for (let j = 0; j < exponents.length; j++) {
    const one = exponents[j]!;
    if (one.kind === "minus-infinity") return { kind: "dimension", value: j, standardError: 0 };
    if (one.kind === "below-resolution") return { kind: "undefined", reason: "exponent-below-resolution" };
    const value = rounded(one.value, zero);
    if (sum + value >= 0) {
      sum += value;
      continue;
    }
    // First order in the deviations of a block from the mean.
    const deviation = (b: number): number => {
      let above = 0;
      for (let k = 0; k < j; k++) above += blockValues[b * count + k]! - valueOf(exponents[k]!);
      const below = blockValues[b * count + j]! - value;
      return above / -value + (sum * below) / (value * value);
    };
    return { kind: "dimension", value: j + sum / -value, standardError: blockMean(blocks, deviation).standardError };
  }
  return { kind: "undefined", reason: exponents.length === size ? "all-exponents-sum-positive" : "too-few-exponents" };
}

function rounded(value: number, zero: number): number {
  return Math.abs(value) <= zero ? 0 : value;
}

function valueOf(exponent: LyapunovExponent): number {
  return exponent.kind === "finite" ? exponent.value : 0;
}

/** @file What is observed of a kernel: two of its entries and the cosine that they make, and what first and second cumulants of entries say about them. */
import type { Observable } from "@mesoscope/contracts";
import type { TokenKernel } from "../../initialisation/token-kernel.js";

export const SQUARE = "square";
export const OVERLAP = "overlap";
export const COSINE = "cosine";

export const kernelObservables: readonly Observable[] = [
  { id: SQUARE, symbol: "H₁₁", meaning: "kernel of the first token with itself, after the last block", unit: "1", kind: "scalar", equation: "attention-depth" },
  { id: OVERLAP, symbol: "H₁₂", meaning: "kernel of the first two tokens, after the last block", unit: "1", kind: "scalar", equation: "attention-depth" },
  { id: COSINE, symbol: "c₁₂", meaning: "cosine of the first two tokens, after the last block", unit: "1", kind: "scalar", equation: "attention-collapse" },
];

/** H_11, H_12 and H_22 of a kernel (n, n). */
export type Entries = readonly [number, number, number];

export function entriesAt(kernels: ArrayLike<number>, offset: number, n: number): Entries {
  return [kernels[offset]!, kernels[offset + 1]!, kernels[offset + n + 1]!];
}

/** Places of H_11, H_12 and H_22 among the entries i <= j. */
export function halfPlaces({ inputs, tokens }: TokenKernel): Entries {
  return [0, 1, inputs * tokens];
}

/** H_12 / sqrt(H_11 H_22). */
export function cosineOf([q, p, r]: Entries): number {
  return p / Math.sqrt(q * r);
}

/** Gradient of the cosine in (H_11, H_12, H_22). */
export function cosineGradient(entries: Entries): Entries {
  const [q, , r] = entries;
  const c = cosineOf(entries);
  return [-c / (2 * q), 1 / Math.sqrt(q * r), -c / (2 * r)];
}

/** Half the sum of second derivatives of the cosine with a covariance (3, 3): what noise of the entries adds to its mean. */
export function cosineCurvature(entries: Entries, covariance: readonly (readonly number[])[]): number {
  const [q, , r] = entries;
  const c = cosineOf(entries);
  const root = Math.sqrt(q * r);
  const second = [
    [(3 * c) / (4 * q * q), -1 / (2 * q * root), c / (4 * q * r)],
    [-1 / (2 * q * root), 0, -1 / (2 * r * root)],
    [c / (4 * q * r), -1 / (2 * r * root), (3 * c) / (4 * r * r)],
  ];
  return second.reduce((sum, row, i) => sum + row.reduce((part, value, j) => part + value * covariance[i]![j]!, 0), 0) / 2;
}

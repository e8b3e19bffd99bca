/** @file Leading orders of what finite sizes add to a theory. */
import { exp, log } from "@mesoscope/numerics";
import type { Extent } from "../head-map/training-task.js";
import type { Setting } from "./question.js";

/** One term of the error that finite sizes bring. */
export interface ErrorTerm {
  /** `spread`: variance from seed to seed; `shift`: of the mean; `discretisation`: of depth. */
  readonly kind: "spread" | "shift" | "discretisation";
  /** Its power of the sizes, as text. */
  readonly order: string;
  /** That power at the sizes asked about; 0 for a limit itself. Times a constant of order one, see `constant`. */
  readonly scale: number;
  /** Where the constant comes from: a function, or that it is not known. */
  readonly constant: string;
}

const inverse = (size: Extent): number => (size === "infinite" ? 0 : 1 / size);

/** N^-p, 0 for N = "infinite" and p > 0. */
function fallOf(N: Extent, p: number): number {
  if (p === 0) return 1;
  return N === "infinite" ? 0 : exp(-p * log(N));
}

/** "1/N" for p = 1, "N^-0.5" in general. */
function powerText(p: number): string {
  return p === 1 ? "1/N" : `N^-${p}`;
}

/** Variance of kernels at initialisation and of outputs in training: 1/H at alphaA = 1/2, whatever N; 1/(N H) at 1. */
export function spread({ alphaA, N, H }: Setting, constant: string): ErrorTerm {
  const p = 2 * alphaA - 1;
  const order = p === 0 ? "1/H" : p === 1 ? "1/(N H)" : `N^-${round(p)}/H`;
  return { kind: "spread", order, scale: fallOf(N, p) * inverse(H), constant };
}

/** Variance at infinitely many heads' own rate: 1/H, for a theory that already knows N. */
export function spreadOfHeads({ H }: Setting, constant: string): ErrorTerm {
  return { kind: "spread", order: "1/H", scale: inverse(H), constant };
}

/** Shift of means with the width of a head: 1/N at the ends, the variance of the logits N^(1 - 2 alphaA) between. */
export function shiftOfWidth({ alphaA, N }: Setting, constant: string): ErrorTerm {
  const p = alphaA === 0.5 ? 1 : round(2 * alphaA - 1);
  return { kind: "shift", order: powerText(p), scale: fallOf(N, p), constant };
}

/** Shift of means with the number of heads, in training. */
export function shiftOfHeads({ H }: Setting, constant: string): ErrorTerm {
  return { kind: "shift", order: "1/H", scale: inverse(H), constant };
}

/** Depth as a continuous time. */
export function stepsOfDepth({ L }: Setting): ErrorTerm {
  return { kind: "discretisation", order: "1/L", scale: inverse(L), constant: "measured by two depths: times L it is constant" };
}

function round(p: number): number {
  return Math.round(p * 1e6) / 1e6;
}

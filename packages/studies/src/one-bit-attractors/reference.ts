/**
 * @file Attractors at the published inverse temperatures, made by two independent implementations (NumPy and C) with at least ten million tokens each.
 * Errors are standard errors, or half of the last digit that was kept.
 */
import type { RegimeKind } from "@mesoscope/dmft/hopfield";

export interface ReferenceExponent {
  /** 1 for the largest. */
  readonly rank: number;
  readonly value: number;
  readonly error: number;
}

export interface ReferenceAttractor {
  readonly beta: number;
  readonly regime: RegimeKind;
  /** 0 where it does not return. */
  readonly period: number;
  readonly exponents: readonly ReferenceExponent[];
  /** Kaplan-Yorke dimension, where exponents tell one. */
  readonly dimension?: number;
}

/** The inverse temperatures of the figures of the paper, gamma = 220. */
export const referenceAttractors: readonly ReferenceAttractor[] = [
  { beta: 1.255, regime: "quasi-periodic", period: 0, exponents: [{ rank: 1, value: 0, error: 2e-6 }, { rank: 2, value: -0.00776, error: 5e-6 }] },
  { beta: 1.26405, regime: "quasi-periodic", period: 0, exponents: [{ rank: 1, value: 0, error: 2e-6 }, { rank: 2, value: -0.01055, error: 5e-6 }] },
  { beta: 1.266, regime: "chaos", period: 0, exponents: [{ rank: 1, value: 0.0769, error: 3e-4 }], dimension: 2.12 },
  { beta: 1.27, regime: "periodic", period: 28, exponents: [{ rank: 1, value: -0.047800156, error: 5e-10 }] },
  {
    beta: 1.28,
    regime: "chaos",
    period: 0,
   
    exponents: [{ rank: 1, value: 0.144267, error: 1.09e-4 }, { rank: 2, value: -0.056674, error: 1.1e-4 }, { rank: 3, value: -0.157456, error: 1.1e-4 }],
    dimension: 2.5563,
  },
  { beta: 1.4, regime: "chaos", period: 0, exponents: [{ rank: 1, value: 0.07442, error: 1.2e-4 }], dimension: 1.561 },
];

/** The reference at an inverse temperature, if there is one. */
export function referenceAt(beta: number): ReferenceAttractor | undefined {
  return referenceAttractors.find((one) => one.beta === beta);
}

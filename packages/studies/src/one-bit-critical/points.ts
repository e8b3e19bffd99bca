/** @file The two transitions that are looked at, as this study names them. */
import { criticalExponents, oneBitPoints } from "@mesoscope/dmft/hopfield";

export const TRANSITIONS = ["pitchfork", "neimark-sacker"] as const;
export type TransitionKind = (typeof TRANSITIONS)[number];

/** A transition of the limit. */
export interface CriticalPoint {
  readonly kind: TransitionKind;
  readonly title: string;
  readonly beta: number;
  /** Ratio of the mean fourth power of |z| to the square of its mean square, where noise meets the cubic term alone. */
  readonly momentRatio: number;
}

/** Mean squares scale with N^(-1/2), widths too: [eq:one-bit-critical-scaling]. */
export const EXPONENTS = { value: 0.5, width: 0.5 } as const;

function pointOf(kind: TransitionKind, title: string): CriticalPoint {
  const { beta, kind: bifurcation } = oneBitPoints[kind];
  return { kind, title, beta, momentRatio: criticalExponents[bifurcation].momentRatio! };
}

export const criticalPoints: Readonly<Record<TransitionKind, CriticalPoint>> = {
  pitchfork: pointOf("pitchfork", "pitchfork of one feature"),
  "neimark-sacker": pointOf("neimark-sacker", "Neimark-Sacker point of the published network"),
};

/** @file Statistical comparisons that are judged together, and the moments they are made of. */
import { erfc } from "@mesoscope/special-functions";
import { expect } from "vitest";

/** What is compared, and by how many standard errors it is off. */
export type Comparison = readonly [name: string, z: number];

/** The two-sided level of one of m comparisons: 1 % for all of them (Sidak). */
const levelOf = (family: readonly Comparison[]): number => 1 - 0.99 ** (1 / family.length);
const pOf = (z: number): number => erfc(Math.abs(z) / Math.SQRT2);

/** None of the family is further off than its level allows. */
export function judged(family: readonly Comparison[]): void {
  for (const [name, z] of family) expect(pOf(z), `${name}: z = ${z}`).toBeGreaterThan(levelOf(family));
}

/** The same samples exclude a wrong theory: at least one of the family is further off than chance allows. */
export function excluded(family: readonly Comparison[]): void {
  expect(Math.min(...family.map(([, z]) => pOf(z))), JSON.stringify(family)).toBeLessThan(levelOf(family));
}

/** Replicas of the ordinary and of the deep run. */
export const replicas = (few: number, many: number): number => (process.env["MESOSCOPE_DEEP"] === "1" ? many : few);

export interface Moments {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly error: number;
  readonly variance: number;
  /** Standard error of the variance, by the fourth moment of the sample. */
  readonly varianceError: number;
}

export function momentsOf(values: readonly number[]): Moments {
  const R = values.length;
  const mean = values.reduce((a, b) => a + b) / R;
  const central = (p: number): number => values.reduce((sum, value) => sum + (value - mean) ** p, 0) / R;
  const variance = (central(2) * R) / (R - 1);
  return { mean, error: Math.sqrt(variance / R), variance, varianceError: Math.sqrt(Math.max(0, central(4) - central(2) ** 2) / R) };
}

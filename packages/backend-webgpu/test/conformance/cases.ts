/** @file Sizes that break tilings and parts, places that break formulas, temperatures from -5 to 300; small enough for a GPU made of software. */
import type { AttentionParameters } from "@mesoscope/kernels";
import type { Placement } from "@mesoscope/kernels/conformance";

/** What fits into registers: every flow. */
export const narrow: readonly (readonly [n: number, d: number, placement: Placement])[] = [
  [1, 1, "random"],
  [2, 2, "antipodal"],
  [63, 2, "coincident"],
  [64, 3, "cap"],
  [65, 3, "random"],
  [600, 3, "random"],
];

/** What does not, and sizes of many parts: two flows. */
export const others: readonly (readonly [n: number, d: number, placement: Placement])[] = [
  [129, 17, "random"],
  [100, 33, "cap"],
  [70, 129, "random"],
  [1025, 3, "random"],
];

/** One size beyond what a part of the keys holds in a few tiles. */
export const largest: readonly [n: number, d: number, placement: Placement] = [8192, 3, "random"];

type Flow = Pick<AttentionParameters, "flow" | "beta" | "causal" | "shift">;

export const flows: readonly Flow[] = [
  { flow: "SA", beta: 0 },
  { flow: "SA", beta: -5 },
  { flow: "SA", beta: 9, causal: true },
  { flow: "SA", beta: 300 },
  { flow: "USA", beta: 5 },
  { flow: "USA", beta: -5, causal: true },
  { flow: "USA", beta: 300, shift: 1 },
];

export const fewFlows: readonly Flow[] = [
  { flow: "SA", beta: 40, causal: true },
  { flow: "USA", beta: 300, shift: 1 },
];

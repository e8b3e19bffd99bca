/** @file Sizes that break tilings, places that break formulas, temperatures from -5 to 300. */
import type { AttentionParameters } from "../parameters.js";
import type { Placement } from "./drift.js";

/** Tokens, dimension, and where they are put. */
export const sizes: readonly (readonly [n: number, d: number, placement: Placement])[] = [
  [1, 1, "random"],
  [1, 3, "random"],
  [2, 1, "antipodal"],
  [2, 2, "antipodal"],
  [3, 7, "coincident"],
  [7, 3, "cap"],
  [8, 9, "random"],
  [31, 2, "random"],
  [63, 5, "random"],
  [64, 3, "antipodal"],
  [65, 3, "random"],
  [129, 17, "random"],
  [200, 64, "cap"],
  [257, 129, "random"],
  [1025, 3, "random"],
  [8192, 3, "random"],
];

/** Flows and temperatures. */
export const flows: readonly Pick<AttentionParameters, "flow" | "beta" | "causal" | "shift">[] = [
  { flow: "SA", beta: 0 },
  { flow: "SA", beta: 1 },
  { flow: "SA", beta: -5 },
  { flow: "SA", beta: 9, causal: true },
  { flow: "SA", beta: 40 },
  { flow: "SA", beta: 300 },
  { flow: "SA", beta: 301, causal: true },
  { flow: "USA", beta: 5 },
  { flow: "USA", beta: -5 },
  { flow: "USA", beta: 2, causal: true },
  { flow: "USA", beta: 300, shift: 1 },
];

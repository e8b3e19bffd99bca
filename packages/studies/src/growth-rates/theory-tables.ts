/** @file What the linear theory says by itself: the dominant degree, and where one degree overtakes the other. */
import type { Table } from "@mesoscope/contracts";
import { dominantDegree, growthTransition } from "@mesoscope/mean-field-pde";

const BETAS = [0.5, 1, 2, 3, 4, 5, 7, 9, 16, 25, 36, 64, 100] as const;
const DIMENSIONS = [2, 3, 8, 128] as const;
const TRANSITIONS = 6;

/** k_max over beta and d. */
export function dominantDegreeTable(): Table {
  return {
    id: "dominant-degree",
    title: "Dominant degree k_max, the same for SA and USA",
    columns: [{ id: "d", title: "d" }, ...BETAS.map((beta) => ({ id: `beta-${beta}`, title: `β = ${beta}` }))],
    rows: DIMENSIONS.map((d) => [d, ...BETAS.map((beta) => dominantDegree(beta, d).k)]),
  };
}

/** The inverse temperatures at which k + 1 overtakes k. */
export function transitionTable(): Table {
  return {
    id: "transitions",
    title: "Inverse temperature at which degree k + 1 overtakes degree k",
    columns: [{ id: "d", title: "d" }, ...Array.from({ length: TRANSITIONS }, (_, i) => ({ id: `k-${i + 1}`, title: `${i + 1} → ${i + 2}` }))],
    rows: DIMENSIONS.map((d) => [d, ...Array.from({ length: TRANSITIONS }, (_, i) => growthTransition(i + 1, d).beta.toFixed(10))]),
  };
}

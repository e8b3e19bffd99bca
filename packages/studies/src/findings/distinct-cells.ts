import { canonicalJson } from "@mesoscope/contracts";
import type { Cell } from "@mesoscope/finite-size";

/** Each cell once, where it first stands: a control looks at replicas that the study has sampled anyway. */
export function distinctCells(cells: readonly Cell[]): readonly Cell[] {
  return [...new Map(cells.map((cell) => [canonicalJson(cell, "cell"), cell])).values()];
}

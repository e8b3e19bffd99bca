/** @file A grid of two sizes that grow: the designs along the first for each value of the second. */
import type { Size } from "@mesoscope/contracts";
import { DomainError, requireInteger } from "@mesoscope/numerics";
import { checkDesign, type Design } from "./design.js";

/** Sizes along two axes, every other axis fixed. */
export interface GridDesign {
  /** Names of the two axes that grow. */
  readonly axes: readonly [string, string];
  /** Strictly increasing positive integers, for each axis. */
  readonly sizes: readonly [readonly number[], readonly number[]];
  /** Values of the other axes of the pair. */
  readonly fixed?: Size;
  /** Replicas at every point, or one row for each size of the second axis, with one number for each of the first. */
  readonly replicas: number | readonly (readonly number[])[];
  /** Replicas of one cell. A matter of convenience only. */
  readonly block: number;
}

/**
 * The grid itself when it can be run.
 * @throws DomainError for one axis twice, sizes that are not increasing positive integers, rows of replicas that do not fit, and
 * whatever `checkDesign` refuses of a line
 */
export function checkGrid(grid: GridDesign): GridDesign {
  const { axes, sizes, fixed, replicas } = grid;
  if (axes[0] === axes[1]) throw new DomainError({ name: "grid.axes", value: axes[1], rule: "must be two different axes", remedy: "Give a `Design` for one axis." });
  if (sizes[1].length === 0) throw new DomainError({ name: "grid.sizes[1]", value: sizes[1], rule: "must not be empty", remedy: "Give at least one size; exponents need three." });
  sizes[1].forEach((size, j) => {
    requireInteger(`grid.sizes[1][${j}]`, size, { min: 1 });
    if (j > 0 && size <= sizes[1][j - 1]!) {
      throw new DomainError({ name: `grid.sizes[1][${j}]`, value: size, rule: `must be greater than the size before it, ${sizes[1][j - 1]!}`, remedy: "Sort the sizes and drop the double ones." });
    }
  });
  const taken = axes.find((axis) => fixed !== undefined && axis in fixed);
  if (taken !== undefined) throw new DomainError({ name: `grid.fixed.${taken}`, value: fixed![taken], rule: "must not be fixed, since it is an axis that grows", remedy: "Leave it out." });
  if (typeof replicas !== "number" && replicas.length !== sizes[1].length) {
    throw new DomainError({ name: "grid.replicas", value: replicas.length, rule: `must have one row for each of the ${sizes[1].length} sizes of the second axis`, remedy: "Give one number for all points, or as many rows." });
  }
  sizes[1].forEach((_, j) => checkDesign(lineAt(grid, j)));
  return grid;
}

/**
 * One design along the first axis for each size of the second, ascending. A point of the grid lies on exactly one of them, so it has one set of
 * cells and one key; lines along the other axis would give the same point other chance.
 * @throws DomainError as `checkGrid`
 */
export function linesOf(grid: GridDesign): readonly Design[] {
  checkGrid(grid);
  return grid.sizes[1].map((_, j) => lineAt(grid, j));
}

function lineAt({ axes, sizes, fixed, replicas, block }: GridDesign, j: number): Design {
  return { axis: axes[0], sizes: sizes[0], fixed: { ...fixed, [axes[1]]: sizes[1][j]! }, replicas: typeof replicas === "number" ? replicas : replicas[j]!, block };
}

/** @file A design says which finite systems are run: one axis that grows, its sizes, and how many replicas of each. */
import type { Size } from "@mesoscope/contracts";
import { DomainError, requireInteger, requirePositive } from "@mesoscope/numerics";

/** Sizes along one axis, every other axis fixed. */
export interface Design {
  /** Name of the axis that grows. */
  readonly axis: string;
  /** Strictly increasing positive integers. */
  readonly sizes: readonly number[];
  /** Values of the other axes of the pair. */
  readonly fixed?: Size;
  /** Replicas at every size, or one number a size; at least 2, else there is no spread. */
  readonly replicas: number | readonly number[];
  /** Replicas of one cell. A matter of convenience only: no number depends on it. */
  readonly block: number;
}

/**
 * Sizes `from, from ratio, from ratio^2, ...` up to `to`, rounded to integers.
 * @throws DomainError unless 1 <= from <= to are integers and ratio > 1
 */
export function geometricSizes(from: number, to: number, ratio = 2): readonly number[] {
  requireInteger("from", from, { min: 1 });
  requireInteger("to", to, { min: from }, `Give an integer not below from = ${from}.`);
  if (!(Number.isFinite(ratio) && ratio > 1)) {
    throw new DomainError({ name: "ratio", value: ratio, rule: "must be finite and greater than 1", remedy: "Give 2 to double the size from one run to the next." });
  }
  const sizes: number[] = [];
  // A hair above `to`, so that a power which rounding left at to (1 + 1e-16) still counts.
  for (let exact = from; exact <= to * (1 + 1e-9); exact *= ratio) {
    const size = Math.round(exact);
    if (size !== sizes.at(-1)) sizes.push(size);
  }
  return sizes;
}

/**
 * The design itself when it can be run.
 * @throws DomainError for no sizes, sizes that are not increasing positive integers, fewer than 2 replicas, an empty block
 */
export function checkDesign(design: Design): Design {
  const { axis, sizes, replicas, fixed } = design;
  if (sizes.length === 0) throw refuse("design.sizes", sizes, "must not be empty", "Give at least one size; exponents need three.");
  sizes.forEach((size, k) => {
    requireInteger(`design.sizes[${k}]`, size, { min: 1 });
    if (k > 0 && size <= sizes[k - 1]!) {
      throw refuse(`design.sizes[${k}]`, size, `must be greater than the size before it, ${sizes[k - 1]!}`, "Sort the sizes and drop the double ones.");
    }
  });
  if (typeof replicas !== "number" && replicas.length !== sizes.length) {
    throw refuse("design.replicas", replicas, `must have one number for each of the ${sizes.length} sizes`, "Give one number for all sizes, or as many as there are sizes.");
  }
  sizes.forEach((_, k) => {
    const name = typeof replicas === "number" ? "design.replicas" : `design.replicas[${k}]`;
    requireInteger(name, replicasAt(design, k), { min: 2 }, "Give at least 2 replicas: one alone has no spread.");
  });
  requireInteger("design.block", design.block, { min: 1 }, "Give the number of replicas of one cell, for example 64.");
  if (fixed !== undefined && axis in fixed) {
    throw refuse(`design.fixed.${axis}`, fixed[axis], "must not be fixed, since it is the axis that grows", "Leave it out.");
  }
  for (const [name, value] of Object.entries(fixed ?? {})) requirePositive(`design.fixed.${name}`, value);
  return design;
}

/** Replicas at the size of index k. */
export function replicasAt(design: Design, k: number): number {
  return typeof design.replicas === "number" ? design.replicas : (design.replicas[k] ?? Number.NaN);
}

/** The whole size at the size of index k: the fixed axes and the growing one. */
export function sizeAt(design: Design, k: number): Size {
  return { ...design.fixed, [design.axis]: design.sizes[k]! };
}


function refuse(name: string, value: unknown, rule: string, remedy: string): DomainError {
  return new DomainError({ name, value, rule, remedy });
}

/** @file Shapes: lengths of the axes, row-major, the replica axis first. */

/** Lengths of the axes. */
export type Shape = readonly number[];

/** Number of elements of an array of that shape. */
export function elements(shape: Shape): number {
  let count = 1;
  for (const length of shape) count *= length;
  return count;
}

/** True when both have the same axes. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** `(2, 5, 3)`. */
export function shapeText(shape: Shape): string {
  return `(${shape.join(", ")})`;
}

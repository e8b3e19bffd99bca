/** @file Products of spheres: states that are n unit rows of length d. */
import { requireInteger } from "@mesoscope/numerics";
import type { Projection } from "./field.js";

/**
 * The projection on S^{d-1} x ... x S^{d-1}: divides every row of d numbers by its length. A method of order p stays of order p: the projection moves a
 * state by at most twice the error that the step made. A row of length 0 becomes NaN, which the integrators report as `diverged`.
 */
export function onSpheres(d: number): Projection {
  requireInteger("d", d, { min: 1 });
  return (y) => {
    for (let at = 0; at < y.length; at += d) {
      let square = 0;
      for (let k = at; k < at + d; k += 1) square += y[k]! * y[k]!;
      const length = Math.sqrt(square);
      for (let k = at; k < at + d; k += 1) y[k]! /= length;
    }
  };
}

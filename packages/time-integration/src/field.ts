/** @file What is integrated, and where. */

/** A field y' = f(t, y): writes f(t, y) into `out`, which is never y, and keeps neither. */
export type Field = (t: number, y: Float64Array, out: Float64Array) => void;

/** Brings a state back to its manifold, in place; should move it by no more than the error of a step. */
export type Projection = (y: Float64Array) => void;

/**
 * Coordinates xi of a manifold around a point y, 0 at y, in which a step is taken: the method then never leaves the manifold. The coordinates have as many
 * numbers as a state.
 */
export interface Chart {
  /** Writes the point with coordinates xi around y into `out`. */
  readonly point: (y: Float64Array, xi: Float64Array, out: Float64Array) => void;
  /** Writes the rate of the coordinates into `out` when the point moves with `velocity` at coordinates xi. */
  readonly rate: (y: Float64Array, xi: Float64Array, velocity: Float64Array, out: Float64Array) => void;
}

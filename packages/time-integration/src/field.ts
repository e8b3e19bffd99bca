/** @file What is integrated. */

/** A field y' = f(t, y): writes f(t, y) into `out`, which is never y, and keeps neither. */
export type Field = (t: number, y: Float64Array, out: Float64Array) => void;

/** Brings a state back to its manifold, in place; should move it by no more than the error of a step. */
export type Projection = (y: Float64Array) => void;

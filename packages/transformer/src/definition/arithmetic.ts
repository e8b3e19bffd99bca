/** @file What the definition of a network needs of numbers: it is written once, for real numbers and for whatever else differentiates it. */
import { exp, tanh } from "@mesoscope/numerics";
import { erf } from "@mesoscope/special-functions";

/** Operations on numbers of type T. */
export interface Arithmetic<T> {
  readonly of: (value: number) => T;
  readonly add: (a: T, b: T) => T;
  readonly times: (a: T, b: T) => T;
  readonly scale: (a: T, factor: number) => T;
  readonly divide: (a: T, b: T) => T;
  readonly root: (a: T) => T;
  readonly exp: (a: T) => T;
  readonly tanh: (a: T) => T;
  readonly erf: (a: T) => T;
  /** Decides branches: the largest logit, the sign of a rectified number. */
  readonly real: (a: T) => number;
}

/** Real numbers. */
export const REAL: Arithmetic<number> = Object.freeze({
  of: (value: number) => value,
  add: (a: number, b: number) => a + b,
  times: (a: number, b: number) => a * b,
  scale: (a: number, factor: number) => a * factor,
  divide: (a: number, b: number) => a / b,
  root: Math.sqrt,
  exp,
  tanh,
  erf,
  real: (a: number) => a,
});

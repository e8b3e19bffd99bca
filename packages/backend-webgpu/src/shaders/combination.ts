/** @file Runge-Kutta combinations of slopes, number by number, and rows made of length 1. */
import type { Text } from "./shader.js";

/** Most stages of a method: their weights are parameters of the shader. */
export const LARGEST_STAGES = 16;

/** y = x + sum_j c_j slope_j; where `inPlace`, y itself is x. */
export function combination(stages: number, inPlace: boolean): Text {
  const terms = Array.from({ length: stages }, (_, j) => `p.c${j} * slopes[${j}u * p.length + e]`);
  return {
    declarations: "",
    body: `
  let e = index * 64u + t;
  if (e >= p.length) {
    return;
  }
  var sum = 0.0;
  ${terms.map((term) => `sum += ${term};`).join("\n  ")}
  y[e] = ${inPlace ? "y" : "x"}[e] + sum;`,
  };
}

/** Every row of y divided by its length: an inverse square root, and one Newton step, since the standard asks little of it. */
export function normalisation(d: number): Text {
  return {
    declarations: "",
    body: `
  let row = index * 64u + t;
  if (row >= p.rows) {
    return;
  }
  var square = 0.0;
  for (var c = row * ${d}u; c < (row + 1u) * ${d}u; c++) {
    square = fma(y[c], y[c], square);
  }
  let guess = inverseSqrt(square);
  let inverse = fma(0.5 * guess, fma(-square * guess, guess, 1.0), guess);
  for (var c = row * ${d}u; c < (row + 1u) * ${d}u; c++) {
    y[c] *= inverse;
  }`,
  };
}

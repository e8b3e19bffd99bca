/** @file How the error of a method falls with the step. */
import { expect } from "vitest";
import type { Tableau } from "../src/index.js";
import { integrateFixed } from "../src/index.js";
import type { ClosedProblem } from "./problems.js";
import { worstError } from "./problems.js";

/** Least-squares slope of log(value) against log(abscissa). */
export function logSlope(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (axis: 0 | 1): number => logs.reduce((sum, point) => sum + point[axis], 0) / logs.length;
  const [mx, my] = [mean(0), mean(1)];
  return logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

/** Order over the last three numbers of steps, each sqrt(2) times the one before, whose error stands clear of rounding. */
export function observedOrder(problem: ClosedProblem, tableau: Tableau): number {
  const { field, start, t1, form } = problem;
  // Rounding of the steps shows in the second digit of errors below this; methods of high order take fewer steps.
  const [first, floor] = tableau.order > 5 ? [4, 1e-13] : [8, 1e-12];
  const points: (readonly [number, number])[] = [];
  for (let steps = first; steps <= 2048; steps = Math.round(steps * Math.SQRT2)) {
    const { y, outcome } = integrateFixed(field, start, { t0: 0, t1, steps, tableau, ...form });
    expect(outcome.kind).toBe("converged");
    const error = worstError(problem, y);
    if (error < floor) break;
    points.push([steps, error]);
  }
  expect(points.length).toBeGreaterThanOrEqual(3);
  return -logSlope(points.slice(-3));
}

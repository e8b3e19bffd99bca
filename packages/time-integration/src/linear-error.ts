/** @file How wrong a method is on y' = lambda y, from its coefficients. */
import type { Tableau } from "./tableau.js";

/**
 * The constant C of the error on a linear mode: a step of length h multiplies y by e^{lambda' h} with lambda' = lambda (1 -+ C |lambda h|^order + ...), so that
 * C |lambda h|^order is the relative error of the growth rate. C = |1/(p+1)! - b A^p 1| for a method of order p; 1/(p+1)! when it has p stages.
 */
export function linearErrorConstant({ a, b, order, stages }: Tableau): number {
  let column = new Array<number>(stages).fill(1);
  let factorial = 1;
  for (let power = 1; power <= order; power += 1) {
    const before = column;
    column = a.map((row) => row.reduce((sum, entry, j) => sum + entry * before[j]!, 0));
    factorial *= power + 1;
  }
  const coefficient = b.reduce((sum, weight, i) => sum + weight * column[i]!, 0);
  return Math.abs(1 / factorial - coefficient);
}

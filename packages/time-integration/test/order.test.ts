import { describe, expect, test } from "vitest";
import type { Tableau } from "../src/index.js";
import { dormandPrince5, euler, heun, integrateFixed, isFirstSameAsLast, linearErrorConstant, orderResidual, rowSumResidual, rungeKutta4 } from "../src/index.js";
import type { ClosedProblem } from "./problems.js";
import { equiangular, moebius, twoClusters } from "./problems.js";

const methods = [euler, heun, rungeKutta4, dormandPrince5];
const problems = [equiangular(32, 4, 0, 0.5), twoClusters(4), moebius(3, 1.2)];

function error({ field, start, t1, exact, projection }: ClosedProblem, tableau: Tableau, steps: number): number {
  const { y, outcome } = integrateFixed(field, start, { t0: 0, t1, steps, tableau, ...(projection === undefined ? {} : { projection }) });
  expect(outcome.kind).toBe("converged");
  return exact.reduce((worst, value, e) => Math.max(worst, Math.abs(value - y[e]!)), 0);
}

/** Least-squares slope of -log2(error) against log2(steps) over the last halving before rounding. */
function observedOrder(problem: ClosedProblem, tableau: Tableau): number {
  const points: (readonly [number, number])[] = [];
  for (let steps = 8; steps <= 8192; steps = Math.round(steps * Math.SQRT2)) {
    const e = error(problem, tableau, steps);
    // Below this, rounding of the steps shows in the second digit of an error.
    if (e < 1e-12) break;
    points.push([Math.log2(steps), Math.log2(e)]);
  }
  const last = points.slice(-3);
  expect(last).toHaveLength(3);
  const mean = (axis: 0 | 1): number => last.reduce((sum, point) => sum + point[axis], 0) / last.length;
  const [mx, my] = [mean(0), mean(1)];
  return -last.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / last.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

describe("order conditions of all rooted trees", () => {
  test.each(methods.map((method) => [method.name, method] as const))("%s has its order and no more", (_, method) => {
    expect(orderResidual(method, method.order)).toBeLessThan(1e-15);
    expect(orderResidual(method, method.order + 1)).toBeGreaterThan(1e-4);
    expect(rowSumResidual(method)).toBeLessThan(1e-15);
    expect(method.a).toHaveLength(method.stages);
  });

  test("the embedded method of Dormand and Prince has order 4", () => {
    expect(orderResidual(dormandPrince5, dormandPrince5.orderHat, dormandPrince5.bHat)).toBeLessThan(1e-15);
    expect(orderResidual(dormandPrince5, 5, dormandPrince5.bHat)).toBeGreaterThan(1e-4);
    expect(methods.map(isFirstSameAsLast)).toEqual([false, false, false, true]);
  });

  test("the zero method fails at order 1, and Kutta's 3/8 rule passes to order 4 only", () => {
    const nothing: Tableau = { name: "nothing", order: 0, stages: 1, a: [[]], b: [0], c: [0] };
    expect(orderResidual(nothing, 1)).toBe(1);
    // Kutta's 3/8 rule passes to order 4 and fails at 5.
    const threeEighths: Tableau = { name: "3/8", order: 4, stages: 4, a: [[], [1 / 3], [-1 / 3, 1], [1, -1, 1]], b: [1 / 8, 3 / 8, 3 / 8, 1 / 8], c: [0, 1 / 3, 2 / 3, 1] };
    expect(orderResidual(threeEighths, 4)).toBeLessThan(1e-15);
    expect(orderResidual(threeEighths, 5)).toBeGreaterThan(1e-3);
  });

  test("any coefficient that is wrong by 1e-6 is caught", () => {
    for (const method of methods) {
      const wrong: Tableau[] = [];
      method.b.forEach((_, i) => wrong.push({ ...method, b: method.b.map((weight, j) => (j === i ? weight + 1e-6 : weight)) }));
      method.a.forEach((row, i) => {
        // The last row of a FSAL method feeds a stage of weight 0: its row sum still tells.
        row.forEach((_, j) => wrong.push({ ...method, a: method.a.map((r, k) => (k === i ? r.map((entry, l) => (l === j ? entry + 1e-6 : entry)) : r)) }));
      });
      for (const one of wrong) expect(Math.max(orderResidual(one, method.order), rowSumResidual(one))).toBeGreaterThan(1e-9);
    }
  });
});

describe("observed order within 0.1 of theory", () => {
  for (const problem of problems) {
    test.each(methods.map((method) => [method.name, method] as const))(`${problem.name}: %s`, (_, method) => {
      expect(Math.abs(observedOrder(problem, method) - method.order)).toBeLessThan(0.1);
    });
  }

  test("a wrong weight loses the order", () => {
    const wrong: Tableau = { ...rungeKutta4, b: [1 / 6, 1 / 3, 1 / 4, 1 / 4] };
    expect(observedOrder(equiangular(32, 1, 0, 0.5), wrong)).toBeLessThan(3.1);
  });
});

test("linear error constants: 1 / (p + 1)! for p stages, 1/3600 for Dormand and Prince, and the measured error", () => {
  expect(methods.map((method) => 1 / linearErrorConstant(method)).map((value) => Math.round(value * 1e6) / 1e6)).toEqual([2, 6, 120, 3600]);
  for (const method of methods) {
    const h = 0.05;
    const { y } = integrateFixed(
      (_, [value], out) => {
        out[0] = value!;
      },
      [1],
      { t0: 0, t1: h, steps: 1, tableau: method },
    );
    const measured = Math.abs(Math.log(y[0]!) / h - 1);
    expect(measured / (linearErrorConstant(method) * h ** method.order)).toBeCloseTo(1, 0);
  }
});

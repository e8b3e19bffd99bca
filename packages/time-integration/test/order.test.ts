import { describe, expect, test } from "vitest";
import type { Tableau } from "../src/index.js";
import { denseMethod, dormandPrince5, dormandPrince8, euler, heun, integrateFixed, isFirstSameAsLast, linearErrorConstant, orderResidual, rowSumResidual, rungeKutta4 } from "../src/index.js";
import { logSlope } from "./observed-order.js";
import { equiangular } from "./problems.js";

const methods = [euler, heun, rungeKutta4, dormandPrince5, dormandPrince8];

describe("order conditions of all rooted trees", () => {
  test.each(methods.map((method) => [method.name, method] as const))("%s has its order and no more", (_, method) => {
    // Entries up to 43 that cancel are rounded to 7e-15.
    const rounding = method.order === 8 ? 1e-14 : 1e-15;
    expect(orderResidual(method, method.order)).toBeLessThan(rounding);
    expect(orderResidual(method, method.order + 1)).toBeGreaterThan(1e-5);
    expect(rowSumResidual(method)).toBeLessThan(rounding);
    expect(method.a).toHaveLength(method.stages);
  });

  test("the embedded method of Dormand and Prince has order 4", () => {
    expect(orderResidual(dormandPrince5, dormandPrince5.orderHat, dormandPrince5.bHat)).toBeLessThan(1e-15);
    expect(orderResidual(dormandPrince5, 5, dormandPrince5.bHat)).toBeGreaterThan(1e-4);
    expect(methods.map(isFirstSameAsLast)).toEqual([false, false, false, true, true]);
  });

  test("those of the pair of order 8 have orders 5 and 3", () => {
    for (const [weights, order] of [[dormandPrince8.bHat, 5], [dormandPrince8.bLower!, 3]] as const) {
      expect(orderResidual(dormandPrince8, order, weights)).toBeLessThan(1e-14);
      expect(orderResidual(dormandPrince8, order + 1, weights)).toBeGreaterThan(1e-4);
    }
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

describe("dense output", () => {
  const thetas = [0.25, 0.5, 0.75, 0.9, 1];
  test.each([dormandPrince5, dormandPrince8].map((method) => [method.name, method] as const))("%s has its stated order at every place of a step, and no more", (_, method) => {
    for (const theta of thetas) {
      const inside = denseMethod(method, theta);
      expect(orderResidual(inside, method.dense!.order) * theta ** method.dense!.order).toBeLessThan(2e-14);
      if (theta < 1) expect(orderResidual(inside, method.dense!.order + 1)).toBeGreaterThan(1e-5);
      expect(rowSumResidual(inside) * theta).toBeLessThan(2e-14);
    }
    expect(orderResidual(denseMethod(method, 1), method.order)).toBeLessThan(1e-14);
  });

  test.each([
    [dormandPrince5, 4],
    [dormandPrince8, 7],
  ] as const)("the interpolated state has the order of the dense output: $name", (method, order) => {
    const { field, start, t1, exact } = equiangular(32, 1, 0, 0.5);
    // The whole run is one step and the rest of it: the state at t1 lies at the fraction 0.6 of a step of length h, after steps of h.
    const points = [6, 8, 10, 12].map((steps) => {
      const h = t1 / (steps + 0.6);
      const before = integrateFixed(field, start, { t0: 0, t1: steps * h, steps, tableau: method });
      const { y } = integrateFixed(field, before.y, { t0: steps * h, t1, steps: 1, tableau: denseMethod(method, 0.6) });
      return [h, Math.abs(y[0]! - exact[0]!)] as const;
    });
    expect(logSlope(points)).toBeGreaterThan(order - 0.5);
  });

  test("one term fewer is one order less, and a wrong coefficient none at all", () => {
    for (const method of [dormandPrince5, dormandPrince8]) {
      const { d, order } = method.dense!;
      const short: Tableau = { ...method, dense: { ...method.dense!, d: d.slice(0, -1) } };
      expect(orderResidual(denseMethod(short, 0.4), order - 1)).toBeLessThan(1e-11);
      expect(orderResidual(denseMethod(short, 0.4), order)).toBeGreaterThan(1e-4);
      const wrong: Tableau = { ...method, dense: { ...method.dense!, d: d.map((row, r) => (r === 0 ? row.map((entry, i) => (i === 0 ? entry + 1e-6 : entry)) : row)) } };
      expect(orderResidual(denseMethod(wrong, 0.5), order)).toBeGreaterThan(1e-8);
    }
    expect(() => denseMethod(rungeKutta4, 0.5)).toThrow(/tableau = "Runge-Kutta 4": must have dense output/);
  });
});

test("linear error constants: 1 / (p + 1)! for p stages, 1/3600 for Dormand and Prince, and the measured error", () => {
  expect(methods.slice(0, 4).map((method) => Math.round(1e6 / linearErrorConstant(method)) / 1e6)).toEqual([2, 6, 120, 3600]);
  for (const method of methods) {
    const h = method.order === 8 ? 0.5 : 0.05;
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

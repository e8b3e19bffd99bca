import { describe, expect, test } from "vitest";
import type { AdaptiveResult, EmbeddedTableau, Field } from "../src/index.js";
import { dormandPrince5, dormandPrince8, integrateAdaptive, integrateFixed, rungeKutta4 } from "../src/index.js";
import type { ClosedProblem } from "./problems.js";
import { equiangular, moebius, twoTokens, worstError } from "./problems.js";

const circle: Field = (_, y, out) => {
  out[0] = -y[1]!;
  out[1] = y[0]!;
};

function solve({ field, start, t1, form }: ClosedProblem, tolerance: number, tableau: EmbeddedTableau): AdaptiveResult {
  return integrateAdaptive(field, start, { t0: 0, t1, relative: tolerance, absolute: tolerance, tableau, ...form });
}

const problems = [
  equiangular(32, 1, 0, 0.5),
  equiangular(32, 9, 0, 0.5),
  equiangular(3, 4, -0.49, 0.999),
  twoTokens(1, 2.0943951023931953, 0.01),
  twoTokens(4, 2.0943951023931953, 0.01),
  moebius(4, 3),
  moebius(4, 3, "Munthe-Kaas"),
];

describe.each([dormandPrince5, dormandPrince8].map((tableau) => [tableau.name, tableau] as const))("%s: error follows the tolerance", (_, tableau) => {
  test.each(problems.map((problem) => [problem.name, problem] as const))("%s", (__, problem) => {
    for (const tolerance of [1e-5, 1e-7, 1e-9, 1e-11, 1e-13]) {
      const { y, t, outcome } = solve(problem, tolerance, tableau);
      expect(outcome.kind).toBe("converged");
      expect(t).toBe(problem.t1);
      expect(worstError(problem, y)).toBeLessThan(50 * tolerance);
    }
  });

  test("work grows like tolerance^(-1/q), q the order of the estimate", () => {
    const [loose, tight] = [1e-6, 1e-12].map((tolerance) => solve(moebius(4, 3), tolerance, tableau).steps);
    const exponent = Math.log(tight! / loose!) / Math.log(1e6);
    expect(exponent).toBeGreaterThan(tableau.order === 5 ? 0.15 : 0.07);
    expect(exponent).toBeLessThan(tableau.order === 5 ? 0.25 : 0.15);
  });
});

describe("the pair of order 8", () => {
  test("needs less than half the work of order 5 at 1e-12", () => {
    const problem = equiangular(32, 9, 0, 0.5);
    expect(solve(problem, 1e-12, dormandPrince8).evaluations).toBeLessThan(solve(problem, 1e-12, dormandPrince5).evaluations / 2);
  });
  test("evaluates twelve times a step, rejected ones eleven times: the first slope is kept", () => {
    const { evaluations, steps, rejected } = solve(equiangular(32, 9, 0, 0.5), 1e-9, dormandPrince8);
    expect(evaluations).toBe(12 * steps + 11 * rejected);
  });
});

describe("times and directions", () => {
  test("observations are at the given times exactly, ends and repetitions included", () => {
    const times = [0, 0.1, 0.1, 1 / 3, 2];
    const { observations, y } = integrateAdaptive(circle, [1, 0], { t0: 0, t1: 2, relative: 1e-10, absolute: 1e-10, times });
    expect(observations.map(({ t }) => t)).toEqual(times);
    for (const { t, y: state } of observations) expect(state[0]).toBeCloseTo(Math.cos(t), 8);
    expect(observations.at(-1)!.y).toEqual(y);
  });

  test("backwards undoes forwards", () => {
    const forward = integrateAdaptive(circle, [1, 0], { t0: 0, t1: 5, relative: 1e-11, absolute: 1e-11 });
    const back = integrateAdaptive(circle, forward.y, { t0: 5, t1: 0, relative: 1e-11, absolute: 1e-11, times: [3, 0] });
    expect(back.y[0]).toBeCloseTo(1, 8);
    expect(back.observations.map(({ t }) => t)).toEqual([3, 0]);
  });

  test("steps cut by observations cost little", () => {
    const options = { t0: 0, t1: 10, relative: 1e-8, absolute: 1e-8 };
    const free = integrateAdaptive(circle, [1, 0], options);
    const watched = integrateAdaptive(circle, [1, 0], { ...options, times: [1, 2, 3, 4, 5, 6, 7, 8, 9] });
    expect(watched.evaluations).toBeLessThan(1.5 * free.evaluations);
  });

  test("an equilibrium is left alone, an empty interval too", () => {
    const rest: Field = (_, __, out) => out.fill(0);
    expect(integrateAdaptive(rest, [1, 2], { t0: 0, t1: 1e6, relative: 1e-9, absolute: 1e-9 })).toMatchObject({ outcome: { kind: "converged" }, steps: 1 });
    expect(integrateAdaptive(circle, [1, 2], { t0: 3, t1: 3, relative: 1e-9, absolute: 1e-9, times: [3] }).observations).toHaveLength(1);
  });
});

describe("every ending is told, and no NaN leaves", () => {
  const options = { t0: 0, t1: 2, relative: 1e-8, absolute: 1e-8 };
  test("stalled before a pole", () => {
    const pole = integrateAdaptive((_, [y], out) => out.fill(y! * y!), [1], options);
    expect(pole.outcome.kind).toBe("stalled");
    expect(pole.t).toBeCloseTo(1, 6);
    expect(pole.y.every(Number.isFinite)).toBe(true);
  });
  test("diverged where the field ends", () => {
    const edge = integrateAdaptive((t, _, out) => out.fill(t < 1 ? 1 : Number.NaN), [0], options);
    expect(edge.outcome.kind).toBe("diverged");
    expect(edge.t).toBeGreaterThan(0.99);
    expect(edge.y.every(Number.isFinite)).toBe(true);
    expect(integrateAdaptive((_, __, out) => out.fill(Infinity), [0], options).outcome.kind).toBe("diverged");
  });
  test("budget exhausted", () => {
    expect(integrateAdaptive(circle, [1, 0], { ...options, maxSteps: 3 })).toMatchObject({ outcome: { kind: "budget-exhausted" }, steps: 3 });
  });
  test("fixed steps that explode keep the last finite state", () => {
    const result = integrateFixed((_, [y], out) => out.fill(y! * y! * y!), [10], { t0: 0, t1: 100, steps: 100, tableau: rungeKutta4 });
    expect(result.outcome.kind).toBe("diverged");
    expect(result.y.every(Number.isFinite)).toBe(true);
    expect(result.outcome.message).toMatch(/Take shorter steps than 1/);
  });
  test("bad options are refused with value, rule and remedy", () => {
    expect(() => integrateAdaptive(circle, [1, 0], { ...options, absolute: 0 })).toThrow(/absolute = 0.*a component may pass through 0/);
    expect(() => integrateAdaptive(circle, [1, Number.NaN], options)).toThrow("y0[1] = NaN: must be finite. Start from a finite state.");
    expect(() => integrateAdaptive(circle, [1, 0], { ...options, times: [1, 0.5] })).toThrow(/times\[1\] = 0.5/);
    expect(() => integrateAdaptive(circle, [1, 0], { ...options, times: [3] })).toThrow(/times\[0\] = 3/);
    expect(() => integrateFixed(circle, [1, 0], { t0: 0, t1: 1, steps: 0, tableau: rungeKutta4 })).toThrow(/steps = 0/);
  });
});

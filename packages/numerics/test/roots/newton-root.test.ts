import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bracketedRoot, cos, DomainError, exp, log, newtonRoot, sin, tanh } from "../../src/index.js";
import type { ValueAndDerivative } from "../../src/index.js";

type Pair = (x: number) => ValueAndDerivative;

/** Name, function with derivative, ends, root: smooth, flat, steep, multiple, saturated, with a wrong derivative. */
const CASES: [string, Pair, number, number, number][] = [
  ["x^2 - 2", (x) => [x * x - 2, 2 * x], 0, 2, Math.SQRT2],
  ["ends swapped", (x) => [x * x - 2, 2 * x], 2, 0, Math.SQRT2],
  ["cos x - x", (x) => [cos(x) - x, -sin(x) - 1], 0, 2, 0.7390851332151607],
  ["x e^x - 1", (x) => [x * exp(x) - 1, (1 + x) * exp(x)], -1, 10, 0.5671432904097838],
  ["triple: (x - 0.3)^3", (x) => [(x - 0.3) ** 3, 3 * (x - 0.3) ** 2], -1, 1.7, 0.3],
  ["steep: log near 0", (x) => [log(x) + 600, 1 / x], 1e-300, 1, 2.6503965530043108e-261],
  ["saturated, where Newton alone leaves the line", (x) => [tanh(50 * (x - 0.3)), 50 * (1 - tanh(50 * (x - 0.3)) ** 2)], -10, 10, 0.3],
  ["derivative zero", (x) => [x - 0.2, 0], -1, 1, 0.2],
  ["derivative of the wrong sign", (x) => [exp(x) - 2, -exp(x)], -1, 3, Math.LN2],
  ["derivative not a number", (x) => [exp(x) - 2, NaN], -1, 3, Math.LN2],
  ["a cycle of Newton's iteration", (x) => [x ** 3 - 2 * x + 2, 3 * x * x - 2], -3, 1, -1.7692923542386314],
  ["a jump", (x) => [x < 0.7 ? -1 : 3, 1], 0, 1, 0.7],
];

describe.each([1e-3, 1e-9, 1e-14])("tolerance %s", (tolerance) => {
  it.each(CASES)("%s", (_name, f, a, b, exact) => {
    const { root, bracket, outcome, iterations, value } = newtonRoot(f, a, b, { tolerance });
    expect(outcome.kind).toBe("converged");
    expect(value).toBe(f(root)[0]);
    if (value !== 0) expect(bracket[1] - bracket[0]).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(root - exact)).toBeLessThanOrEqual(Math.max(tolerance, _name.startsWith("triple") ? 1e-5 : 0));
    expect(f(bracket[0])[0] * f(bracket[1])[0]).toBeLessThanOrEqual(0);
    expect(bracket).toContain(root);
    expect(iterations).toBeLessThan(3 * Math.log2(Math.abs(b - a) / tolerance) + 8);
  });
});

describe("newtonRoot", () => {
  it("is quadratic: digits double, and it needs no more evaluations than without a derivative", () => {
    const f: Pair = (x) => [cos(x) - x, -sin(x) - 1];
    const counts = [1e-2, 1e-4, 1e-8, 1e-15].map((tolerance) => newtonRoot(f, 0, 2, { tolerance }).iterations);
    for (let k = 1; k < counts.length; k++) expect(counts[k]! - counts[k - 1]!).toBeLessThanOrEqual(2);
    expect(counts[3]!).toBeLessThanOrEqual(bracketedRoot((x) => f(x)[0], 0, 2, { tolerance: 1e-15 }).iterations);
  });

  it("loses that with a derivative of twice the size, but not the root (negative control)", () => {
    const wrong = newtonRoot((x) => [cos(x) - x, 2 * (-sin(x) - 1)], 0, 2, { tolerance: 1e-12 });
    expect(wrong.outcome.kind).toBe("converged");
    expect(wrong.iterations).toBeGreaterThan(newtonRoot((x) => [cos(x) - x, -sin(x) - 1], 0, 2, { tolerance: 1e-12 }).iterations + 5);
  });

  it("finds the root of any monotone cubic inside its bracket", () => {
    const real = fc.double({ min: -10, max: 10, noNaN: true });
    const law = (c: number, curvature: number): boolean => {
      const f: Pair = (x) => [(x - c) * (1 + curvature * curvature * (x - c) * (x - c)), 1 + 3 * curvature * curvature * (x - c) * (x - c)];
      const { root, outcome } = newtonRoot(f, -11, 12, { tolerance: 1e-12 });
      return outcome.kind === "converged" && Math.abs(root - c) <= 1e-12;
    };
    fc.assert(fc.property(real, real, law), { seed: 7, numRuns: 500 });
  });

  it("ends with the kind that happened", () => {
    const f: Pair = (x) => [x * x - 2, 2 * x];
    expect(newtonRoot((x) => [x < 2 / 3 ? -1 : 1, 0], 0, 1, { tolerance: 1e-300 }).outcome.kind).toBe("stalled");
    expect(newtonRoot(f, 0, 2, { tolerance: 1e-12, maxIterations: 2 }).outcome.kind).toBe("budget-exhausted");
    const hole = newtonRoot((x) => [Math.abs(x) < 0.5 ? NaN : x, 1], -1, 1, { tolerance: 1e-6 });
    expect(hole.outcome.kind).toBe("diverged");
    expect(Number.isFinite(hole.root)).toBe(true);
    expect(newtonRoot((x) => [x, 1], 0, 1, { tolerance: 1e-6 })).toMatchObject({ root: 0, iterations: 0 });
  });

  it("refuses brackets, values and tolerances that are none", () => {
    const line: Pair = (x) => [x, 1];
    expect(() => newtonRoot(line, 1, 2, { tolerance: 1e-6 })).toThrow("must have the sign opposite to f(a) = 1");
    expect(() => newtonRoot(line, NaN, 1, { tolerance: 1e-6 })).toThrow(DomainError);
    expect(() => newtonRoot(() => [NaN, 1], 0, 1, { tolerance: 1e-6 })).toThrow("f(a) = NaN");
    expect(() => newtonRoot(line, -1, 1, { tolerance: 0 })).toThrow("tolerance");
  });
});

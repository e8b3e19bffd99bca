import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bracketedRoot, cos, DomainError, exp, log, tanh } from "../../src/index.js";

/** Name, function, ends, root: smooth, flat, steep, multiple, discontinuous. */
const CASES: [string, (x: number) => number, number, number, number][] = [
  ["x^2 - 2", (x) => x * x - 2, 0, 2, Math.SQRT2],
  ["ends swapped", (x) => x * x - 2, 2, 0, Math.SQRT2],
  ["cos x - x", (x) => cos(x) - x, 0, 2, 0.7390851332151607],
  ["x e^x - 1", (x) => x * exp(x) - 1, -1, 10, 0.5671432904097838],
  ["flat: x^9", (x) => x ** 9, -1, 1.7, 0],
  ["steep: log near 0", (x) => log(x) + 600, 1e-300, 1, 2.6503965530043108e-261],
  ["saturated: tanh", (x) => tanh(50 * (x - 0.3)), -10, 10, 0.3],
  ["a jump", (x) => (x < 0.7 ? -1 : 3), 0, 1, 0.7],
];

describe.each([1e-3, 1e-9, 1e-14])("tolerance %s", (tolerance) => {
  it.each(CASES)("%s", (_name, f, a, b, exact) => {
    const { root, bracket, outcome, iterations } = bracketedRoot(f, a, b, { tolerance });
    expect(outcome.kind).toBe("converged");
    if (f(root) !== 0) expect(bracket[1] - bracket[0]).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(root - exact)).toBeLessThanOrEqual(tolerance);
    expect(f(bracket[0]) * f(bracket[1])).toBeLessThanOrEqual(0);
    expect(bracket).toContain(root);
    // Never worse than a few bisections more than bisection itself.
    expect(iterations).toBeLessThan(3 * Math.log2(Math.abs(b - a) / tolerance) + 5);
  });
});

describe("bracketedRoot", () => {
  it("is superlinear on a smooth function: far fewer steps than the 50 of bisection", () => {
    expect(bracketedRoot((x) => cos(x) - x, 0, 2, { tolerance: 1e-15 }).iterations).toBeLessThan(12);
  });

  it("finds the root of any monotone cubic inside its bracket", () => {
    const real = fc.double({ min: -10, max: 10, noNaN: true });
    const law = (c: number, curvature: number): boolean => {
      const f = (x: number): number => (x - c) * (1 + curvature * curvature * (x - c) * (x - c));
      const { root, outcome } = bracketedRoot(f, -11, 12, { tolerance: 1e-12 });
      return outcome.kind === "converged" && Math.abs(root - c) <= 1e-12;
    };
    fc.assert(fc.property(real, real, law), { seed: 7, numRuns: 500 });
  });

  it("stalls honestly when no double lies inside the bracket", () => {
    const { outcome, bracket } = bracketedRoot((x) => (x < 2 / 3 ? -1 : 1), 0, 1, { tolerance: 1e-300 });
    expect(outcome.kind).toBe("stalled");
    expect(bracket[1] - bracket[0]).toBeLessThanOrEqual(Number.EPSILON);
  });

  it("says so when the budget is spent, and its bracket still holds the root", () => {
    const { outcome, bracket } = bracketedRoot((x) => x * x - 2, 0, 2, { tolerance: 1e-12, maxIterations: 3 });
    expect(outcome.kind).toBe("budget-exhausted");
    expect(outcome.message).toContain("Raise maxIterations");
    expect(bracket[0] <= Math.SQRT2 && bracket[1] >= Math.SQRT2).toBe(true);
  });

  it("says so when f is not finite inside", () => {
    const { outcome, root } = bracketedRoot((x) => (Math.abs(x) < 0.5 ? NaN : x), -1, 1, { tolerance: 1e-6 });
    expect(outcome.kind).toBe("diverged");
    expect(Number.isFinite(root)).toBe(true);
  });

  it("takes a root at an end", () => {
    expect(bracketedRoot((x) => x, 0, 1, { tolerance: 1e-6 })).toMatchObject({ root: 0, iterations: 0 });
  });

  it("survives a bracket as wide as the doubles", () => {
    const { root, outcome } = bracketedRoot((x) => x - 3, -1.7e308, 1.7e308, { tolerance: 1e-6, maxIterations: 5000 });
    expect(outcome.kind).toBe("converged");
    expect(Math.abs(root - 3)).toBeLessThan(1e-6);
  });

  it("refuses a bracket without a change of sign, naming both values", () => {
    expect(() => bracketedRoot((x) => x * x + 1, -1, 2, { tolerance: 1e-6 })).toThrow(
      "f(b) = 5: must have the sign opposite to f(a) = 2, with a = -1 and b = 2. Widen or move the bracket until f changes sign in it.",
    );
  });

  it("refuses ends, values and tolerances that are none", () => {
    const options = { tolerance: 1e-6 };
    expect(() => bracketedRoot((x) => x, -Infinity, 1, options)).toThrow(DomainError);
    expect(() => bracketedRoot(() => NaN, 0, 1, options)).toThrow("f(a) = NaN");
    expect(() => bracketedRoot((x) => x, -1, 1, { tolerance: 0 })).toThrow(DomainError);
  });
});

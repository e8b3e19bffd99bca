import { describe, expect, it } from "vitest";
import { atan, cos, DomainError, exp, integrate, log, sin } from "../../src/index.js";
import { estimatePanel } from "../../src/quadrature/gauss-kronrod.js";

/** Integrals with closed values: name, integrand, ends, value. */
const CASES: [string, (x: number) => number, number, number, number][] = [
  ["exp", (x) => exp(x), 0, 1, 1.718281828459045],
  ["square root, infinite slope at the end", (x) => Math.sqrt(x), 0, 1, 2 / 3],
  ["logarithm, infinite at the end", (x) => log(x), 0, 1, -1],
  ["kink inside", (x) => Math.abs(x - 0.3), 0, 1, 0.29],
  ["oscillation", (x) => cos(300 * x), 0, 1, -0.003332519466337165],
  ["peak of width 1e-4", (x) => 1e-4 / (x * x + 1e-8), -1, 1, 3.141392653590459],
  ["Gauss's integral over the line", (x) => exp(-x * x), -Infinity, Infinity, 1.772453850905516],
  ["Cauchy's density on a half line", (x) => 1 / (1 + x * x), 0, Infinity, Math.PI / 2],
  ["the other half line", (x) => 1 / (1 + x * x), -Infinity, 1, Math.PI / 2 + atan(1)],
  ["a range given backwards", (x) => x * x, 3, 0, -9],
  ["a half line given backwards", (x) => exp(-x), Infinity, 0, -1],
];

describe.each([1e-4, 1e-8, 1e-12])("integrate to %s", (relative) => {
  it.each(CASES)("%s", (_name, f, a, b, exact) => {
    const { value, error, outcome, evaluations } = integrate(f, a, b, { relative, absolute: 0 });
    expect(outcome.kind).toBe("converged");
    expect(error).toBeLessThanOrEqual(relative * Math.abs(value));
    // The estimate bounds the true error (an ulp of the reference apart).
    expect(Math.abs(value - exact)).toBeLessThanOrEqual(error + 2e-16 * Math.abs(exact));
    expect(evaluations).toBeLessThan(4000);
  });
});

describe("the rules of one panel", () => {
  const power = (m: number) => (x: number) => x ** m;
  const exactPower = (m: number): number => (m % 2 === 0 ? 2 / (m + 1) : 0);

  it("Kronrod's is exact to degree 31 and not at 32", () => {
    for (let m = 0; m <= 31; m++) expect(Math.abs(estimatePanel(power(m), -1, 1).value - exactPower(m))).toBeLessThan(4e-16);
    // x^32 itself is too mild: rescaled to the monic polynomial's size, 2^-31, the gap must stand out of rounding.
    expect(Math.abs(estimatePanel(power(32), -1, 1).value - exactPower(32))).toBeGreaterThan(1e-12);
  });

  it("the estimate sees Gauss's inexactness from degree 20 on", () => {
    const floor = 1e-14;
    expect(estimatePanel(power(18), -1, 1).error).toBeLessThan(floor);
    expect(estimatePanel(power(40), -1, 1).error).toBeGreaterThan(floor);
  });
});

describe("endings other than success", () => {
  it("diverged: names the point, and gives no NaN", () => {
    const { value, error, outcome } = integrate((x) => (x > 0.5 ? NaN : 1), 0, 1, { relative: 1e-6, absolute: 0 });
    expect(outcome.kind).toBe("diverged");
    expect(outcome.message).toMatch(/not finite at 0\.5/);
    expect([value, error]).toEqual([0, Infinity]);
  });

  it("diverged: names the point in the caller's variable when the range is infinite", () => {
    const { outcome } = integrate((x) => (x > 100 ? Infinity : exp(-x)), 0, Infinity, { relative: 1e-6, absolute: 0 });
    expect(Number(/not finite at ([\d.]+)\. /.exec(outcome.message)?.[1])).toBeGreaterThan(100);
  });

  it("budget-exhausted: an integrand that oscillates without end", () => {
    const { value, error, evaluations, outcome } = integrate((x) => sin(1 / x), 0, 1, { relative: 1e-12, absolute: 0, maxEvaluations: 1000 });
    expect(outcome.kind).toBe("budget-exhausted");
    expect(evaluations).toBeLessThanOrEqual(1000);
    expect(Math.abs(value - 0.5040670619069284)).toBeLessThan(error);
  });

  it("stalled: an integral that cancels to zero has no relative error", () => {
    const { value, error, outcome } = integrate(sin, -1, 1, { relative: 1e-10, absolute: 0 });
    expect(outcome.kind).toBe("stalled");
    expect(Math.abs(value)).toBeLessThan(error);
    expect(integrate(sin, -1, 1, { relative: 0, absolute: 1e-12 }).outcome.kind).toBe("converged");
  });

  it("an empty range is 0 without a call", () => {
    const never = (): number => expect.fail("called");
    expect(integrate(never, 2, 2, { relative: 1e-6, absolute: 0 })).toMatchObject({ value: 0, error: 0, evaluations: 0 });
  });
});

describe("what is refused", () => {
  it.each([
    ["both tolerances 0", { relative: 0, absolute: 0 }],
    ["a relative tolerance below double precision", { relative: 1e-15, absolute: 0 }],
    ["a negative one", { relative: 1e-6, absolute: -1 }],
    ["NaN", { relative: NaN, absolute: 0 }],
    ["a budget under one panel", { relative: 1e-6, absolute: 0, maxEvaluations: 20 }],
  ])("%s", (_name, options) => {
    expect(() => integrate(exp, 0, 1, options)).toThrow(DomainError);
  });

  it("an end that is NaN", () => {
    expect(() => integrate(exp, NaN, 1, { relative: 1e-6, absolute: 0 })).toThrow("a = NaN");
  });
});

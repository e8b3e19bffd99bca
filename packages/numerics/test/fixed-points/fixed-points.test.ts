import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { andersonFixedPoint, cos, dampedFixedPoint, DomainError, key, tanh } from "../../src/index.js";
import type { VectorMap } from "../../src/index.js";

const scalar = (g: (x: number) => number): VectorMap => (x, out) => {
  out[0] = g(x[0]!);
};

/** g(x) = m x + b with a random m of about the given spectral radius; also returns the residual |g(x) - x| at x. */
function affine(n: number, radius: number, seed: number): VectorMap {
  const stream = key("affine").fold(n, seed).stream();
  const m = stream.fillNormal(new Float64Array(n * n)).map((entry) => (entry * radius) / Math.sqrt(n));
  const b = stream.fillNormal(new Float64Array(n));
  return (x, out) => {
    for (let i = 0; i < n; i++) {
      out[i] = b[i]!;
      for (let j = 0; j < n; j++) out[i]! += m[i * n + j]! * x[j]!;
    }
  };
}

describe("dampedFixedPoint", () => {
  const tolerance = 1e-14;

  it("finds Dottie's number, and the magnetisation m = tanh(1.5 m)", () => {
    const dottie = dampedFixedPoint(scalar(cos), [1], { damping: 1, tolerance });
    expect(dottie.outcome.kind).toBe("converged");
    expect(dottie.x[0]).toBeCloseTo(0.7390851332151607, 13);
    const { x } = dampedFixedPoint(scalar((m) => tanh(1.5 * m)), [1], { damping: 1, tolerance });
    expect(x[0]).toBeCloseTo(0.8586, 3);
    expect(Math.abs(x[0]! - Math.tanh(1.5 * x[0]!))).toBeLessThan(2e-14);
  });

  it("contracts at the rate 1 - damping (1 - mu) of theory", () => {
    for (const [mu, damping] of [[0.5, 1], [0.5, 0.5], [-0.8, 0.5], [-3, 0.25]] as const) {
      const steps = (tol: number): number => dampedFixedPoint(scalar((x) => mu * x), [1], { damping, tolerance: tol }).iterations;
      const rate = Math.abs(1 - damping * (1 - mu));
      if (rate === 0) continue;
      const measured = steps(1e-12) - steps(1e-4);
      expect(Math.abs(measured - Math.log(1e-8) / Math.log(rate))).toBeLessThanOrEqual(1);
    }
  });

  it("mends an oscillation that the plain iteration turns into divergence or a cycle", () => {
    const g = scalar((x) => 1 - 1.5 * x);
    expect(dampedFixedPoint(g, [1], { damping: 1, tolerance }).outcome.kind).toBe("diverged");
    expect(dampedFixedPoint(g, [1], { damping: 0.5, tolerance }).x[0]).toBeCloseTo(0.4, 13);
    const cycle = dampedFixedPoint(scalar((x) => 1 - x), [0.1], { damping: 1, tolerance });
    expect(cycle.outcome.kind).toBe("stalled");
    expect(cycle.outcome.message).toContain("Damp more");
  });

  it("ends with the kind that happened and its best point, never NaN", () => {
    const spent = dampedFixedPoint(scalar((x) => 0.99 * x), [1], { damping: 1, tolerance, maxIterations: 10 });
    expect(spent.outcome.kind).toBe("budget-exhausted");
    expect(spent.iterations).toBe(10);
    const broken = dampedFixedPoint(scalar((x) => (x < 0.5 ? NaN : x / 2)), [2], { damping: 1, tolerance });
    expect(broken.outcome.kind).toBe("diverged");
    expect(broken.x[0]).toBe(0.5);
    expect(dampedFixedPoint(scalar(() => NaN), [2], { damping: 1, tolerance }).x[0]).toBe(2);
  });

  it("refuses options and starts that are none", () => {
    for (const damping of [0, -1, 1.1, NaN]) expect(() => dampedFixedPoint(scalar(cos), [1], { damping, tolerance })).toThrow("damping = ");
    expect(() => dampedFixedPoint(scalar(cos), [NaN], { damping: 1, tolerance })).toThrow(DomainError);
    expect(() => dampedFixedPoint(scalar(cos), [1], { damping: 1, tolerance: 0 })).toThrow("tolerance");
  });
});

describe("andersonFixedPoint", () => {
  it("solves any linear problem in about n + 1 steps, contraction or not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.double({ min: 0.1, max: 3, noNaN: true }), fc.integer({ min: 1, max: 500 }), (n, radius, seed) => {
        const { outcome, residual, iterations } = andersonFixedPoint(affine(n, radius, seed), new Float64Array(n), { memory: n, tolerance: 1e-8 });
        // Rounding and the safeguard may cost a few steps more.
        return outcome.kind === "converged" && residual <= 1e-8 && iterations <= 3 * n + 6;
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("needs far fewer steps than the plain iteration on a slow contraction", () => {
    const n = 15; // Jacobi's iteration for -x'' + x^3 = cos on a line: rate cos(pi/16)
    const slow: VectorMap = (x, out) => {
      for (let i = 0; i < n; i++) out[i] = ((x[i - 1] ?? 0) + (x[i + 1] ?? 0) + (cos(i) - x[i]! ** 3) / 256) / 2;
    };
    const options = { tolerance: 1e-10 };
    const plain = dampedFixedPoint(slow, new Float64Array(n), { ...options, damping: 1 });
    const fast = andersonFixedPoint(slow, new Float64Array(n), { ...options, memory: 5 });
    expect([plain.outcome.kind, fast.outcome.kind]).toEqual(["converged", "converged"]);
    expect(fast.iterations).toBeLessThan(plain.iterations / 5);
    for (let i = 0; i < n; i++) expect(Math.abs(fast.x[i]! - plain.x[i]!)).toBeLessThan(1e-8);
  });

  it("with memory 1 on one equation is the secant method: quadratic-like, also where mu = -1.5", () => {
    const { x, iterations } = andersonFixedPoint(scalar((y) => 2 * Math.cos(y)), [1], { memory: 1, tolerance: 1e-14 });
    expect(x[0]).toBeCloseTo(1.0298665293222589, 13);
    expect(iterations).toBeLessThan(12);
  });

  it("starts anew after a step that made things worse, and ends honestly where there is no fixed point", () => {
    const none = andersonFixedPoint(scalar((x) => x + 1), [0], { memory: 3, tolerance: 1e-10 });
    expect(["stalled", "diverged"]).toContain(none.outcome.kind);
    expect(none.residual).toBe(1);
    expect(none.x.every(Number.isFinite)).toBe(true);
  });

  it("gives the same bits each time", () => {
    const run = (): Float64Array => andersonFixedPoint(affine(6, 0.9, 3), new Float64Array(6), { memory: 4, tolerance: 1e-12 }).x;
    expect(run()).toEqual(run());
  });

  it("refuses a memory that is none", () => {
    expect(() => andersonFixedPoint(scalar(cos), [1], { memory: 0, tolerance: 1e-6 })).toThrow("memory");
  });
});

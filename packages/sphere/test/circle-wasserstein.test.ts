import { DomainError } from "@mesoscope/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { circleWasserstein } from "../src/index.js";

const TURN = 2 * Math.PI;
const arc = (a: number, b: number): number => {
  const gap = Math.abs(a - b) % TURN;
  return Math.min(gap, TURN - gap);
};

/** The least cost over all n! assignments. */
function bruteForce(a: readonly number[], b: readonly number[], p: 1 | 2): number {
  const search = (i: number, left: readonly number[]): number =>
    i === a.length ? 0 : Math.min(...left.map((y, j) => arc(a[i]!, y) ** p + search(i + 1, left.filter((_, l) => l !== j))));
  return (search(0, b) / a.length) ** (1 / p);
}

const angle = fc.double({ min: -10, max: 10, noNaN: true });
const sample = (n: number): fc.Arbitrary<number[]> => fc.array(angle, { minLength: n, maxLength: n });

describe("the Wasserstein distance on the circle", () => {
  it.each([1, 2] as const)("is the best of all assignments, p = %i", (p) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }).chain((n) => fc.tuple(sample(n), sample(n))), ([a, b]) => {
        expect(circleWasserstein(a, b, p)).toBeCloseTo(bruteForce(a, b, p), 10);
      }),
      { seed: 20260101, numRuns: 200 },
    );
  });

  it("is a metric that rotations keep, and measures a rotation by its angle", () => {
    fc.assert(
      fc.property(sample(30), sample(30), sample(30), angle, (a, b, c, turn) => {
        const ab = circleWasserstein(a, b, 2);
        expect(circleWasserstein(b, a, 2)).toBeCloseTo(ab, 10);
        expect(circleWasserstein(a.map((x) => x + turn), b.map((x) => x + turn), 2)).toBeCloseTo(ab, 9);
        expect(ab).toBeLessThanOrEqual(circleWasserstein(a, c, 2) + circleWasserstein(c, b, 2) + 1e-12);
        expect(circleWasserstein(a, b, 1)).toBeLessThanOrEqual(ab + 1e-12);
        expect(circleWasserstein(a, a.map((x) => x + TURN), 2)).toBeLessThan(1e-12);
      }),
      { seed: 20260101, numRuns: 100 },
    );
    expect(circleWasserstein([0.1, 0.1], [TURN - 0.1, -0.1], 1)).toBeCloseTo(0.2, 14);
  });

  it("is not the distance on the cut line (negative control)", () => {
    const [a, b] = [[0.05, 3], [3, 6.2]];
    const line = (Math.abs(0.05 - 3) + Math.abs(3 - 6.2)) / 2;
    expect(circleWasserstein(a, b, 1)).toBeLessThan(0.1 * line);
  });

  it("refuses samples of different sizes, empty ones and NaN", () => {
    expect(() => circleWasserstein([1], [1, 2], 1)).toThrow(DomainError);
    expect(() => circleWasserstein([], [], 1)).toThrow(DomainError);
    expect(() => circleWasserstein([NaN], [1], 2)).toThrow(/a\[0\] = NaN/);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { circleWasserstein, circleWassersteinWeighted } from "../src/index.js";

const TURN = 2 * Math.PI;
const angle = fc.double({ min: -10, max: 10, noNaN: true });
/** Points with whole masses, so that they can be written out as equal samples. */
const measure = fc.array(fc.tuple(angle, fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 8 }).filter((points) => points.some(([, mass]) => mass > 0));
type Measure = readonly (readonly [number, number])[];

const distance = (a: Measure, b: Measure, p: 1 | 2): number =>
  circleWassersteinWeighted(a.map(([x]) => x), a.map(([, u]) => u), b.map(([y]) => y), b.map(([, v]) => v), p);
const total = (a: Measure): number => a.reduce((sum, [, mass]) => sum + mass, 0);
/** Every point as often as its mass, times `times`. */
const writtenOut = (a: Measure, times: number): number[] => a.flatMap(([x, mass]) => new Array<number>(mass * times).fill(x));
const options = { seed: 20260101, numRuns: 200 };

describe("the Wasserstein distance of weighted measures on the circle", () => {
  it.each([1, 2] as const)("is that of the equal samples they stand for, p = %i", (p) => {
    fc.assert(
      fc.property(measure, measure, (a, b) => {
        const expected = circleWasserstein(writtenOut(a, total(b)), writtenOut(b, total(a)), p);
        expect(Math.abs(distance(a, b, p) ** p - expected ** p)).toBeLessThan(1e-11);
      }),
      options,
    );
  });

  it("is a metric, and W_1 <= W_2", () => {
    fc.assert(
      fc.property(measure, measure, measure, (a, b, c) => {
        for (const p of [1, 2] as const) {
          expect(distance(a, b, p)).toBeGreaterThanOrEqual(0);
          expect(distance(a, b, p)).toBeLessThanOrEqual(Math.PI + 1e-12);
          expect(Math.abs(distance(a, b, p) - distance(b, a, p))).toBeLessThan(2e-6); // the root of 1e-12 near 0
          expect(distance(a, c, p)).toBeLessThanOrEqual(distance(a, b, p) + distance(b, c, p) + 2e-6);
          expect(distance(a, [...a].reverse(), p)).toBeLessThan(1e-7);
        }
        expect(distance(a, b, 1)).toBeLessThanOrEqual(distance(a, b, 2) + 2e-6);
      }),
      options,
    );
  });

  it("is kept by rotations, whole turns, the order of the points, and a common factor of the weights", () => {
    fc.assert(
      fc.property(measure, measure, angle, fc.constantFrom(1, 2), (a, b, turn, p) => {
        const here = distance(a, b, p) ** p;
        const moved = (points: Measure): Measure => points.map(([x, mass]) => [x + turn, mass] as const);
        expect(Math.abs(distance(moved(a), moved(b), p) ** p - here)).toBeLessThan(1e-11);
        expect(Math.abs(distance(a.map(([x, mass]) => [x + TURN, mass / 7] as const), [...b].reverse(), p) ** p - here)).toBeLessThan(1e-11);
      }),
      options,
    );
  });

  it("moves half a mass across the cut, and all of it to the far side", () => {
    expect(circleWassersteinWeighted([0.1, 3], [1, 1], [-0.1, 3], [1, 1], 1)).toBeCloseTo(0.1, 14);
    expect(circleWassersteinWeighted([0], [2], [Math.PI], [5], 2)).toBeCloseTo(Math.PI, 14);
    // Half of the point mass goes each way: W_1 = (1 + 2)/2, W_2 = sqrt((1 + 4)/2).
    expect(circleWassersteinWeighted([0], [1], [-1, 2], [1, 1], 1)).toBeCloseTo(1.5, 14);
    expect(circleWassersteinWeighted([0], [1], [-1, 2], [1, 1], 2)).toBeCloseTo(Math.sqrt(2.5), 14);
  });

  it("sees the weights (negative control)", () => {
    const same = circleWassersteinWeighted([0, 1], [1, 1], [0, 1], [1, 1], 1);
    expect(same).toBe(0);
    expect(circleWassersteinWeighted([0, 1], [1, 1], [0, 1], [1, 3], 1)).toBeCloseTo(0.25, 14);
  });

  it("refuses what is no measure", () => {
    expect(() => circleWassersteinWeighted([0], [0], [1], [1], 1)).toThrow(/sum of u = 0: must be positive/);
    expect(() => circleWassersteinWeighted([0], [1], [1], [-1], 1)).toThrow(/v\[0\] = -1/);
    expect(() => circleWassersteinWeighted([0, 1], [1], [1], [1], 1)).toThrow(/u\.length = 1/);
    expect(() => circleWassersteinWeighted([], [], [1], [1], 1)).toThrow(/u\.length = 0/);
    expect(() => circleWassersteinWeighted([Number.NaN], [1], [1], [1], 2)).toThrow(/a\[0\] = NaN/);
  });
});

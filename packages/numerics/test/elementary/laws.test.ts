/** @file Identities that hold for every argument, by random search (fast-check, fixed seed). */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acos, asin, atan, atan2, cos, exp, expm1, log, log1p, sin, tanh } from "../../src/index.js";

const options = { seed: 20261122, numRuns: 1000 };
const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
const EPS = Number.EPSILON;

function holds(arbitrary: fc.Arbitrary<number>, law: (x: number) => boolean): void {
  fc.assert(fc.property(arbitrary, law), options);
}

function holdsForPairs(arbitrary: fc.Arbitrary<number>, law: (x: number, y: number) => boolean): void {
  fc.assert(fc.property(arbitrary, arbitrary, law), options);
}

const close = (a: number, b: number, tolerance: number): boolean => Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));

describe("exponential and logarithm", () => {
  it("exp after log is the identity within the condition |log x|", () => {
    holds(between(1e-300, 1e300), (x) => close(exp(log(x)), x, EPS * (1 + Math.abs(log(x)))));
  });

  it("log after exp is the identity", () => {
    holds(between(-700, 700), (x) => Math.abs(log(exp(x)) - x) <= EPS * (1 + Math.abs(x)));
  });

  it("exp(a + b) = exp(a) exp(b), the rounding of a + b counted", () => {
    holdsForPairs(between(-300, 300), (a, b) => close(exp(a + b), exp(a) * exp(b), EPS * (3 + Math.abs(a + b))));
  });

  it("log(x y) = log x + log y", () => {
    holdsForPairs(between(1e-150, 1e150), (x, y) => {
      const error = Math.abs(log(x * y) - (log(x) + log(y)));
      return x * y < 1e-300 || error <= EPS * (2 + Math.abs(log(x)) + Math.abs(log(y)));
    });
  });

  it("expm1 and log1p are inverse to each other", () => {
    holds(between(-0.5, 5), (x) => close(expm1(log1p(x)), x, 4 * EPS));
  });

  it("exp grows: at arguments 4 ulp apart, never by less than nothing", () => {
    holds(between(-700, 700), (x) => exp(x + 4 * EPS * Math.max(1, Math.abs(x))) >= exp(x));
    holds(between(1e-300, 1e300), (x) => log(x * (1 + 4 * EPS)) >= log(x));
  });
});

describe("circular functions", () => {
  it("sin^2 + cos^2 = 1 for arguments of any size", () => {
    holds(between(-1e308, 1e308), (x) => Math.abs(sin(x) * sin(x) + cos(x) * cos(x) - 1) <= 3 * EPS);
    holds(between(-1e6, 1e6), (x) => Math.abs(sin(x) * sin(x) + cos(x) * cos(x) - 1) <= 3 * EPS);
  });

  it("parities hold in every bit", () => {
    holds(between(-1e308, 1e308), (x) => Object.is(sin(-x), -sin(x)) && Object.is(cos(-x), cos(x)));
    holds(between(-30, 30), (x) => Object.is(tanh(-x), -tanh(x)) && Object.is(atan(-x), -atan(x)));
    holds(between(-1, 1), (x) => Object.is(asin(-x), -asin(x)));
  });

  it("doubles the angle: sin 2x = 2 sin x cos x", () => {
    holds(between(-1e300, 1e300), (x) => Math.abs(sin(2 * x) - 2 * sin(x) * cos(x)) <= 3 * EPS);
  });

  it("adds angles", () => {
    // a and b on a grid of 2^-40, so that their sum is exact.
    const grid = fc.integer({ min: -(2 ** 30), max: 2 ** 30 }).map((k) => k / 2 ** 20);
    holdsForPairs(grid, (a, b) => Math.abs(sin(a + b) - (sin(a) * cos(b) + cos(a) * sin(b))) <= 3 * EPS);
  });

  it("atan2 inverts sin and cos", () => {
    holds(between(-3.14159, 3.14159), (x) => Math.abs(atan2(sin(x), cos(x)) - x) <= 3 * EPS * Math.abs(x));
  });

  it("atan2 does not see a common scale of both coordinates", () => {
    holdsForPairs(between(-1, 1), (y, x) => Object.is(atan2(y * 2 ** 300, x * 2 ** 300), atan2(y, x)) || Math.abs(y) < 1e-100 || Math.abs(x) < 1e-100);
  });

  it("arc sine and arc cosine add to a right angle", () => {
    holds(between(-1, 1), (x) => Math.abs(asin(x) + acos(x) - Math.PI / 2) <= 3 * EPS);
  });
});

describe("hyperbolic tangent", () => {
  it("is expm1(2x)/(expm1(2x) + 2)", () => {
    holds(between(-20, 20), (x) => close(tanh(x), expm1(2 * x) / (expm1(2 * x) + 2), 4 * EPS));
  });

  it("stays inside [-1, 1]", () => {
    holds(between(-1e308, 1e308), (x) => Math.abs(tanh(x)) <= 1);
    expect(tanh(30)).toBe(1);
  });
});

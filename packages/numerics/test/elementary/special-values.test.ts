/** @file Zeros with their signs, infinities, NaN, the ends of the range: as ECMAScript prescribes for Math.*. */
import { describe, expect, it } from "vitest";
import { acos, asin, atan, atan2, cos, exp, expm1, log, log1p, sin, sinCos, tanh } from "../../src/index.js";

const FUNCTIONS = { acos, asin, atan, cos, exp, expm1, log, log1p, sin, tanh };
// Math.* is exact at these arguments by the specification or because the answer is trivial.
const POINTS = [0, -0, Infinity, -Infinity, NaN, 5e-324, -5e-324, 2, -2, 1e308, -1e308, 710, -746];
const SKIP: Partial<Record<keyof typeof FUNCTIONS, readonly number[]>> = {
  // At these Math.* is free to round in its own way.
  atan: [2, -2, 710, -746],
  cos: [2, -2, 1e308, -1e308, 710, -746],
  exp: [2, -2],
  expm1: [2, -2],
  log: [2, 1e308, 5e-324, 710],
  log1p: [2, 1e308, 710],
  sin: [2, -2, 1e308, -1e308, 710, -746],
  tanh: [2, -2],
};

describe.each(Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[])("%s", (name) => {
  it.each(POINTS.filter((x) => !SKIP[name]?.some((skipped) => Object.is(skipped, x))))("at %s", (x) => {
    expect(FUNCTIONS[name](x)).toBe(Math[name](x));
  });
});

describe("exact values", () => {
  it("at 0 and 1", () => {
    expect([exp(0), cos(0), log(1), acos(1), atan2(0, -1)]).toEqual([1, 1, 0, 0, Math.PI]);
    expect(exp(1)).toBe(Math.E);
    expect(log(2)).toBe(Math.LN2);
    expect(log1p(-1)).toBe(-Infinity);
    expect(atan(1)).toBe(Math.PI / 4);
    expect(asin(-1)).toBe(-Math.PI / 2);
  });

  it("powers of two under the logarithm, subnormal ones included", () => {
    for (let k = -1074; k < 1024; k++) expect(Math.abs(log(2 ** k) / (k * Math.LN2) - (k === 0 ? NaN : 1)) < 4e-16).toBe(k !== 0);
  });

  it("the last finite and the first infinite exponential; the last positive one", () => {
    expect(exp(709.782712893384)).toBeLessThan(Infinity);
    expect(exp(709.7827128933841)).toBe(Infinity);
    expect(exp(-745.1332191019411)).toBe(5e-324);
    expect(exp(-745.1332191019412)).toBe(0);
  });
});

describe("atan2", () => {
  const edge = [0, -0, Infinity, -Infinity, NaN];
  it("follows the specification at zeros and infinities", () => {
    for (const y of edge) for (const x of edge) expect(atan2(y, x)).toBe(Math.atan2(y, x));
    for (const y of edge) expect([atan2(y, 1), atan2(y, -1)]).toEqual([Math.atan2(y, 1), Math.atan2(y, -1)]);
    for (const x of edge) expect([atan2(1, x), atan2(-1, x)]).toEqual([Math.atan2(1, x), Math.atan2(-1, x)]);
  });
});

describe("sinCos", () => {
  it("has the bits of sin and cos, whatever the reduction", () => {
    const out = new Float64Array(2);
    for (const x of [0, -0, 0.5, -0.78, 0.79, 3, -4, 22, 355, 1e5, -1.5e6, 2e6, 1e22, -1.7e308, Math.PI, 11 * Math.PI, NaN, Infinity]) {
      expect([...sinCos(x, out)]).toEqual([sin(x), cos(x)]);
    }
  });
});

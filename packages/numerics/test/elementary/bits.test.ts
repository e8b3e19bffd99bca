/**
 * @file The promise of the same bits in every engine, as one number per function: a digest of the bits of 4000 values.
 * Whoever runs this elsewhere (another engine, a browser) must get the same digests.
 */
import { describe, expect, it } from "vitest";
import { acos, asin, atan, atan2, cos, exp, expm1, log, log1p, sin, tanh } from "../../src/index.js";

/** FNV-1a over the bytes of the values of f at a fixed sequence of arguments in [a, b]. */
function digest(f: (x: number) => number, a: number, b: number): string {
  const view = new DataView(new ArrayBuffer(8));
  let state = 1;
  let hash = 0x811c9dc5;
  for (let i = 0; i < 4000; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    view.setFloat64(0, f(a + (b - a) * (state / 4294967296)));
    for (let k = 0; k < 8; k++) hash = Math.imul(hash ^ view.getUint8(k), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

const DIGESTS: [string, (x: number) => number, number, number, string][] = [
  ["exp", exp, -745, 709, "0011920a"],
  ["expm1", expm1, -4, 4, "8e594ab9"],
  ["log", log, 0, 5, "ea0c10d2"],
  ["log1p", log1p, -1, 5, "031d79f2"],
  ["sin", sin, -1e7, 1e7, "362f230c"],
  ["cos", cos, -1e7, 1e7, "70d1ab9a"],
  ["tanh", tanh, -4, 4, "8ff0575c"],
  ["atan", atan, -4, 4, "b7ed61c8"],
  ["asin", asin, -1, 1, "a6fc72ff"],
  ["acos", acos, -1, 1, "ab877db1"],
  ["atan2", (x) => atan2(x, 3 - x), -4, 4, "4894984c"],
];

describe("digests of the bits", () => {
  it.each(DIGESTS)("%s", (_name, f, a, b, expected) => {
    expect(digest(f, a, b)).toBe(expected);
  });

  it("change with a single last bit", () => {
    expect(digest((x) => (x === 0.125 ? 1 : exp(x) * (1 + Number.EPSILON)), -1, 1)).not.toBe(digest(exp, -1, 1));
  });
});

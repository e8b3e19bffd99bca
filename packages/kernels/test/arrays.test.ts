/** @file The plain truth of the kernels on arrays against mpmath: forward definitions, and gradients by numerical differentiation of these. */
import { readFileSync } from "node:fs";
import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { activations, activationSlopes, adamStep, binomials, keyHalves, linearCombination, matmul, normals, rowNormalise, rowNormaliseBackward, rowSoftmax, rowSoftmaxBackward, sphericalDrift, sphericalMoments, swapAxes, type ActivationName } from "../src/index.js";

interface Tables {
  readonly rows: readonly { x: number[]; g: number[]; epsilon: number; softmax: number[]; softmax_gradient: number[]; normalised: number[]; normalised_gradient: number[] }[];
  readonly activations: { readonly x: number[] } & Record<ActivationName, { value: number[]; slope: number[] }>;
  readonly adam: { beta1: number; beta2: number; epsilon: number; rate: number; start: number[]; gradients: number[][]; after: { p: number[]; m: number[]; v: number[] }[] };
  readonly harmonics: readonly { point: number[]; harmonics: number[] }[];
  readonly matmul: { m: number; k: number; n: number; a: number[]; b: number[]; c: number[] };
}

const tables = JSON.parse(readFileSync(new URL("fixtures/arrays.json", import.meta.url), "utf8")) as Tables;

function close(got: ArrayLike<number>, expected: readonly number[], tolerance = 1e-14): void {
  expect(got.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(got[i]! - value), `element ${i}: ${got[i]!} for ${value}`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value)));
  });
}

function filled(length: number, fill: (out: Float64Array) => void): Float64Array {
  const out = new Float64Array(length).fill(Number.NaN);
  fill(out);
  return out;
}

describe("rows", () => {
  test.each(tables.rows.map((row) => [row.x.length, row] as const))("of %i numbers", (m, { x, g, epsilon, ...expected }) => {
    const size = { batch: 1, n: 1, m };
    const [from, gradient] = [Float64Array.from(x), Float64Array.from(g)];
    const y = filled(m, (out) => {
      rowSoftmax(from, size, out);
    });
    close(y, expected.softmax);
    close(filled(m, (out) => { rowSoftmaxBackward(y, gradient, size, out); }), expected.softmax_gradient);
    close(filled(m, (out) => { rowNormalise(from, { ...size, epsilon }, out); }), expected.normalised, 1e-13);
    close(filled(m, (out) => { rowNormaliseBackward(from, gradient, { ...size, epsilon }, out); }), expected.normalised_gradient, 1e-13);
  });

  test("a causal softmax of row i is the softmax of its first i + 1 numbers", () => {
    const x = Float64Array.of(1, 5, 9, 2, -1, 7, 0.5, 0.25, 3);
    const y = filled(9, (out) => { rowSoftmax(x, { batch: 1, n: 3, m: 3, causal: true }, out); });
    const two = filled(2, (out) => { rowSoftmax(x.subarray(3, 5), { batch: 1, n: 1, m: 2 }, out); });
    const three = filled(3, (out) => { rowSoftmax(x.subarray(6), { batch: 1, n: 1, m: 3 }, out); });
    expect([...y]).toEqual([1, 0, 0, ...two, 0, ...three]);
  });
});

describe("activations", () => {
  test.each(["relu", "erf", "gelu", "tanh"] satisfies ActivationName[])("%s and its derivative, relative to themselves in both tails", (name) => {
    const { x } = tables.activations;
    const { value, slope } = tables.activations[name];
    x.forEach((at, i) => {
      // A rounded x / sqrt 2 moves a gaussian tail by x^2 eps of itself.
      const relative = (4 + at * at) * 2 ** -52;
      expect(Math.abs(activations[name](at) - value[i]!), `${name}(${at})`).toBeLessThanOrEqual(relative * Math.abs(value[i]!));
      const scale = name === "erf" ? Math.abs(slope[i]!) : Math.abs(slope[i]!) + (name === "tanh" ? 1 : Math.abs(at) * Math.exp(-0.5 * at * at));
      expect(Math.abs(activationSlopes[name](at) - slope[i]!), `${name}'(${at})`).toBeLessThanOrEqual(relative * scale);
    });
  });

  test("at infinities and where there is no number", () => {
    for (const name of ["relu", "erf", "gelu", "tanh"] as const) {
      expect(activations[name](Infinity)).toBe(name === "relu" || name === "gelu" ? Infinity : 1);
      expect(Math.abs(activations[name](-Infinity))).toBe(name === "relu" || name === "gelu" ? 0 : 1);
      expect([activationSlopes[name](Infinity), Math.abs(activationSlopes[name](-Infinity))]).toEqual([name === "relu" || name === "gelu" ? 1 : 0, 0]);
      expect([activations[name](Number.NaN), activationSlopes[name](Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
    }
  });
});

test("three steps of Adam from nothing", () => {
  const { start, gradients, after, beta1, beta2, epsilon, rate } = tables.adam;
  const state = { p: Float64Array.from(start), m: new Float64Array(4), v: new Float64Array(4) };
  gradients.forEach((g, index) => {
    const rates = Float64Array.of(rate, 1 / (1 - beta1 ** (index + 1)), 1 / (1 - beta2 ** (index + 1)));
    adamStep(state, Float64Array.from(g), rates, { batch: 1, n: 4, beta1, beta2, epsilon }, state);
    close(state.p, after[index]!.p);
    close(state.m, after[index]!.m);
    close(state.v, after[index]!.v);
  });
});

describe("products", () => {
  const { m, k, n, c } = tables.matmul;
  const [a, b] = [Float64Array.from(tables.matmul.a), Float64Array.from(tables.matmul.b)];
  const turned = (x: Float64Array, rows: number, columns: number): Float64Array => filled(x.length, (out) => { swapAxes(x, { batch: 1, a: rows, b: columns, c: 1 }, out); });

  test.each([
    ["plain", {}, a, b],
    ["A transposed", { transposeA: true }, turned(a, m, k), b],
    ["B transposed", { transposeB: true }, a, turned(b, k, n)],
    ["both", { transposeA: true, transposeB: true }, turned(a, m, k), turned(b, k, n)],
  ])("%s", (_, form, x, y) => {
    close(filled(m * n, (out) => { matmul(x, y, { batch: 1, m, k, n, ...form }, out); }), c);
    const old = Float64Array.from(c, (_value, i) => i);
    matmul(x, y, { batch: 1, m, k, n, ...form, scale: -0.5, add: true }, old, old);
    close(old, c.map((value, i) => -0.5 * value + i));
  });

  test("a shared operand serves every replica", () => {
    const two = Float64Array.of(...a, ...a.map((value) => 2 * value));
    const out = filled(2 * m * n, (to) => { matmul(two, b, { batch: 2, m, k, n, shareB: true }, to); });
    close(out, [...c, ...c.map((value) => 2 * value)]);
    const both = filled(2 * m * n, (to) => { matmul(a, b, { batch: 2, m, k, n, shareA: true, shareB: true }, to); });
    close(both, [...c, ...c]);
  });

  test.each([["plain", false, false], ["A transposed", true, false], ["B transposed", false, true], ["both", true, true]])("heads side by side are the same products, without exchanging axes: %s", (_, transposeA, transposeB) => {
    const [replicas, heads] = [2, 3];
    const batch = replicas * heads;
    const numbers = (length: number, shift: number): Float64Array => Float64Array.from({ length }, (__, i) => Math.sin(7 * i + shift));
    const beside = (x: Float64Array, rows: number, columns: number): Float64Array => filled(x.length, (out) => { swapAxes(x, { batch: replicas, a: heads, b: rows, c: columns }, out); });
    const [x, y, old] = [numbers(batch * m * k, 1), numbers(batch * k * n, 2), numbers(batch * m * n, 3)];
    const [besideX, besideY] = [transposeA ? beside(x, k, m) : beside(x, m, k), transposeB ? beside(y, n, k) : beside(y, k, n)];
    const form = { batch, m, k, n, transposeA, transposeB, scale: 0.5, add: true };
    const apart = filled(batch * m * n, (to) => { matmul(x, y, form, to, old); });
    const headed = { ...form, heads, besideA: true, besideB: true };
    expect(filled(batch * m * n, (to) => { matmul(besideX, besideY, headed, to, old); })).toEqual(apart);
    expect(filled(batch * m * n, (to) => { matmul(besideX, besideY, { ...headed, besideC: true }, to, beside(old, m, n)); })).toEqual(beside(apart, m, n));
  });
});

test("axes change places twice and are as before; a combination is what it says", () => {
  const x = Float64Array.from({ length: 2 * 3 * 4 * 5 }, (_, i) => i);
  const y = filled(x.length, (out) => { swapAxes(x, { batch: 2, a: 3, b: 4, c: 5 }, out); });
  expect(y[60 + (2 * 3 + 1) * 5 + 4]).toBe(x[60 + (1 * 4 + 2) * 5 + 4]);
  expect(filled(x.length, (out) => { swapAxes(y, { batch: 2, a: 4, b: 3, c: 5 }, out); })).toEqual(x);
  const z = filled(4, (out) => { linearCombination(Float64Array.of(1, 2), Float64Array.of(10, 20, 30, 40), { batch: 2, n: 2, a: 2, b: 0.5, shareX: true }, out); });
  expect([...z]).toEqual([7, 14, 17, 24]);
});

describe("draws", () => {
  const keys = [key(1), key("two").fold(7), key(-3)];

  test("normals are those of the streams, from any draw on", () => {
    const out = filled(15, (to) => { normals(keyHalves(keys), { batch: 3, n: 5, first: 3 }, to); });
    keys.forEach((one, replica) => {
      const stream = one.stream();
      const expected = Array.from({ length: 8 }, () => stream.normal()).slice(3);
      expect([...out.subarray(5 * replica, 5 * replica + 5)]).toEqual(expected);
    });
  });

  test("binomials of mean 0.3 N: mean and variance within four standard errors (seeded); no draw where there is no probability", () => {
    const n = 20_000;
    const p = new Float64Array(n).fill(0.3);
    p[5] = Number.NaN;
    p[6] = 1.5;
    const counts = filled(n, (to) => { binomials(keyHalves([key(11)]), p, { batch: 1, n, trials: 50 }, to); });
    expect([counts[5], counts[6]]).toEqual([Number.NaN, Number.NaN]);
    const valid = counts.filter((count) => !Number.isNaN(count));
    const mean = valid.reduce((a, b) => a + b, 0) / valid.length;
    expect(Math.abs(mean - 15)).toBeLessThan(4 * Math.sqrt(10.5 / valid.length));
    const variance = valid.reduce((a, b) => a + (b - mean) ** 2, 0) / valid.length;
    expect(Math.abs(variance - 10.5)).toBeLessThan(4 * 10.5 * Math.sqrt(2 / valid.length));
  });
});

describe("spherical harmonics", () => {
  test("moments of one point are its harmonics (mpmath)", () => {
    for (const { point, harmonics } of tables.harmonics) {
      close(filled(49, (out) => { sphericalMoments(Float64Array.from(point), { batch: 1, n: 1, degree: 6 }, out); }), harmonics, 4e-15);
    }
  });

  test("the drift is the gradient along the sphere of its potential", () => {
    // P_1 and P_3 alone, by hand: grad P_k(<x, y>) = P_k'(t) (y - t x).
    const [x, y] = [[0.6, 0, 0.8], [0, 0.6, 0.8]];
    const t = 0.64;
    const v = filled(6, (out) => { sphericalDrift(Float64Array.from([...x, ...y]), { batch: 1, n: 2, numerator: [0.2, 0, 0.1] }, out); });
    const slope = 0.2 * 3 + 0.1 * 7 * (7.5 * t * t - 1.5);
    close(v.subarray(0, 3), y.map((value, c) => (slope * (value - t * x[c]!)) / 2));
  });
});

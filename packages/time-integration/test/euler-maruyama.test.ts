/** Laws are tested at a family-wise 1 % over the three tests (Sidak: 0.00334 each). */
import { key, type Stream } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import type { Field, Noise } from "../src/index.js";
import { eulerMaruyama, keyedNoise } from "../src/index.js";
import { logSlope } from "./observed-order.js";

/** Upper 0.00334 point of sqrt(n) times the Kolmogorov-Smirnov distance: 2 exp(-2 x^2) = 0.00334. */
const KOLMOGOROV = Math.sqrt(0.5 * Math.log(2 / 0.00334));
/** Upper 0.00334 point of chi-square with 23 degrees of freedom. */
const CHI_23 = 45.61;

const rest: Field = (_, __, out) => out.fill(0);

/** Drift D kappa P_x e_3 on S^2: the gradient of D kappa <e_3, x>. */
function towardsPole(strength: number): Field {
  return (_, x, out) => {
    for (let i = 0; i < x.length; i += 3) {
      const z = x[i + 2]!;
      out.set([-strength * z * x[i]!, -strength * z * x[i + 1]!, strength * (1 - z * z)], i);
    }
  };
}

const copies = (point: readonly number[], n: number): Float64Array => Float64Array.from({ length: n * point.length }, (_, at) => point[at % point.length]!);
const heights = (x: Float64Array): number[] => Array.from({ length: x.length / 3 }, (_, i) => x[3 * i + 2]!);
const noise = (name: string): Noise => keyedNoise(key(20260101).fold("Euler-Maruyama", name));

/** sqrt(n) times the Kolmogorov-Smirnov distance. */
function kolmogorov(values: readonly number[], distribution: (t: number) => number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  return Math.sqrt(n) * sorted.reduce((worst, value, i) => Math.max(worst, (i + 1) / n - distribution(value), distribution(value) - i / n), 0);
}

/** Nodes and weights of the trapezoid rule for three standard normals, exact to rounding for smooth functions. */
function normalGrid(): { readonly nodes: Float64Array; readonly weights: Float64Array } {
  const line = Array.from({ length: 27 }, (_, i) => (i - 13) * 0.65);
  const total = line.reduce((sum, v) => sum + Math.exp((-v * v) / 2), 0);
  const triples = line.flatMap((a) => line.flatMap((b) => line.map((c) => [a, b, c] as const)));
  return {
    nodes: Float64Array.from(triples.flat()),
    weights: Float64Array.from(triples, ([a, b, c]) => Math.exp(-(a * a + b * b + c * c) / 2) / total ** 3),
  };
}
const grid = normalGrid();
const gridNoise = (scale = 1): Noise => (_, out) => {
  out.set(grid.nodes.map((node) => scale * node));
};

/** Expectation of f after one step of length h from x, exact. */
function oneStep(drift: Field, x: readonly number[], h: number, diffusion: number, f: (row: Float64Array) => number, scale = 1): number {
  const { y } = eulerMaruyama(drift, copies(x, grid.weights.length), { t0: 0, t1: h, steps: 1, d: 3, diffusion, noise: gridNoise(scale) });
  return grid.weights.reduce((sum, weight, i) => sum + weight * f(y.subarray(3 * i, 3 * i + 3)), 0);
}

describe("weak order 1", () => {
  test("Brownian motion on S^2: E <X_t, x_0> = e^{-2 D t}, an error of order h, exactly computed", () => {
    // The scheme commutes with rotations: the mean of many steps is the power of the mean of one.
    const points = [20, 40, 80].map((steps) => {
      const mean = oneStep(rest, [0, 0, 1], 1 / steps, 0.5, (row) => row[2]!);
      return [1 / steps, Math.abs(mean ** steps - Math.exp(-1))] as const;
    });
    expect(Math.abs(logSlope(points) - 1)).toBeLessThan(0.1);
  });

  /** The error of the mean of f in one step against f + h L f, L the generator: of order h^2 for a weak order 1. */
  function localErrors(f: (row: Float64Array) => number, generated: number, scale: (h: number) => number): (readonly [number, number])[] {
    const x = [0.48, 0.6, 0.64];
    return [0.02, 0.01, 0.005].map((h) => [h, Math.abs(oneStep(towardsPole(0.9), x, h, 0.3, f, scale(h)) - f(Float64Array.from(x)) - h * generated)] as const);
  }
  const [strength, diffusion, z] = [0.9, 0.3, 0.64];
  /** L z = b (1 - z^2) - 2 D z; L x^2 = -2 b z x^2 + D (2 - 6 x^2). */
  const generators = [
    { name: "z", f: (row: Float64Array): number => row[2]!, generated: strength * (1 - z * z) - 2 * diffusion * z },
    { name: "x^2", f: (row: Float64Array): number => row[0]! * row[0]!, generated: -2 * strength * z * 0.48 * 0.48 + diffusion * (2 - 6 * 0.48 * 0.48) },
  ];
  test.each(generators)("with a drift: the mean of $name errs by h^2 in a step", ({ f, generated }) => {
    expect(Math.abs(logSlope(localErrors(f, generated, () => 1)) - 2)).toBeLessThan(0.1);
  });
  test.each(generators)("noise of size h in place of sqrt(h) has no order, nor has a wrong size: $name (negative control)", ({ f, generated }) => {
    expect(logSlope(localErrors(f, generated, (h) => Math.sqrt(h)))).toBeLessThan(1.3);
    expect(logSlope(localErrors(f, generated, () => Math.SQRT2))).toBeLessThan(1.3);
  });
});

test("strong order 1/2: paths driven by the same Brownian motion", () => {
  const [paths, finest] = [600, 512];
  const fine = Array.from({ length: finest }, (_, step) => {
    const out = new Float64Array(3 * paths);
    noise("strong")(step, out);
    return out;
  });
  /** The increments of the finest steps, added up. */
  const coarse = (ratio: number): Noise => (step, out) => {
    out.fill(0);
    for (let part = 0; part < ratio; part += 1) fine[step * ratio + part]!.forEach((value, at) => (out[at]! += value / Math.sqrt(ratio)));
  };
  const run = (steps: number): Float64Array =>
    eulerMaruyama(towardsPole(1), copies([1, 0, 0], paths), { t0: 0, t1: 1, steps, d: 3, diffusion: 0.5, noise: coarse(finest / steps) }).y;
  const levels = [32, 64, 128, 256].map((steps) => {
    const [one, other] = [run(steps), run(2 * steps)];
    return [1 / steps, Math.sqrt(one.reduce((sum, value, at) => sum + (value - other[at]!) ** 2, 0) / paths)] as const;
  });
  expect(Math.abs(logSlope(levels) - 0.5)).toBeLessThan(0.1);
});

describe("stationary laws on S^2", () => {
  const uniform = (t: number): number => (1 + t) / 2;
  const brownian = eulerMaruyama(rest, copies([0, 0.6, 0.8], 2500), { t0: 0, t1: 4, steps: 400, d: 3, diffusion: 1, noise: noise("uniform") }).y;

  test("Brownian motion from one point tends to the uniform law", () => {
    expect(kolmogorov(heights(brownian), uniform)).toBeLessThan(KOLMOGOROV);
    const counts = new Float64Array(24);
    for (let i = 0; i < 2500; i += 1) counts[Math.min(23, Math.floor((Math.atan2(brownian[3 * i + 1]!, brownian[3 * i]!) / (2 * Math.PI) + 0.5) * 24))]! += 1;
    const expected = 2500 / 24;
    expect(counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(CHI_23);
  });

  const kappa = 3;
  const vonMisesFisher = (t: number): number => (Math.exp(kappa * (t + 1)) - 1) / (Math.exp(2 * kappa) - 1);
  const settle = (drive: Noise): Float64Array =>
    eulerMaruyama(towardsPole(kappa), copies([0, 1, 0], 2000), { t0: 0, t1: 3, steps: 600, d: 3, diffusion: 1, noise: drive }).y;

  test("a drift to the pole gives the von Mises-Fisher law", () => {
    expect(kolmogorov(heights(settle(noise("von Mises-Fisher"))), vonMisesFisher)).toBeLessThan(KOLMOGOROV);
  });

  test("noise of the size dt instead of sqrt(dt), or 15 % too large, is rejected (negative control)", () => {
    const scaled = (factor: number): Noise => (step, out) => {
      noise("von Mises-Fisher")(step, out);
      out.forEach((value, at) => (out[at] = factor * value));
    };
    expect(kolmogorov(heights(settle(scaled(Math.sqrt(3 / 600)))), vonMisesFisher)).toBeGreaterThan(KOLMOGOROV);
    expect(kolmogorov(heights(settle(scaled(1.15))), vonMisesFisher)).toBeGreaterThan(KOLMOGOROV);
  });
});

describe("runs", () => {
  const options = { t0: 0, t1: 1, steps: 20, d: 3, diffusion: 0.4, noise: noise("runs") };

  test("stay on the sphere, repeat with their key, and may be resumed", () => {
    const whole = eulerMaruyama(towardsPole(1), copies([1, 0, 0], 5), options);
    expect(whole.outcome.kind).toBe("converged");
    expect(eulerMaruyama(towardsPole(1), copies([1, 0, 0], 5), options).y).toEqual(whole.y);
    for (let i = 0; i < 5; i += 1) expect(Math.abs(whole.y.subarray(3 * i, 3 * i + 3).reduce((s, v) => s + v * v, 0) - 1)).toBeLessThan(1e-15);
    let middle = new Float64Array();
    eulerMaruyama(towardsPole(1), copies([1, 0, 0], 5), { ...options, observe: (_, x, step) => (step === 10 ? (middle = x.slice()) : middle) });
    const resumed = eulerMaruyama(towardsPole(1), middle, { ...options, t0: 0.5, steps: 10, noise: (step, out) => { options.noise(step + 10, out); } });
    whole.y.forEach((value, at) => {
      expect(Math.abs(value - resumed.y[at]!)).toBeLessThan(1e-15);
    });
  });

  test("without diffusion are Euler's method", () => {
    const { y } = eulerMaruyama(towardsPole(1), [1, 0, 0], { ...options, diffusion: 0, steps: 2000, t1: 1 });
    expect(Math.abs(y[2]! - Math.tanh(1))).toBeLessThan(5e-4);
  });

  test("tell where they leave the finite numbers, and refuse bad options", () => {
    const broken = eulerMaruyama((t, _, out) => out.fill(t < 0.5 ? 0 : Number.NaN), [1, 0, 0], options);
    expect(broken.outcome.kind).toBe("diverged");
    expect(broken.y.every(Number.isFinite)).toBe(true);
    expect(() => eulerMaruyama(rest, [1, 0, 0], { ...options, t1: -1 })).toThrow(/t1 = -1/);
    expect(() => eulerMaruyama(rest, [1, 0, 0], { ...options, diffusion: -1 })).toThrow(/diffusion = -1/);
    expect(() => eulerMaruyama(rest, [1, 0, 0, 1], options)).toThrow(/n/);
  });

  test("take their normals from the key and the number of the step alone", () => {
    const drawn = (step: number): Float64Array => {
      const out = new Float64Array(4);
      keyedNoise(key(3))(step, out);
      return out;
    };
    const stream: Stream = key(3).fold(7).stream();
    expect(drawn(7)).toEqual(stream.fillNormal(new Float64Array(4)));
    expect(drawn(8)).not.toEqual(drawn(7));
  });
});

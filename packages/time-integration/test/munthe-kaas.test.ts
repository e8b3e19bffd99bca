import { key } from "@mesoscope/numerics";
import { exponentialMap, projectTangent, sampleUniformSphere } from "@mesoscope/sphere";
import { describe, expect, test } from "vitest";
import type { Chart, Projection } from "../src/index.js";
import { dormandPrince5, dormandPrince8, integrateAdaptive, integrateFixed, onSpheres, rungeKutta4, sphereChart } from "../src/index.js";
import { attention, tangent } from "./problems.js";

const stream = key(20260101).fold("Munthe-Kaas").stream();

/** Worst deviation of a row's length from 1. */
function offSphere(x: Float64Array, d: number): number {
  let worst = 0;
  for (let at = 0; at < x.length; at += d) {
    let square = 0;
    for (let k = at; k < at + d; k += 1) square += x[k]! * x[k]!;
    worst = Math.max(worst, Math.abs(Math.sqrt(square) - 1));
  }
  return worst;
}

describe("coordinates of the sphere by rotations", () => {
  test.each([2, 3, 8])("the rate is the inverse differential of the exponential map, d = %i", (d) => {
    const chart = sphereChart(d);
    const x = sampleUniformSphere(stream, 1, d);
    for (const size of [0, 1e-9, 0.3, 2, 3.1]) {
      const vector = (scale: number): Float64Array => projectTangent(x, sampleUniformSphere(stream, 1, d).map((v) => scale * v), 1, d, new Float64Array(d));
      const xi = vector(size);
      const eta = vector(1);
      const step = 1e-5;
      const moved = [step, -step].map((h) => exponentialMap(x, xi.map((v, k) => v + h * eta[k]!), 1, d, new Float64Array(d)));
      const velocity = moved[0]!.map((v, k) => (v - moved[1]![k]!) / (2 * step));
      const rate = new Float64Array(d);
      chart.rate(x, xi, velocity, rate);
      rate.forEach((value, k) => {
        expect(Math.abs(value - eta[k]!)).toBeLessThan(1e-7 * (1 + 1 / (Math.PI - size)));
      });
    }
  });

  test("a rigid rotation is followed exactly by Euler's method: it is the exponential of the algebra", () => {
    const rotation = tangent((_, x, out) => {
      out.set([-x[1]!, x[0]!, 0]);
    }, 3);
    const equator = [1, 0, 0];
    const { y } = integrateFixed(rotation, equator, { t0: 0, t1: 2, steps: 4, tableau: rungeKutta4, chart: sphereChart(3) });
    [Math.cos(2), Math.sin(2), 0].forEach((value, k) => {
      expect(Math.abs(value - y[k]!)).toBeLessThan(2e-15);
    });
  });

  test("rows keep their length over many coarse steps, which the plain method does not (negative control)", () => {
    const x0 = sampleUniformSphere(stream, 6, 3);
    const field = tangent((t, x, out) => {
      for (let i = 0; i < out.length; i += 3) out.set([Math.sin(3 * t) - x[i + 1]!, x[i]! + x[i + 2]!, Math.cos(t) - x[i]!], i);
    }, 3);
    const options = { t0: 0, t1: 300, steps: 3000, tableau: rungeKutta4 };
    expect(offSphere(integrateFixed(field, x0, { ...options, chart: sphereChart(3) }).y, 3)).toBeLessThan(2e-14);
    expect(offSphere(integrateFixed(field, x0, options).y, 3)).toBeGreaterThan(1e-7);
  });

  test("a part of the field along the row does not matter", () => {
    const x0 = sampleUniformSphere(stream, 4, 3);
    const options = { t0: 0, t1: 1, steps: 5, tableau: dormandPrince5, chart: sphereChart(3) };
    const whole = integrateFixed(attention(4, 3, 2), x0, options).y;
    const part = integrateFixed(tangent(attention(4, 3, 2), 3), x0, options).y;
    whole.forEach((value, e) => {
      expect(Math.abs(value - part[e]!)).toBeLessThan(1e-15);
    });
  });

  test("agrees with the projected form, adaptively, forward and back", () => {
    const x0 = sampleUniformSphere(stream, 5, 4);
    const field = tangent(attention(5, 4, 3), 4);
    const options = { t0: 0, t1: 4, relative: 1e-12, absolute: 1e-12, tableau: dormandPrince8 };
    const turned = integrateAdaptive(field, x0, { ...options, chart: sphereChart(4), dense: true });
    const projected = integrateAdaptive(field, x0, { ...options, projection: onSpheres(4), dense: true });
    for (const t of [0.1, 1.7, 3.9, 4]) {
      const [one, other] = [turned.solution!(t), projected.solution!(t)];
      expect(offSphere(one, 4)).toBeLessThan(1e-14);
      expect(offSphere(other, 4)).toBeLessThan(1e-15 * 4);
      one.forEach((value, e) => {
        expect(Math.abs(value - other[e]!)).toBeLessThan(1e-11);
      });
    }
    const back = integrateAdaptive(field, turned.y, { ...options, t0: 4, t1: 0, chart: sphereChart(4) });
    back.y.forEach((value, e) => {
      expect(Math.abs(value - x0[e]!)).toBeLessThan(1e-9);
    });
  });

  test("a stage that would turn a row by pi or more ends a fixed run as diverged, and only shortens adaptive steps", () => {
    const fast = tangent((_, x, out) => {
      out.set([-9 * x[1]!, 9 * x[0]!, 5 * x[0]!]);
    }, 3);
    expect(integrateFixed(fast, [1, 0, 0], { t0: 0, t1: 1, steps: 1, tableau: rungeKutta4, chart: sphereChart(3) }).outcome.kind).toBe("diverged");
    const adaptive = integrateAdaptive(fast, [1, 0, 0], { t0: 0, t1: 1, relative: 1e-8, absolute: 1e-8, firstStep: 1, chart: sphereChart(3) });
    expect(adaptive.outcome.kind).toBe("converged");
    expect(adaptive.rejected).toBeGreaterThan(0);
  });
});

describe("the Moebius flow at beta = 0, from tokens anywhere", () => {
  /** |x_0 - x_1| |x_2 - x_3| / (|x_0 - x_2| |x_1 - x_3|) of rows of length d. */
  function crossRatio(x: Float64Array, d: number): number {
    const gap = (i: number, j: number): number => Math.sqrt(x.subarray(i * d, (i + 1) * d).reduce((sum, value, k) => sum + (value - x[j * d + k]!) ** 2, 0));
    return (gap(0, 1) * gap(2, 3)) / (gap(0, 2) * gap(1, 3));
  }

  test.each([2, 3, 7])("keeps the cross-ratios of the rows, which the flow at beta = 1 does not (negative control), d = %i", (d) => {
    const x0 = sampleUniformSphere(stream, 6, d);
    const change = (beta: number, form: { projection: Projection } | { chart: Chart }): number => {
      const field = tangent(attention(6, d, beta), d);
      const { y } = integrateAdaptive(field, x0, { t0: 0, t1: 2, relative: 1e-13, absolute: 1e-13, tableau: dormandPrince8, ...form });
      return Math.abs(crossRatio(y, d) / crossRatio(x0, d) - 1);
    };
    for (const form of [{ projection: onSpheres(d) }, { chart: sphereChart(d) }]) {
      expect(change(0, form)).toBeLessThan(1e-10);
      expect(change(1, form)).toBeGreaterThan(1e-4);
    }
  });
});

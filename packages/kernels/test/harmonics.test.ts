import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { harmonicDrift, harmonicMoments, harmonicStep, referenceBackend } from "../src/index.js";

function angles(n: number, seed: number): Float64Array {
  const stream = key(seed).stream();
  return Float64Array.from({ length: n }, () => 2 * Math.PI * (stream.uniform() - 0.5));
}

describe("the fast forms on the reference backend", () => {
  test("powers by repeated products err by less than half an ulp a mode up to mode 512", async () => {
    const n = 1;
    const order = 512;
    const backend = referenceBackend();
    const plan = await backend.prepare("harmonic-moments", { batch: 40, n, order });
    const z = backend.alloc("f64", plan.outputs[0]!);
    // Multiples of 2 pi / 1024 rounded: the exact power is known from the rounded angle by the plain truth.
    const theta = angles(40, 3);
    backend.submit(plan, [backend.upload(theta, [40, n])], [z]);
    const fast = await backend.read(z);
    const truth = new Float64Array(fast.length);
    harmonicMoments(theta, { batch: 40, n, order }, truth);
    for (let at = 0; at < fast.length; at += 1) {
      const k = Math.floor(at / 2) % (order + 1);
      // pi k / 2 ulp of that are the rounding of k theta in the plain form.
      expect(Math.abs(fast[at]! - truth[at]!)).toBeLessThan(Number.EPSILON * (2 + k * (0.5 + Math.PI / 2)));
    }
  });

  test.each([1, 2, 3, 255, 256, 257, 600])("drift and step of n = %i angles", async (n) => {
    const theta = angles(n, n);
    const parameters = { batch: 1, n, numerator: [0.7, -0.3, 0.2, 0.1, 0.05], denominator: [2, 0.4, -0.3, 0.1] };
    const backend = referenceBackend();
    const drift = await backend.prepare("harmonic-drift", parameters);
    const v = backend.alloc("f64", [1, n]);
    backend.submit(drift, [backend.upload(theta, [1, n])], [v]);
    const truth = new Float64Array(n);
    harmonicDrift(theta, parameters, truth);
    (await backend.read(v)).forEach((value, i) => {
      expect(Math.abs(value - truth[i]!)).toBeLessThan(1e-14);
    });
    // dt = 0.9 turns some particles by more than the short polynomials serve.
    const more = { ...parameters, dt: 0.9, tableau: { a: [[], [0.5], [0, 0.5], [0, 0, 1]], b: [1 / 6, 1 / 3, 1 / 3, 1 / 6] } };
    const step = await backend.prepare("harmonic-step", more);
    const state = backend.upload(theta, [1, n]);
    backend.submit(step, [state], [state], 3);
    for (let count = 0; count < 3; count += 1) harmonicStep(theta, more);
    (await backend.read(state)).forEach((value, i) => {
      expect(Math.abs(value - theta[i]!)).toBeLessThan(2e-14);
    });
  });

  test("the extra stage of an embedded pair changes nothing", async () => {
    const theta = angles(50, 9);
    const base = { batch: 1, n: 50, numerator: [0.7, -0.3], dt: 0.1 };
    const results = await Promise.all(
      [
        { a: [[], [0.5]], b: [0, 1] },
        { a: [[], [0.5], [0, 1]], b: [0, 1, 0] },
      ].map(async (tableau) => {
        const backend = referenceBackend();
        const plan = await backend.prepare("harmonic-step", { ...base, tableau });
        const state = backend.upload(theta, [1, 50]);
        backend.submit(plan, [state], [state]);
        return backend.read(state);
      }),
    );
    expect(results[0]).toEqual(results[1]);
  });
});

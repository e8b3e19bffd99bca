import { attentionDrift, referenceBackend } from "@mesoscope/kernels";
import { key } from "@mesoscope/numerics";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttentionFlow, SphereCoefficients, TimeUnit } from "../src/index.js";
import { sphereCoefficients, sphereDriftBound, uniformTokens } from "../src/index.js";
import { distance, runs } from "./configurations.js";

async function harmonicDrift(x: Float64Array, { numerator, denominator }: Pick<SphereCoefficients, "numerator" | "denominator">): Promise<Float64Array> {
  const [n, backend] = [x.length / 3, referenceBackend()];
  const plan = await backend.prepare("spherical-drift", { batch: 1, n, numerator, ...(denominator === undefined ? {} : { denominator }) });
  const v = backend.alloc("f64", [1, n, 3]);
  backend.submit(plan, [backend.upload(x, [1, n, 3])], [v]);
  return backend.read(v);
}

function pairDrift(x: Float64Array, { flow, beta }: AttentionFlow, time: TimeUnit): Float64Array {
  const v = new Float64Array(x.length);
  const shift = flow === "USA" && time === "scaled" ? { shift: Math.sign(beta) } : {};
  attentionDrift(x, { batch: 1, n: x.length / 3, d: 3, flow, beta, ...shift }, v);
  return v;
}

/** Tokens spread, or near a point and its opposite. */
function someTokens(n: number, seed: number): Float64Array {
  const stream = key("sphere drift").fold(seed).stream();
  const x = new Float64Array(3 * n);
  uniformTokens(stream, 3, x);
  if (seed % 3 !== 0) return x;
  for (let i = 0; i < n; i += 1) {
    const [a, b] = [0.1 * stream.normal(), 0.1 * stream.normal()];
    const length = Math.sqrt(1 + a * a + b * b) * (i % 2 === 0 ? 1 : -1);
    x.set([a / length, b / length, 1 / length], 3 * i);
  }
  return x;
}

/** What rounding may add: some ulp a degree of the largest kernel value, over the least normaliser. */
function roundingOf({ flow, degree, time }: SphereCoefficients, n: number): number {
  const size = Math.abs(flow.beta);
  const largest = flow.flow === "USA" && time === "natural" ? Math.exp(size) : 1;
  const least = flow.flow === "SA" ? Math.max(Math.exp(-2 * size), flow.beta >= 0 ? 1 / n : 0) : 1;
  return (60 * (degree + 8) * Number.EPSILON * largest) / least;
}

const flows = fc.record({ flow: fc.constantFrom("SA" as const, "USA" as const), beta: fc.double({ min: -6, max: 40, noNaN: true }), d: fc.constant(3) });

describe("the drift by spherical harmonics is the pair sum within its stated bound", () => {
  test("for any flow, beta, configuration, tolerance and time unit", async () => {
    await fc.assert(
      fc.asyncProperty(flows, fc.integer({ min: 1, max: 24 }), fc.nat(1e6), fc.constantFrom(1e-3, 1e-6, 1e-9, 1e-13), fc.constantFrom<TimeUnit>("natural", "scaled"), async (flow, n, seed, tolerance, time) => {
        const x = someTokens(n, seed);
        const coefficients = sphereCoefficients(flow, tolerance, time);
        const error = distance(await harmonicDrift(x, coefficients), pairDrift(x, flow, time));
        expect(error).toBeLessThanOrEqual(sphereDriftBound(coefficients, n) + roundingOf(coefficients, n));
      }),
      { ...runs, numRuns: 200 },
    );
  });

  test("near beta = 0 and at it", async () => {
    const x = someTokens(9, 1);
    for (const beta of [0, 1e-9, -1e-9, 1e-3, 1, 1.0000001]) {
      const flow: AttentionFlow = { flow: "SA", beta, d: 3 };
      expect(distance(await harmonicDrift(x, sphereCoefficients(flow, 1e-14)), pairDrift(x, flow, "natural"))).toBeLessThan(1e-14);
    }
  });

  test("one degree fewer than the error needs is seen", async () => {
    const flow: AttentionFlow = { flow: "USA", beta: 5, d: 3 };
    const { numerator, tail } = sphereCoefficients(flow, 1e-6, "scaled");
    const x = someTokens(200, 1);
    expect(distance(await harmonicDrift(x, { numerator: numerator.slice(0, -6) }), pairDrift(x, flow, "scaled"))).toBeGreaterThan(tail);
  });

  test("what is not on the sphere S^2 is refused", () => {
    expect(() => sphereCoefficients({ flow: "SA", beta: 1, d: 2 }, 1e-6)).toThrow(/d = 2: must be 3/);
    expect(() => sphereCoefficients({ flow: "SA", beta: 1, d: 3 }, 0)).toThrow(/tolerance = 0/);
  });
});

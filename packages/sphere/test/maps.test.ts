import { DomainError, key } from "@mesoscope/numerics";
import { describe, expect, it } from "vitest";
import { exponentialMap, geodesicDistance, logarithmMap, parallelTransport, projectTangent, sampleUniformSphere } from "../src/index.js";

const inner = (x: Float64Array, y: Float64Array): number => x.reduce((s, value, a) => s + value * y[a]!, 0);
const largest = (x: Float64Array, y: Float64Array): number => x.reduce((m, value, a) => Math.max(m, Math.abs(value - y[a]!)), 0);

/** Base points, other points and tangent vectors, twenty of each. */
function draw(d: number): { x: Float64Array; y: Float64Array; v: Float64Array; w: Float64Array } {
  const stream = key(5).fold("maps", d).stream();
  const x = sampleUniformSphere(stream, 20, d);
  const y = sampleUniformSphere(stream, 20, d);
  const tangent = (): Float64Array => projectTangent(x, sampleUniformSphere(stream, 20, d), 20, d, new Float64Array(20 * d));
  return { x, y, v: tangent(), w: tangent() };
}

describe.each([2, 3, 8, 128])("maps of the sphere, d = %i", (d) => {
  const { x, y, v, w } = draw(d);
  const fresh = (): Float64Array => new Float64Array(20 * d);
  const row = (z: Float64Array, i: number): Float64Array => z.subarray(i * d, (i + 1) * d);

  it("exp after log is the point, log after exp the vector", () => {
    const back = exponentialMap(x, logarithmMap(x, y, 20, d, fresh()), 20, d, fresh());
    expect(largest(back, y)).toBeLessThan(2e-14);
    const again = logarithmMap(x, exponentialMap(x, v, 20, d, fresh()), 20, d, fresh());
    expect(largest(again, v)).toBeLessThan(2e-14);
  });

  it("log has the length of the distance, and is tangent", () => {
    const log = logarithmMap(x, y, 20, d, fresh());
    for (let i = 0; i < 20; i++) {
      expect(Math.abs(Math.sqrt(inner(row(log, i), row(log, i))) - geodesicDistance(row(x, i), row(y, i)))).toBeLessThan(1e-14);
      expect(Math.abs(inner(row(log, i), row(x, i)))).toBeLessThan(1e-14);
    }
  });

  it("log keeps relative accuracy for nearby points", () => {
    const tiny = v.map((value) => 1e-9 * value);
    const log = logarithmMap(x, exponentialMap(x, tiny, 20, d, fresh()), 20, d, fresh());
    expect(largest(log, tiny)).toBeLessThan(1e-15); // the points themselves are rounded to 1e-16
    expect(largest(logarithmMap(x, x, 20, d, fresh()), fresh())).toBe(0);
  });

  it("transport is an isometry to the tangent space at the end, carries the velocity along, and comes back", () => {
    const pv = parallelTransport(x, y, v, 20, d, fresh());
    const pw = parallelTransport(x, y, w, 20, d, fresh());
    for (let i = 0; i < 20; i++) {
      expect(Math.abs(inner(row(pv, i), row(pw, i)) - inner(row(v, i), row(w, i)))).toBeLessThan(1e-12);
      expect(Math.abs(inner(row(pv, i), row(y, i)))).toBeLessThan(1e-12);
    }
    expect(largest(parallelTransport(y, x, pv, 20, d, fresh()), v)).toBeLessThan(1e-12);
    const forward = parallelTransport(x, y, logarithmMap(x, y, 20, d, fresh()), 20, d, fresh());
    const backward = logarithmMap(y, x, 20, d, fresh()).map((value) => -value);
    expect(largest(forward, backward)).toBeLessThan(1e-12);
  });
});

describe("maps of the sphere at antipodal points", () => {
  it("refuse, naming the row", () => {
    const x = Float64Array.of(1, 0, 0.6, 0.8);
    const y = Float64Array.of(0, 1, -0.6, -0.8);
    const out = new Float64Array(4);
    expect(() => logarithmMap(x, y, 2, 2, out)).toThrow(/row 1 = "y = -x": must not be a pair of antipodal points/);
    expect(() => parallelTransport(x, y, out, 2, 2, out)).toThrow(DomainError);
  });

  it("exp goes once around", () => {
    const out = exponentialMap(Float64Array.of(1, 0), Float64Array.of(0, 2 * Math.PI), 1, 2, new Float64Array(2));
    expect(largest(out, Float64Array.of(1, 0))).toBeLessThan(3e-16);
  });
});

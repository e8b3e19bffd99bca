import { DomainError, key } from "@mesoscope/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponentialMap, geodesicDistance, logarithmMap, normaliseRows, parallelTransport, projectTangent, sampleUniformSphere } from "../src/index.js";

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

describe("laws of the maps, for any dimension and any points", () => {
  const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
  const direction = (d: number): fc.Arbitrary<Float64Array> =>
    fc
      .array(coordinate, { minLength: d, maxLength: d })
      .filter((row) => row.reduce((sum, v) => sum + v * v, 0) > 1e-4)
      .map((row) => normaliseRows(Float64Array.from(row), 1, d));
  const points = (count: number): fc.Arbitrary<Float64Array[]> => fc.integer({ min: 2, max: 9 }).chain((d) => fc.array(direction(d), { minLength: count, maxLength: count }));
  const options = { seed: 20260101, numRuns: 300 };
  /** How much rounding is blown up next to antipodal points. */
  const condition = (x: Float64Array, y: Float64Array): number => 1 / Math.max(1e-12, Math.PI - geodesicDistance(x, y));
  const tangentAt = (x: Float64Array, v: Float64Array): Float64Array => projectTangent(x, v, 1, x.length, new Float64Array(x.length));

  it("the distance is a metric, and the distance of exp(v) is |v| up to pi", () => {
    fc.assert(
      fc.property(points(3), fc.double({ min: 0, max: 3.14, noNaN: true }), ([x, y, z], size) => {
        const d = x!.length;
        expect(geodesicDistance(x!, y!)).toBe(geodesicDistance(y!, x!));
        expect(geodesicDistance(x!, z!)).toBeLessThanOrEqual(geodesicDistance(x!, y!) + geodesicDistance(y!, z!) + 1e-14);
        expect(Math.abs(geodesicDistance(x!, y!) + geodesicDistance(x!, y!.map((v) => -v)) - Math.PI)).toBeLessThan(1e-15 * 4);
        const tangent = tangentAt(x!, y!);
        const length = Math.sqrt(inner(tangent, tangent));
        fc.pre(length > 1e-6);
        const end = exponentialMap(x!, tangent.map((v) => (size * v) / length), 1, d, new Float64Array(d));
        expect(Math.abs(geodesicDistance(x!, end) - size)).toBeLessThan(1e-15 / length + 1e-14);
      }),
      options,
    );
  });

  it("exp after log is the point", () => {
    fc.assert(
      fc.property(points(2), ([x, y]) => {
        const d = x!.length;
        fc.pre(condition(x!, y!) < 1e8);
        const log = logarithmMap(x!, y!, 1, d, new Float64Array(d));
        expect(largest(exponentialMap(x!, log, 1, d, new Float64Array(d)), y!)).toBeLessThan(4e-15 * (1 + condition(x!, y!)));
      }),
      options,
    );
  });

  it("transport keeps inner products and is undone by the way back", () => {
    fc.assert(
      fc.property(points(4), ([x, y, v, w]) => {
        const d = x!.length;
        fc.pre(condition(x!, y!) < 1e6);
        const carry = (from: Float64Array, to: Float64Array, what: Float64Array): Float64Array => parallelTransport(from, to, what, 1, d, new Float64Array(d));
        const [one, other] = [tangentAt(x!, v!), tangentAt(x!, w!)];
        const [there, also] = [carry(x!, y!, one), carry(x!, y!, other)];
        expect(Math.abs(inner(there, also) - inner(one, other))).toBeLessThan(1e-14 * (1 + condition(x!, y!)));
        expect(largest(carry(y!, x!, there), one)).toBeLessThan(1e-14 * (1 + condition(x!, y!)));
      }),
      options,
    );
  });

  it("rotations and reflections move everything along: here the reflection of the first two axes", () => {
    fc.assert(
      fc.property(points(2), ([x, y]) => {
        const d = x!.length;
        fc.pre(condition(x!, y!) < 1e6);
        const swap = (z: Float64Array): Float64Array => Float64Array.from(z, (value, a) => (a < 2 ? z[1 - a]! : value));
        expect(Math.abs(geodesicDistance(swap(x!), swap(y!)) - geodesicDistance(x!, y!))).toBeLessThan(1e-15);
        const log = (from: Float64Array, to: Float64Array): Float64Array => logarithmMap(from, to, 1, d, new Float64Array(d));
        expect(largest(log(swap(x!), swap(y!)), swap(log(x!, y!)))).toBeLessThan(1e-14 * (1 + condition(x!, y!)));
      }),
      options,
    );
  });
});

describe("close to antipodal points", () => {
  it("log keeps its length, and loses direction in proportion to 1e-16 over the gap", () => {
    for (const gap of [1e-2, 1e-5, 1e-9, 1e-13]) {
      const y = Float64Array.of(-Math.cos(gap), Math.sin(gap), 0);
      const log = logarithmMap(Float64Array.of(1, 0, 0), y, 1, 3, new Float64Array(3));
      expect(Math.abs(Math.sqrt(inner(log, log)) - (Math.PI - gap))).toBeLessThan(2e-15);
      expect(Math.abs(log[1]! / (Math.PI - gap) - 1)).toBeLessThan(1e-15 / gap);
    }
  });
  it("transport carries on: an isometry to 1e-15 over the gap", () => {
    const gap = 1e-6;
    const y = Float64Array.of(-Math.cos(gap), Math.sin(gap), 0);
    const out = parallelTransport(Float64Array.of(1, 0, 0), y, Float64Array.of(0, 0.6, 0.8), 1, 3, new Float64Array(3));
    expect(Math.abs(inner(out, out) - 1)).toBeLessThan(1e-15 / gap);
    expect(out[2]).toBeCloseTo(0.8, 12); // the part across the way is carried unchanged
  });
});

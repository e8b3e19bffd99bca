import { DomainError, key } from "@mesoscope/numerics";
import { describe, expect, it } from "vitest";
import { geodesicDistance, normaliseRows, projectTangent, sampleUniformSphere } from "../src/index.js";

const dot = (x: Float64Array, y: Float64Array): number => x.reduce((s, value, a) => s + value * y[a]!, 0);

describe("rows on the sphere", () => {
  it("are normalised at every scale a double has", () => {
    for (const scale of [1e-320, 1e-200, 1, 1e200, 1e307]) {
      const x = normaliseRows(Float64Array.of(3 * scale, -4 * scale, 0, 5 * scale), 2, 2);
      expect(Math.abs(x[0]! - 0.6)).toBeLessThan(scale < 1e-300 ? 1e-3 : 2e-16); // 1e-320 itself has three digits
      expect(Math.abs(x[0]! ** 2 + x[1]! ** 2 - 1)).toBeLessThan(5e-16);
      expect([x[2], x[3]]).toEqual([0, 1]);
    }
  });

  it("are refused when zero or not finite, with the row named", () => {
    expect(() => normaliseRows(Float64Array.of(1, 0, 0, 0), 2, 2)).toThrow(/row 1 = 0: must not be the zero vector/);
    expect(() => normaliseRows(Float64Array.of(NaN, 0), 1, 2)).toThrow(/row 0 = NaN: must have finite entries/);
    expect(() => normaliseRows(Float64Array.of(Infinity, 0), 1, 2)).toThrow(DomainError);
    expect(() => normaliseRows(new Float64Array(3), 2, 2)).toThrow(/x.length = 3: must be n d = 4/);
  });

  it("project to tangents: orthogonal, idempotent, in place too", () => {
    const stream = key(1).fold("tangent").stream();
    for (const d of [2, 3, 8, 128]) {
      const x = sampleUniformSphere(stream, 4, d);
      const v = stream.fillNormal(new Float64Array(4 * d));
      const once = projectTangent(x, v, 4, d, new Float64Array(4 * d));
      for (let i = 0; i < 4; i++) {
        const row = once.subarray(i * d, (i + 1) * d);
        expect(Math.abs(dot(row, x.subarray(i * d, (i + 1) * d)))).toBeLessThan(1e-14);
      }
      const twice = projectTangent(x, once, 4, d, new Float64Array(4 * d));
      twice.forEach((value, i) => {
        expect(Math.abs(value - once[i]!)).toBeLessThan(1e-14);
      });
      expect(projectTangent(x, v, 4, d, v)).toEqual(once);
    }
  });

  it("have a distance accurate at coincident and antipodal points, where arccos is not (negative control)", () => {
    for (const angle of [0, 1e-300, 1e-12, 1e-8, 1e-4, 1, 2, 3]) {
      const x = [1, 0];
      const y = [Math.cos(angle), Math.sin(angle)];
      expect(Math.abs(geodesicDistance(x, y) - angle)).toBeLessThanOrEqual(4e-16 * angle + 1e-310);
      expect(geodesicDistance(x, [-y[0]!, -y[1]!])).toBeCloseTo(Math.PI - angle, 14);
    }
    expect(geodesicDistance([1, 0], [1, 0])).toBe(0);
    expect(geodesicDistance([0.6, 0.8], [-0.6, -0.8])).toBe(Math.PI);
    expect(Math.acos(1 * Math.cos(1e-9))).toBe(0); // what the textbook formula makes of a distance of 1e-9
    expect(() => geodesicDistance([1, 0], [1, 0, 0])).toThrow(DomainError);
  });
});

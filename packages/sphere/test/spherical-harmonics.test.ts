import { gaussLegendre, key } from "@mesoscope/numerics";
import { gegenbauer } from "@mesoscope/special-functions";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { harmonicEigenvalue, normaliseRows, sampleUniformSphere, sphericalHarmonics } from "../src/index.js";

const options = { seed: 20260101, numRuns: 100 };
const point = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))
  .filter(([x, y, z]) => x * x + y * y + z * z > 1e-3)
  .map((row) => normaliseRows(Float64Array.from(row), 1, 3));
const inner = (x: Float64Array, y: Float64Array): number => Math.max(-1, Math.min(1, x[0]! * y[0]! + x[1]! * y[1]! + x[2]! * y[2]!));

describe("real spherical harmonics on S^2", () => {
  it("are the coordinates in degree 1, and the known polynomials in degree 2", () => {
    const [x, y, z] = [0.48, 0.6, 0.64];
    const values = sphericalHarmonics(Float64Array.of(x, y, z), 1, 2);
    const s15 = Math.sqrt(15);
    const expected = [1, Math.sqrt(3) * y, Math.sqrt(3) * z, Math.sqrt(3) * x, s15 * x * y, s15 * y * z, (Math.sqrt(5) / 2) * (3 * z * z - 1), s15 * x * z, (s15 / 2) * (x * x - y * y)];
    expected.forEach((value, at) => {
      expect(Math.abs(values[at]! - value)).toBeLessThan(1e-15);
    });
  });

  it("obey the addition theorem: sum_m Y_km(x) Y_km(y) = (2k + 1) P_k(<x, y>)", () => {
    fc.assert(
      fc.property(point, point, (x, y) => {
        const K = 40;
        const [at, to] = [sphericalHarmonics(x, 1, K), sphericalHarmonics(y, 1, K)];
        for (let k = 0; k <= K; k++) {
          let sum = 0;
          for (let j = k * k; j < (k + 1) * (k + 1); j++) sum += at[j]! * to[j]!;
          // The cosine is rounded: P_k moves by k^2/2 of that.
          expect(Math.abs(sum - (2 * k + 1) * gegenbauer(k, 3, inner(x, y)))).toBeLessThan((2 * k + 1) * 4e-15 * (1 + k * k / 8));
        }
      }),
      options,
    );
  });

  it("keep sum_m Y_km^2 = 2k + 1 to degree 1024, at the poles and next to them too", () => {
    const rows = Float64Array.of(0, 0, 1, 0, 0, -1, 1, 0, 0, 1e-9, 0, 1, 0.1, 0, Math.sqrt(0.99), 0.6, 0.48, 0.64);
    const [n, K] = [rows.length / 3, 1024];
    const values = sphericalHarmonics(rows, n, K);
    for (let i = 0; i < n; i++) {
      for (const k of [1, 2, 10, 100, 512, 1024]) {
        let sum = 0;
        for (let j = k * k; j < (k + 1) * (k + 1); j++) sum += values[i * (K + 1) ** 2 + j]! ** 2;
        expect(Math.abs(sum / (2 * k + 1) - 1)).toBeLessThan(k > 512 ? 3e-11 : 1e-14 * (10 + k));
      }
    }
  });

  it("are orthonormal for the uniform probability measure, by a product rule that is exact for them", () => {
    const K = 8;
    const { nodes, weights } = gaussLegendre(K + 1);
    const turns = 2 * K + 1;
    const rows: number[] = [];
    const masses: number[] = [];
    nodes.forEach((z, i) => {
      for (let j = 0; j < turns; j++) {
        const s = Math.sqrt(1 - z * z);
        rows.push(s * Math.cos((2 * Math.PI * j) / turns), s * Math.sin((2 * Math.PI * j) / turns), z);
        masses.push(weights[i]! / 2 / turns);
      }
    });
    const values = sphericalHarmonics(Float64Array.from(rows), masses.length, K);
    const count = (K + 1) ** 2;
    for (let a = 0; a < count; a++) {
      for (let b = 0; b <= a; b++) {
        const sum = masses.reduce((total, mass, i) => total + mass * values[i * count + a]! * values[i * count + b]!, 0);
        expect(Math.abs(sum - (a === b ? 1 : 0))).toBeLessThan(2e-14);
      }
    }
  });

  it("are eigenfunctions of the Laplacian: the mean over small circles falls by lambda r^2/4", () => {
    const r = 1e-3;
    const x = sampleUniformSphere(key(3).stream(), 1, 3);
    // Two tangent directions at x.
    const e = normaliseRows(Float64Array.of(-x[1]!, x[0]!, 0), 1, 3);
    const f = Float64Array.of(x[1]! * e[2]! - x[2]! * e[1]!, x[2]! * e[0]! - x[0]! * e[2]!, x[0]! * e[1]! - x[1]! * e[0]!);
    const here = sphericalHarmonics(x, 1, 4);
    const mean = new Float64Array(25);
    for (let j = 0; j < 12; j++) {
      const [c, s] = [Math.cos((Math.PI * j) / 6), Math.sin((Math.PI * j) / 6)];
      const near = x.map((value, a) => Math.cos(r) * value + Math.sin(r) * (c * e[a]! + s * f[a]!));
      sphericalHarmonics(near, 1, 4).forEach((value, at) => (mean[at]! += value / 12));
    }
    here.forEach((value, at) => {
      expect(Math.abs((mean[at]! - value) / (r * r) + (harmonicEigenvalue(Math.floor(Math.sqrt(at)), 3) * value) / 4)).toBeLessThan(1e-4);
    });
  });

  it("refuse degrees that would overflow, and wrong shapes", () => {
    expect(() => sphericalHarmonics(Float64Array.of(0, 0, 1), 1, 1025)).toThrow(/K = 1025/);
    expect(() => sphericalHarmonics(Float64Array.of(0, 0, 1, 1), 1, 2)).toThrow(/x.length = 4/);
  });
});

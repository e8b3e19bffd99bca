import { DomainError } from "@mesoscope/numerics";
import { gegenbauer } from "@mesoscope/special-functions";
import { describe, expect, it } from "vitest";
import { harmonicDimension, harmonicDimensionExact, harmonicEigenvalue } from "../src/index.js";
import { reference } from "./harmonic-analysis.js";

describe("spherical harmonics", () => {
  it.each(reference.harmonic_dims.cases)("have the reference dimension at d = $d, k = $k", ({ d, k, dim }) => {
    expect(harmonicDimension(k, d)).toBe(dim);
  });

  it("fill the homogeneous polynomials: dim Pol_k = dim H_k + dim Pol_{k-2}, dim Pol_k = binomial(k + d - 1, k)", () => {
    const homogeneous = (k: number, d: number): bigint => {
      let value = 1n;
      for (let j = 1; j <= k; j++) value = (value * BigInt(d - 1 + j)) / BigInt(j);
      return k < 0 ? 0n : value;
    };
    for (const d of [1, 2, 3, 4, 17, 128, 4096]) {
      for (let k = 0; k <= 20; k++) {
        expect(harmonicDimensionExact(k, d)).toBe(homogeneous(k, d) - homogeneous(k - 2, d));
      }
    }
  });

  it("refuse a dimension that no double holds exactly, and give it as a bigint", () => {
    expect(() => harmonicDimension(20, 4096)).toThrow(/harmonicDimensionExact/);
    expect(harmonicDimensionExact(20, 4096)).toBeGreaterThan(2n ** 53n);
    expect(() => harmonicDimension(-1, 3)).toThrow(DomainError);
  });

  it("have the eigenvalues of the Laplacian", () => {
    expect([harmonicEigenvalue(0, 1), harmonicEigenvalue(3, 2), harmonicEigenvalue(3, 3), harmonicEigenvalue(1, 128)]).toEqual([0, 9, 12, 127]);
  });

  it.each(reference.gegenbauer.cases)("have the zonal function of the reference at d = $d, k = $k, t = $t", (c) => {
    expect(Math.abs(gegenbauer(c.k, c.d, c.t) - c.P)).toBeLessThan(2e-15);
  });
});

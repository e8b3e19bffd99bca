import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../src/random/normal.js";
import { normalQuantiles } from "./fixtures.js";

describe("the normal quantile", () => {
  it("agrees with 50-digit values to 2e-15", () => {
    const worst = Math.max(...normalQuantiles.map(([u, z]) => Math.abs(normalQuantile(u) / z - 1)));
    expect(worst).toBeLessThan(2e-15);
  });

  it("is odd about 1/2 to the last bit, and rises across the seams of its three ratios", () => {
    const seams = [0.5 - 0.425, Math.exp(-25), 0.25, 2 ** -30];
    for (const seam of seams) {
      let last = -Infinity;
      for (let i = -50; i <= 50; i += 1) {
        const u = Math.round(seam * (1 + i * 1e-9) * 2 ** 52) / 2 ** 52;
        const z = normalQuantile(u);
        expect(normalQuantile(1 - u)).toBe(-z);
        expect(z).toBeGreaterThanOrEqual(last);
        last = z;
      }
    }
  });
});

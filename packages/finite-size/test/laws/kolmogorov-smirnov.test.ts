import { describe, expect, it } from "vitest";
import { key } from "@mesoscope/numerics";
import { kolmogorovSmirnov } from "../../src/index.js";
import { normalCdf, normalQuantile } from "../../src/distributions/normal.js";

describe("Kolmogorov-Smirnov", () => {
  const probabilities = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
  const table = { probabilities, quantiles: probabilities.map(normalQuantile) };
  const sample = (s: number, shift = 0): Float64Array => {
    const stream = key("ks").fold(s).stream();
    return Float64Array.from({ length: 200 }, () => shift + stream.normal());
  };
  it("rejects the right law in 5 % and sees a shift; a table is never farther than the function it tabulates", () => {
    let rejected = 0;
    let seen = 0;
    for (let s = 0; s < 400; s++) {
      const exact = kolmogorovSmirnov(sample(s), normalCdf, { confidence: 0.95 });
      const tabulated = kolmogorovSmirnov(sample(s), table, { confidence: 0.95 });
      expect(tabulated.value).toBeLessThanOrEqual(exact.value + 1e-9);
      if (exact.goodness < 0.05) rejected += 1;
      if (kolmogorovSmirnov(sample(s, 0.4), table, { confidence: 0.95 }).goodness < 0.05) seen += 1;
    }
    expect(rejected).toBeLessThan(36);
    expect(rejected).toBeGreaterThan(6);
    expect(seen).toBeGreaterThan(380);
  });
  it("has an interval that covers the true distance at least as often as it says", () => {
    // Laws N(0.4, 1) and N(0, 1) are 2 Phi(0.2) - 1 apart.
    const truth = 2 * normalCdf(0.2) - 1;
    let covered = 0;
    for (let s = 0; s < 400; s++) {
      const { interval } = kolmogorovSmirnov(sample(s, 0.4), normalCdf, { confidence: 0.95 });
      if (interval[0] <= truth && truth <= interval[1]) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(380 - 13);
  });
  it("looks only below the least censored value", () => {
    const bound = 0.5;
    const cut = sample(1).map((x) => Math.min(x, bound));
    const censored = Uint8Array.from(cut, (x) => (x === bound ? 1 : 0));
    expect(kolmogorovSmirnov(cut, table, { confidence: 0.95 }).goodness).toBeLessThan(1e-3);
    expect(kolmogorovSmirnov(cut, table, { confidence: 0.95, censored }).goodness).toBeGreaterThan(0.05);
  });
  it("refuses a table that does not ascend", () => {
    expect(() => kolmogorovSmirnov(sample(1), { probabilities: [0.5, 0.2], quantiles: [0, 1] }, { confidence: 0.95 })).toThrow(/must ascend/);
  });
});

import { describe, expect, it } from "vitest";
import { DomainError, key } from "@mesoscope/numerics";
import { adjustLevels, certifiedNStar, clopperPearsonInterval, compareProportions, fitPowerLaw, fittedNStar, wilsonInterval } from "../../src/index.js";
import { drawRows } from "../../src/statistics/draw-rows.js";

describe("proportions", () => {
  it("have the intervals of the books: 10 of 100 at 95 %", () => {
    // Wilson 0.0552 to 0.1744; Clopper-Pearson 0.0490 to 0.1762.
    expect(wilsonInterval(10, 100, 0.95).map((x) => x.toFixed(4))).toEqual(["0.0552", "0.1744"]);
    expect(clopperPearsonInterval(10, 100, 0.95).map((x) => x.toFixed(4))).toEqual(["0.0490", "0.1762"]);
    expect(clopperPearsonInterval(0, 100, 0.95)[1]).toBeCloseTo(1 - 0.025 ** (1 / 100), 10);
    expect(wilsonInterval(0, 10, 0.95)[0]).toBe(0);
    expect(wilsonInterval(10, 10, 0.95)[1]).toBe(1);
  });
  it("accept the right law 95 times in 100 and see a wrong one", () => {
    const predicted = [0.5, 0.3, 0.15, 0.05];
    let rejected = 0;
    let seen = 0;
    for (let s = 0; s < 400; s++) {
      const stream = key("modes").fold(s).stream();
      const counts = [0, 0, 0, 0];
      for (let r = 0; r < 300; r++) {
        const u = stream.uniform();
        counts[u < 0.5 ? 0 : u < 0.8 ? 1 : u < 0.95 ? 2 : 3]! += 1;
      }
      if (compareProportions(counts, predicted, { confidence: 0.95 }).chiSquare.goodness < 0.05) rejected += 1;
      if (compareProportions(counts, [0.35, 0.45, 0.15, 0.05], { confidence: 0.95 }).likelihoodRatio.goodness < 0.05) seen += 1;
    }
    // 400 tests at 5 %: 20 +- 4.4.
    expect(rejected).toBeGreaterThan(6);
    expect(rejected).toBeLessThan(36);
    expect(seen).toBe(400);
  });
  it("pool what is rare, and never forgive what was impossible", () => {
    const rare = compareProportions([98, 1, 1, 0], [0.97, 0.01, 0.01, 0.01], { confidence: 0.95 });
    expect(rare.chiSquare.freedom).toBeLessThan(3);
    expect(compareProportions([99, 1], [1, 0], { confidence: 0.95 }).chiSquare).toMatchObject({ goodness: 0 });
    expect(compareProportions([50, 50], [0.25, 0.25], { confidence: 0.95 }).chiSquare.goodness).toBeLessThan(1e-6);
  });
  it("have nothing to test where all is pooled into one, whatever rounding leaves of zero", () => {
    // 0.45 + 0.45 + 2.1 is 3 but for the last bit.
    for (const [counts, predicted] of [[[3, 0, 0], [0.15, 0.15, 0.7]], [[0, 3, 0], [1 / 3, 1 / 3, 1 / 3]], [[7], [1]]] as const) {
      const { chiSquare, likelihoodRatio } = compareProportions(counts, predicted, { confidence: 0.95 });
      expect([chiSquare, likelihoodRatio]).toEqual([{ value: 0, freedom: 0, goodness: 1 }, { value: 0, freedom: 0, goodness: 1 }]);
    }
    const impossible = compareProportions([1, 1], [1, 0], { confidence: 0.95 });
    for (const { value, goodness } of [impossible.chiSquare, impossible.likelihoodRatio]) expect([value, goodness]).toEqual([Number.MAX_VALUE, 0]);
  });
  it("refuse what are no counts or probabilities", () => {
    expect(() => compareProportions([], [], { confidence: 0.95 })).toThrow(DomainError);
    expect(() => compareProportions([1, -1], [0.5, 0.5], { confidence: 0.95 })).toThrow(/counts\[1\] = -1/);
    expect(() => compareProportions([1, 1], [0.7, 0.7], { confidence: 0.95 })).toThrow(/sum at most 1/);
  });
});

describe("many tests at once", () => {
  it("Holm steps down, Bonferroni multiplies, both in the order given", () => {
    expect(adjustLevels([0.04, 0.01, 0.03], "holm")).toEqual([0.06, 0.03, 0.06]);
    expect(adjustLevels([0.04, 0.01, 0.03], "bonferroni")).toEqual([0.12, 0.03, 0.09]);
    expect(adjustLevels([0.04, 0.5], "none")).toEqual([0.04, 0.5]);
    expect(adjustLevels([0.9, 0.9], "bonferroni")).toEqual([1, 1]);
    expect(adjustLevels([], "holm")).toEqual([]);
  });
  it("Holm is never weaker than Bonferroni", () => {
    const stream = key("levels").stream();
    for (let s = 0; s < 100; s++) {
      const levels = Array.from({ length: 8 }, () => stream.uniform());
      const bonferroni = adjustLevels(levels, "bonferroni");
      adjustLevels(levels, "holm").forEach((p, i) => {
        expect(p).toBeLessThanOrEqual(bonferroni[i]!);
        expect(p).toBeGreaterThanOrEqual(levels[i]!);
      });
    }
  });
  it("without adjustment one of 20 true nulls is 'found' far too often; with Holm it is not", () => {
    let bare = 0;
    let holm = 0;
    for (let s = 0; s < 1000; s++) {
      const stream = key("family").fold(s).stream();
      const levels = Array.from({ length: 20 }, () => stream.uniform());
      if (levels.some((p) => p < 0.05)) bare += 1;
      if (adjustLevels(levels, "holm").some((p) => p < 0.05)) holm += 1;
    }
    expect(bare).toBeGreaterThan(500);
    expect(holm).toBeLessThan(50 + 3 * 7);
  });
});

describe("N*", () => {
  const sizes = [16, 32, 64, 128, 256];
  it("certified: the smallest size from which on all hold", () => {
    expect(certifiedNStar(sizes, ["fails", "holds", "undecided", "holds", "holds"])).toEqual({ reached: true, value: 128, interval: [16, 128] });
    expect(certifiedNStar(sizes, ["undecided", "undecided", "holds", "holds", "holds"])).toEqual({ reached: true, value: 64, interval: [null, 64] });
    expect(certifiedNStar(sizes, ["holds", "holds", "holds", "holds", "undecided"])).toMatchObject({ reached: false, reason: expect.stringContaining("256") as string });
  });
  const fit = fitPowerLaw(sizes, sizes.map((n) => 10 / n), sizes.map((n) => 0.1 / n), { corrections: false });
  const options = { margin: 0.1, confidence: 0.95 };
  const curve = { fit, refits: [fit], exponentInterval: [0.9, 1.1] as const, name: "the deviation" };
  it("fitted: where the curve crosses the tolerance, outside the sizes too", () => {
    const found = fittedNStar(sizes, [curve], options);
    expect(found).toMatchObject({ reached: true, extrapolated: false });
    expect(found.reached && found.value).toBeCloseTo(100, 2);
    expect(fittedNStar(sizes, [curve], { ...options, margin: 0.001 })).toMatchObject({ reached: true, extrapolated: true });
  });
  it("of several curves it is where the last of them crosses: a spread 2 / sqrt n beside the bias 10 / n", () => {
    const spread = fitPowerLaw(sizes, sizes.map((n) => 2 / Math.sqrt(n)), sizes.map((n) => 0.01 / Math.sqrt(n)), { corrections: false });
    const both = fittedNStar(sizes, [curve, { fit: spread, refits: [spread], exponentInterval: [0.45, 0.55], name: "the spread" }], options);
    expect(both.reached && both.value).toBeCloseTo(400, 1);
  });
  it("is not reached without a fall, or with another exponent than predicted", () => {
    expect(fittedNStar(sizes, [{ ...curve, exponentInterval: [-0.1, 1.1] }], options)).toMatchObject({ reached: false, reason: expect.stringContaining("not seen to fall") as string });
    expect(fittedNStar(sizes, [{ ...curve, predictedExponent: 0.5 }], options)).toMatchObject({ reached: false, reason: expect.stringContaining("predicted 0.50") as string });
  });
});

it("drawn rows are uniform for small and large counts", () => {
  for (const count of [3, 1000, 40_000]) {
    const rows = new Uint32Array(120_000);
    drawRows(key("rows").fold(count).stream(), count, rows);
    const bins = [0, 0, 0];
    for (const row of rows) bins[Math.floor((3 * row) / count)]! += 1;
    expect(Math.max(...rows)).toBeLessThan(count);
    const edges = [0, 1, 2, 3].map((b) => Math.ceil((b * count) / 3));
    const expected = [0, 1, 2].map((b) => (edges[b + 1]! - edges[b]!) / count);
    expect(compareProportions(bins, expected, { confidence: 0.95 }).chiSquare.goodness).toBeGreaterThan(1e-3);
  }
});

import { describe, expect, it } from "vitest";
import { symmetryAbout, symmetryOfShape } from "../../src/index.js";
import { draw, laws, mostAtFivePercent, rejections, resampling, shuffled, table, tabulated } from "./draws.js";

type Law = keyof typeof laws;
const about = (law: Law, s: number, centre = 0, count = 40): ReturnType<typeof symmetryAbout> => symmetryAbout(draw(laws[law], count, law, s), centre, resampling(99, s));
const ofShape = (law: Law, s: number, count = 40): ReturnType<typeof symmetryOfShape> => symmetryOfShape(draw(laws[law], count, law, s), resampling(99, s));

describe("symmetry about a known centre", () => {
  it.each(table.signedRank)("the signed ranks of %s are SciPy's", (name, above) => {
    // SciPy gives the sum of the ranks above, W+; ours is (W+ - W-) / (W+ + W-), zeros left out of both.
    const x = tabulated(name);
    const { sided, signedRank } = symmetryAbout(x, 0, resampling(99));
    const all = (sided * (sided + 1)) / 2;
    expect(signedRank.value).toBeCloseTo((2 * above - all) / all, 12);
  });
  it("counts the larger side: 1, 2, 3 above and -4 below, by hand", () => {
    // From the farthest: -1, then 0, 1, 2 of four; ranks 4 below against 3 + 2 + 1 above.
    const found = symmetryAbout(Float64Array.of(1, 2, 3, -4), 0, resampling(99));
    expect(found.kolmogorov.value).toBe(0.5);
    expect(found.signedRank.value).toBeCloseTo((6 - 4) / 10, 15);
  });
  it.each(["normal", "cauchy", "bimodal", "spins"] as const)("rejects a symmetric law (%s) in at most 5 %", (law) => {
    let kolmogorov = 0;
    const ranks = rejections(200, (s) => {
      const found = about(law, s);
      if (found.kolmogorov.goodness <= 0.05) kolmogorov += 1;
      return found.signedRank.goodness;
    });
    expect(Math.max(kolmogorov, ranks)).toBeLessThanOrEqual(mostAtFivePercent(200));
    // Counts of 40 come in steps, so that the first may reject less than 5 %.
    expect(ranks).toBeGreaterThanOrEqual(1);
  });
  it("sees a shift of half a standard deviation with 40 replicas; the ranks more often than the counts", () => {
    const shifted = (of: "kolmogorov" | "signedRank"): number => rejections(100, (s) => about("normal", s, 0.5)[of].goodness);
    expect(shifted("signedRank")).toBeGreaterThan(75);
    expect(shifted("kolmogorov")).toBeGreaterThan(60);
  });
  it("sees a skewness that balances, which signed ranks do not", () => {
    // Centre where P(x + x' > 2 c) = 1/2, the pseudo-median of the exponential law: (1 + 2c) exp(-2c) = 1/2.
    const centre = 0.8391734950083302;
    expect(rejections(50, (s) => about("exponential", s, centre, 200).kolmogorov.goodness)).toBeGreaterThan(40);
    expect(rejections(50, (s) => about("exponential", s, centre, 200).signedRank.goodness)).toBeLessThan(15);
  });
  it("holds ties together that rounding parts: a lattice about 1 in steps of 0.1", () => {
    // 1.1 - 1 and 1 - 0.9 differ in their last bits, all on one side: split, they would make an imbalance of one half.
    const lattice = Float64Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 1.1 : 0.9));
    const found = symmetryAbout(lattice, 1, resampling(99));
    expect(1.1 - 1).toBeGreaterThan(1 - 0.9);
    expect(found).toMatchObject({ kolmogorov: { value: 0, goodness: 1 }, signedRank: { value: 0, goodness: 1 } });
  });
  it("moves with the samples, turns over with them, and is blind to samples at the centre", () => {
    const x = draw(laws.exponential, 30, "moves");
    const plain = symmetryAbout(x, 1, resampling(99));
    expect(symmetryAbout(x.map((v) => 4 * v + 8), 12, resampling(99))).toEqual({ ...plain, centre: 12 });
    expect(symmetryAbout(x.map((v) => -v), -1, resampling(99)).signedRank.value).toBeCloseTo(-plain.signedRank.value, 15);
    expect(symmetryAbout(new Float64Array(9).fill(2), 2, resampling(99))).toMatchObject({ sided: 0, kolmogorov: { value: 0, goodness: 1 } });
    expect(symmetryAbout(shuffled(x), 1, resampling(99))).toEqual(plain);
  });
  it("refuses a centre that is no number", () => {
    expect(() => symmetryAbout(Float64Array.of(1, 2), Number.NaN, resampling(99))).toThrow(/centre = NaN/);
  });
});

describe("symmetry about an unknown centre", () => {
  it.each(["normal", "cauchy", "bimodal", "spins"] as const)("rejects a symmetric law (%s) in at most 5 %", (law) => {
    const rejected = { mirror: 0, meanAgainstMedian: 0 };
    for (let s = 0; s < 120; s++) {
      const { mirror, meanAgainstMedian } = ofShape(law, s);
      if (mirror.goodness <= 0.05) rejected.mirror += 1;
      if (meanAgainstMedian.goodness <= 0.05) rejected.meanAgainstMedian += 1;
    }
    expect(rejected.mirror).toBeLessThanOrEqual(mostAtFivePercent(120));
    expect(rejected.meanAgainstMedian).toBeLessThanOrEqual(mostAtFivePercent(120));
  });
  it("sees an exponential law with 40 replicas, the mirror more often than mean against median", () => {
    const seen = (of: "mirror" | "meanAgainstMedian"): number => rejections(60, (s) => ofShape("exponential", s)[of].goodness);
    expect(seen("mirror")).toBeGreaterThan(42);
    expect(seen("meanAgainstMedian")).toBeGreaterThan(25);
  });
  it("negative control: thrown about the median, a symmetric law with two modes would be rejected", () => {
    // The median of two far modes lies in one of them; mirrored about it the law has three, and its own centre is lost.
    const x = draw(laws.bimodal, 41, "control").sort();
    expect(Math.abs(x[20]!)).toBeGreaterThan(1);
    expect(Math.abs(symmetryOfShape(x, resampling(99)).centre)).toBeLessThan(0.5);
  });
  it("is exactly 0 for a sample that is its own mirror image, free of scale, and finds the centre", () => {
    const x = Float64Array.of(-3, -1, 0, 1, 3).map((v) => v + 5);
    expect(symmetryOfShape(x, resampling(99))).toEqual({ centre: 5, mirror: { value: 0, goodness: 1 }, meanAgainstMedian: { value: 0, goodness: 1 } });
    const y = draw(laws.exponential, 40, "scale");
    const plain = symmetryOfShape(y, resampling(99));
    const scaled = symmetryOfShape(y.map((v) => 4 * v), resampling(99));
    expect([scaled.mirror, scaled.meanAgainstMedian]).toEqual([plain.mirror, plain.meanAgainstMedian]);
    expect(plain.meanAgainstMedian.value).toBeGreaterThan(0);
    expect(symmetryOfShape(shuffled(y), resampling(99))).toEqual(plain);
  });
});

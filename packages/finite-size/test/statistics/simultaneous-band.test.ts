import { describe, expect, it } from "vitest";
import { DomainError, key } from "@mesoscope/numerics";
import { clopperPearsonInterval, meanEstimate, simultaneousBand, summarise, type Summary } from "../../src/index.js";

const LENGTH = 20;
const REPLICAS = 40;

/** Replicas of a stationary autoregression of order one, skewed: means 0 at every time. */
function series(correlation: number, draw: number): Float64Array {
  const out = new Float64Array(REPLICAS * LENGTH);
  for (let r = 0; r < REPLICAS; r++) {
    const stream = key("band").fold(draw, r).stream();
    const step = Math.sqrt(1 - correlation * correlation);
    let x = stream.exponential() - 1;
    for (let i = 0; i < LENGTH; i++) {
      out[r * LENGTH + i] = x;
      x = correlation * x + step * (stream.exponential() - 1);
    }
  }
  return out;
}

function summaryOf(correlation: number, draw: number): Summary {
  return summarise(series(correlation, draw), LENGTH, { resamples: 299, stream: key("resample").fold(draw).stream() });
}

describe("max-t bands", () => {
  it.each([[0], [0.9]])("hold all 20 means at once as often as they say, where intervals entry by entry do not: correlation %s", (correlation) => {
    let together = 0;
    let apart = 0;
    for (let draw = 0; draw < 200; draw++) {
      const summary = summaryOf(correlation, draw);
      const inside = ({ lower, upper }: { readonly lower: readonly number[]; readonly upper: readonly number[] }): boolean => lower.every((low, i) => low <= 0 && upper[i]! >= 0);
      if (inside(simultaneousBand(summary, 0.95))) together += 1;
      if (inside(meanEstimate(summary, 0.95))) apart += 1;
    }
    const [low, high] = clopperPearsonInterval(together, 200, 0.999);
    expect([low <= 0.95, high >= 0.95]).toEqual([true, true]);
    // The known-wrong variant: one entry's interval at every entry.
    expect(clopperPearsonInterval(apart, 200, 0.999)[1]).toBeLessThan(0.9);
  });

  it("costs less the more the entries go together, and never less than one entry alone", () => {
    const quantiles = [0, 0.9, 0.999].map((correlation) => simultaneousBand(summaryOf(correlation, 1), 0.95).quantile);
    expect(quantiles[0]!).toBeGreaterThan(quantiles[1]!);
    expect(quantiles[1]!).toBeGreaterThan(quantiles[2]!);
    expect(quantiles[2]!).toBeGreaterThan(1.9);
    expect(simultaneousBand(summaryOf(0, 1), 0.95, 1).quantile).toBeLessThan(quantiles[0]!);
  });

  it("scales with the unit, and leaves entries without spread as they are", () => {
    const samples = series(0.5, 2);
    for (let r = 0; r < REPLICAS; r++) samples[r * LENGTH] = 7;
    const band = (factor: number): ReturnType<typeof simultaneousBand> =>
      simultaneousBand(summarise(samples.map((x) => factor * x), LENGTH, { resamples: 199, stream: key("unit").stream() }), 0.9);
    const [one, four] = [band(1), band(4)];
    expect([one.lower[0], one.upper[0]]).toEqual([7, 7]);
    expect(four.upper.map((x) => x / 4)).toEqual(one.upper);
  });

  it("stands on Student's law and Bonferroni's bound below eight replicas", () => {
    const few = summarise(series(0, 3).subarray(0, 4 * LENGTH), LENGTH, { resamples: 99, stream: key("few").stream() });
    // t with 3 degrees of freedom at 1 - 0.05 / 40 (SciPy: scipy.stats.t.ppf(1 - 0.05 / 40, 3)).
    expect(simultaneousBand(few, 0.95).quantile).toBeCloseTo(9.4649, 3);
  });

  it("refuses what makes no sense", () => {
    expect(() => simultaneousBand(summaryOf(0, 1), 1.5)).toThrow(DomainError);
    expect(() => simultaneousBand(summaryOf(0, 1), 0.95, 21)).toThrow(/entries/);
  });
});

import type { Batch, PairInstance } from "@mesoscope/contracts";
import { describe, expect, test } from "vitest";
import { circleEmergencePair, growthRate } from "../../src/index.js";
import { departureTracker } from "../../src/pairs/circle-emergence/departure-times.js";

const key = [0x5eed, 0x0001] as const;

interface Summary {
  readonly mean: number;
  readonly sd: number;
  readonly standardError: number;
}

function summary(values: Float64Array): Summary {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1));
  return { mean, sd, standardError: sd / Math.sqrt(values.length) };
}

async function predicted(instance: PairInstance, theory: string, observable: string, n: number): Promise<{ mean: number; sd: number; values: readonly number[] }> {
  const predictions = await instance.theories.find(({ id }) => id === theory)!.predict({ n }, {});
  const found = predictions.find((prediction) => prediction.observable === observable)!;
  return { mean: found.value[0]!, sd: found.spread?.[0] ?? 0, values: found.value };
}

/** Statistical tests: 3 standard errors of a mean, two-sided alpha = 0.0027 each; fixed seeds. */
const Z = 3;

describe("tokens against the laws", () => {
  test.each(["USA", "SA"] as const)("beta = 0.5, n = 256, r = 0.2, %s: mean and spread of the departure of the dominant mode", async (flow) => {
    const instance = circleEmergencePair().at({ flow, beta: 0.5, r: 0.2 });
    const batch = await instance.sample({ n: 256 }, { key, from: 0, count: 1500 }, {});
    expect(batch.censored!["departure"]!.every((flag) => flag === 0)).toBe(true);
    const observed = summary(batch.values["departure"]!);
    const law = await predicted(instance, "limit", "departure", 256);
    expect(Math.abs(observed.mean - law.mean)).toBeLessThan(Z * observed.standardError);
    // The standard error of a deviation of a Gumbel law (kurtosis 5.4) is sd sqrt((5.4 - 1)/(4 R)).
    expect(Math.abs(observed.sd / law.sd - 1)).toBeLessThan(Z * Math.sqrt(4.4 / (4 * 1500)));
  });

  test("beta = 2: the single-mode law fails, too early and too narrow; the competing-modes law of the first departure holds", async () => {
    const instance = circleEmergencePair().at({ flow: "USA", beta: 2, r: 0.2 });
    const batch = await instance.sample({ n: 256 }, { key, from: 0, count: 1000 }, {});
    const first = summary(batch.values["first-departure"]!);
    const alone = await predicted(instance, "limit", "first-departure", 256);
    const race = await predicted(instance, "corrected", "first-departure", 256);
    expect(alone.mean - first.mean).toBeGreaterThan(10 * first.standardError);
    expect(Math.abs(first.mean - race.mean)).toBeLessThan(Z * first.standardError);
    // Documented: mean departure of the dominant mode 2.51(3)/2.44 of the law, deviation 1.15/1.06.
    const dominant = summary(batch.values["departure"]!);
    const single = await predicted(instance, "limit", "departure", 256);
    expect(dominant.mean).toBeGreaterThan(single.mean);
    expect(dominant.sd).toBeGreaterThan(1.03 * single.sd);
  });

  test("beta = 5, n = 1024: which mode wins, against the exact integral", async () => {
    const count = 300;
    const instance = circleEmergencePair().at({ flow: "USA", beta: 5, r: 0.2, horizon: 1, modes: 7 });
    const batch = await instance.sample({ n: 1024 }, { key, from: 0, count }, {});
    const { values } = await predicted(instance, "corrected", "wins", 1024);
    let distance = 0;
    for (const k of [2, 3, 4]) {
      const p = values[k - 1]!;
      const share = shareOf(batch, k, 7);
      distance += (share - p) ** 2 / (p * (1 - p) / count);
    }
    // Three nearly independent squares of standard normals: 16.3 at alpha = 0.001.
    expect(distance).toBeLessThan(16.3);
    // The single-mode law says that k = 3 always wins.
    expect(shareOf(batch, 3, 7)).toBeLessThan(0.7);
  });

  test("half the step moves departure times by far less than 0.1 %", async () => {
    for (const [flow, beta, r] of [["USA", 0.5, 0.2], ["SA", 5, 0.5]] as const) {
      const at = (rateError: number): Promise<Batch> =>
        circleEmergencePair().at({ flow, beta, r, rateError, horizon: 8 }).sample({ n: 256 }, { key, from: 0, count: 40 }, {});
      const standard = await at(2e-4);
      const half = await at(2e-4 / 16);
      const both = [...half.values["departure"]!.keys()].filter((i) => standard.censored!["departure"]![i] === 0 && half.censored!["departure"]![i] === 0);
      const shift = both.reduce((sum, i) => sum + standard.values["departure"]![i]! / half.values["departure"]![i]! - 1, 0) / both.length;
      expect(both.length).toBeGreaterThan(20);
      expect(Math.abs(shift)).toBeLessThan(5e-4);
    }
  });

  test("r = 0.5: the spread is wider than the single-mode law by the noise of the free double, and not more", async () => {
    const count = 2500;
    const instance = circleEmergencePair().at({ flow: "USA", beta: 0.5, r: 0.5 });
    const { values } = await instance.sample({ n: 128 }, { key, from: 0, count }, {});
    const observed = summary(values["departure"]!);
    const alone = await predicted(instance, "limit", "departure", 128);
    const noisy = await predicted(instance, "corrected", "departure", 128);
    expect(noisy.sd / alone.sd).toBeGreaterThan(1.05);
    expect(Math.abs(observed.sd / noisy.sd - 1)).toBeLessThan(Z * Math.sqrt(4.4 / (4 * count)));
    expect(observed.sd).toBeGreaterThan(alone.sd);
  });

  test("meters tell where the single-mode law ends", () => {
    const rival = (beta: number): number => {
      const applicability = circleEmergencePair().at({ beta }).theories[0]!.applies({ n: 1024 });
      return applicability.meters.find(({ symbol }) => symbol.includes("k_max first"))!.value;
    };
    expect(rival(5)).toBeGreaterThan(0.4);
    expect(rival(0.1)).toBeLessThan(0.02);
  });
});

describe("departure times from powers on a grid", () => {
  test("exact for exponential growth, fourth order in the spacing for a saturating mode", () => {
    const r = 0.3;
    const time = (h: number, power: (t: number) => number): number => {
      const tracker = departureTracker(1, r);
      for (let i = 0; !tracker.hasDeparted(1); i++) tracker.add([power(i * h)]);
      return tracker.departure(1)! * h;
    };
    const grow = (t: number): number => 1e-3 * Math.exp(1.4 * t);
    expect(time(0.37, grow)).toBeCloseTo(Math.log(90) / 1.4, 12);
    // |Z|^2/(1 - |Z|^2) grows exponentially.
    const saturate = (t: number): number => 1 / (1 + 1 / grow(t));
    const exact = Math.log(0.09 / 0.91 / 1e-3) / 1.4;
    const errors = [1, 0.5].map((h) => Math.abs(time(h, saturate) - exact));
    expect(errors[0]!).toBeLessThan(2e-3);
    expect(errors[1]!).toBeLessThan(errors[0]! / 6);
  });

  test("a mode over the threshold from the beginning departs at 0; one below it stays unknown", () => {
    const tracker = departureTracker(2, 0.5);
    for (let i = 0; i < 5; i++) tracker.add([0.3, 0.1]);
    expect(tracker.departure(1)).toBe(0);
    expect(tracker.departure(2)).toBeUndefined();
    expect(tracker.initialExcess(1)).toBeCloseTo(Math.log(0.3 / 0.25), 14);
  });

  test("the answer does not depend on how much was recorded afterwards", () => {
    const power = (i: number): number => 0.01 * Math.exp(0.5 * i + 0.1 * Math.sin(i));
    const short = departureTracker(1, 0.4);
    const long = departureTracker(1, 0.4);
    for (let i = 0; i < 30; i++) {
      if (!short.hasDeparted(1)) short.add([power(i)]);
      long.add([power(i)]);
    }
    expect(short.count).toBeLessThan(long.count);
    expect(long.departure(1)).toBe(short.departure(1));
  });
});

test("a wrong growth rate would be seen: without k^2 the law of mode 2 is off by a factor four", async () => {
  const instance = circleEmergencePair().at({ flow: "SA", beta: 2, r: 0.2, modes: 4 });
  const law = await predicted(instance, "limit", "departure", 256);
  const batch = await instance.sample({ n: 256 }, { key, from: 0, count: 200 }, {});
  const { mean } = summary(batch.values["departure"]!);
  expect(growthRate(2, { flow: "SA", beta: 2, d: 2 })).toBeGreaterThan(0.5);
  expect(Math.abs(mean / law.mean - 1)).toBeLessThan(0.2);
  expect(Math.abs(mean / (4 * law.mean) - 1)).toBeGreaterThan(0.5);
});

/** Share of replicas in which mode k was the first. */
function shareOf(batch: Batch, k: number, modes: number): number {
  const wins = batch.values["wins"]!;
  let sum = 0;
  for (let i = k - 1; i < wins.length; i += modes) sum += wins[i]!;
  return sum / (wins.length / modes);
}

import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { autocorrelation, countChain, exactMemory, finiteHead, informationOf, lawMoments, mutualInformation, observable, overlapRows, sampleReplicas, stationaryLaw, stratifiedSizes, tokenLaw } from "../src/index.js";
import { largestDifference, streamOf, system } from "./systems.js";

const head = finiteHead(stratifiedSizes(system("neg1m"), 12), { contextLength: 2, beta: 2.4, gamma: 1.3 });
const chain = countChain(head);
const stationary = stationaryLaw(chain, { method: "elimination" }).window;
const exact = exactMemory(chain, stationary, { row: overlapRows(head.network.features), horizon: 12 });

describe("exact memory", () => {
  test("starts from perfect correlation and the entropy of the overlap, which no lag exceeds, and is lost", () => {
    expect(exact.autocorrelation[0]).toBeCloseTo(1, 13);
    const law = tokenLaw(chain, stationary);
    expect(exact.information[0]).toBeCloseTo(-law.reduce((sum, p) => sum + p * Math.log(p), 0), 12);
    for (let lag = 1; lag <= 12; lag += 1) expect(exact.information[lag]).toBeLessThan(exact.information[0]!);
    // The slowest mode turns by half a circle in two tokens and falls by 0.2 % meanwhile.
    for (const lag of [4, 6, 8, 10, 12]) expect(exact.information[lag]).toBeLessThan(exact.information[lag - 2]!);
  });

  test("reaches beyond the window, and need not fall from one lag to the next", () => {
    // Attention sees lags 0 and 1. The token before these says more about the next than the last of them: the head turns by a quarter a token.
    expect(exact.information[2]).toBeGreaterThan(exact.information[1]!);
    expect(exact.information[4]).toBeGreaterThan(0.1);
    expect(exact.autocorrelation[2]).toBeLessThan(-0.5);
  });

  test("without memory there is none: beta = 0", () => {
    const free = countChain({ ...head, network: { ...head.network, beta: 0 } });
    const none = exactMemory(free, stationaryLaw(free, { method: "iteration", tolerance: 1e-13 }).window, { row: [1], horizon: 3 });
    expect(largestDifference(none.autocorrelation.subarray(1), [0, 0, 0])).toBeLessThan(1e-13);
    expect(largestDifference(none.information.subarray(1), [0, 0, 0])).toBeLessThan(1e-13);
    expect(lawMoments(free, tokenLaw(free, stationaryLaw(free, { method: "iteration", tolerance: 1e-13 }).window)).covariance[0]).toBeCloseTo(1 / 12, 13);
  });
});

describe("memory of samples", () => {
  // 40 replicas of 3,000 tokens after 200: standard errors of the jackknife; the family of 16 at |z| < 4.5.
  const replicas = 40;
  const times = 3000;
  const series = sampleReplicas({ head, key: key("memory"), from: 0, count: replicas, start: { u: [0.5] }, keep: Array.from({ length: times }, (_, t) => 201 + t) });
  const x = observable(series, 0);
  const lags = [1, 2, 3, 4, 6, 8];

  test("autocorrelation is the exact one within its error", () => {
    const { value, error } = autocorrelation(x, replicas, lags);
    lags.forEach((lag, i) => {
      expect(Math.abs(value[i]! - exact.autocorrelation[lag]!)).toBeLessThan(4.5 * error[i]!);
      expect(error[i]).toBeLessThan(0.02);
    });
    // One lag off would be seen.
    expect(Math.abs(value[0]! - exact.autocorrelation[2]!)).toBeGreaterThan(20 * error[0]!);
  });

  test("mutual information less its baseline is the exact one within its error", () => {
    const { value, error, baseline } = mutualInformation(x, replicas, { lags, bins: "values" });
    lags.forEach((lag, i) => {
      expect(Math.abs(value[i]! - baseline[i]! - exact.information[lag]!)).toBeLessThan(4.5 * error[i]! + 1.5e-3);
      // (groups - 1)^2 / 2 n of nothing at all, somewhat more for correlated samples.
      expect(baseline[i]).toBeLessThan(8e-3);
    });
  });

  test("coarser groups know less, never more", () => {
    const [coarse, fine] = [2, "values"].map((bins) => mutualInformation(x, replicas, { lags: [2], bins: bins as number | "values" }).value[0]!);
    expect(coarse).toBeLessThan(fine!);
    expect(coarse).toBeGreaterThan(0.05);
  });

  test("independent numbers: no correlation, and the baseline takes what bins make of nothing", () => {
    const noise = Float64Array.from({ length: 20_000 }, (_, i) => (i === 0 ? 0.5 : streamOf("noise", i).uniform()));
    const { value, error } = autocorrelation(noise, 20, [0, 1, 5]);
    expect(value[0]).toBe(1);
    expect(Math.abs(value[1]!)).toBeLessThan(4.5 * error[1]!);
    const information = mutualInformation(noise, 20, { lags: [1], bins: 10 });
    expect(information.value[0]).toBeGreaterThan(1e-3);
    expect(Math.abs(information.value[0]! - information.baseline[0]!)).toBeLessThan(2e-3);
  });

  test("what is refused", () => {
    expect(() => autocorrelation(x, 1, [1])).toThrow("replicas = 1: must be an integer of at least 2");
    expect(() => autocorrelation(x, replicas, [times])).toThrow(`lags[0] = ${times}`);
    expect(() => autocorrelation(new Float64Array(10).fill(1), 2, [1])).toThrow("A constant has no autocorrelation");
    expect(() => mutualInformation(x, replicas, { lags: [1], bins: 1 })).toThrow("bins = 1");
    expect(() => observable(series, 1)).toThrow("index = 1");
    expect(informationOf(Float64Array.of(1, 0, 0, 1), 2)).toBeCloseTo(Math.LN2, 15);
  });
});
